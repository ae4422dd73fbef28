"""Numbers about an index."""

from __future__ import annotations

import datetime as dt

import numpy as np

from kzsearch.engine.interface import IndexStats
from kzsearch.engine.local.search import Snapshot
from kzsearch.engine.local.store.articles import LOG_NAME
from kzsearch.engine.local.store.generations import Generations

__all__ = ["index_stats"]


def index_stats(generations: Generations, snapshot: Snapshot, *, count_terms: bool) -> IndexStats:
    """Sizes and counts of a generation.

    Garbage is what deleted articles still take up (of the index files, their share) and the
    segments that only older generations still read.
    """
    manifest = snapshot.manifest
    index_bytes = article_bytes = garbage_bytes = 0
    for entry, segment in zip(manifest.segments, snapshot.segments, strict=True):
        sizes = {file.name: file.size for file in entry.files}
        log_size = sizes.pop(LOG_NAME)
        article_bytes += log_size
        index_bytes += sum(sizes.values())
        dead = 0
        if entry.deleted:
            begins = segment.reader.offsets().astype(np.int64)
            dead = int(np.diff(begins, append=log_size)[list(entry.deleted)].sum())
        share = len(entry.deleted) / entry.articles if entry.articles else 0.0
        garbage_bytes += dead + round(sum(sizes.values()) * share)
    dated = snapshot.days[snapshot.live & (snapshot.days > 0)]
    days = (int(dated.min()), int(dated.max())) if len(dated) else ()
    return IndexStats(
        location=str(generations.directory),
        engine=manifest.engine,
        format_version=manifest.format_version,
        analyzer=manifest.analyzer,
        generation=manifest.generation,
        changed=generations.committed(manifest),
        articles=manifest.articles,
        terms=snapshot.term_count if count_terms else None,
        segments=len(manifest.segments),
        index_bytes=index_bytes,
        article_bytes=article_bytes,
        garbage_bytes=garbage_bytes + generations.unused_bytes(manifest),
        first_day=dt.date.fromordinal(days[0]).isoformat() if days else "",
        last_day=dt.date.fromordinal(days[-1]).isoformat() if days else "",
    )
