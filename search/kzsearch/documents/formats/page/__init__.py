"""What a page of HTML says about itself, and where in it the text of the article is."""
