"""Reprints: which articles are copies of one text, across sources, scripts and small edits.

A segment keeps a fingerprint of every article and the older texts it was
found to be a copy of when it was written. A snapshot makes groups of that. Links are between
texts, not articles, so deleting, updating and merging articles leaves them true.
"""

from kzsearch.engine.fingerprint import Fingerprint, take_fingerprint
from kzsearch.engine.local.duplicates.groups import make_groups
from kzsearch.engine.local.duplicates.store import CopiesReader, CopiesWriter, merge_copies

__all__ = [
    "CopiesReader",
    "CopiesWriter",
    "Fingerprint",
    "make_groups",
    "merge_copies",
    "take_fingerprint",
]
