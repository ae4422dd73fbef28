"""Answering requests: which articles match, in what order, with what counts.

It reads segments only through ``segment_api``, so it works on any codec, and
another searcher can take its place without a codec noticing.
"""

from kzsearch.engine.local.search.searcher import Searcher
from kzsearch.engine.local.search.snapshot import Snapshot

__all__ = ["Searcher", "Snapshot"]
