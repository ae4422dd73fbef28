"""The sources room: feeds, sites and channels in, articles into the index, by themselves."""
