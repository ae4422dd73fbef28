"""Answering requests: which articles match, in what order, with what counts.

It reads segments only through ``segment_api``, as arrays: nothing is done for each posting in
Python. docs/engine.md tells how a query is answered, docs/performance.md what it costs.
"""

from kzsearch.engine.local.search.searcher import Searcher
from kzsearch.engine.local.search.snapshot import Snapshot

__all__ = ["Searcher", "Snapshot"]
