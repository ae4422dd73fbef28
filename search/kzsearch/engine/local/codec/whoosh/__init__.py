"""A kzsearch index as Whoosh sees it: a Whoosh codec that reads our segments in place.

``toc.py`` writes Whoosh's table of contents without importing whoosh. The other modules import
it, and are themselves imported only where Whoosh opens the index (``whoosh.index.open_dir``,
``kzsearch.open_whoosh``).
"""
