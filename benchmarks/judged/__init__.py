"""Judged queries: the sets, plain BM25 to beat, and how sure a difference is."""
