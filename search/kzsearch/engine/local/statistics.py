"""Numbers about an index."""

from __future__ import annotations

import datetime as dt

from kzsearch.engine.interface import IndexStats
from kzsearch.engine.local.search import Snapshot
from kzsearch.engine.local.segment_api import EXACT_FIELDS
from kzsearch.engine.local.store.articles import LOG_NAME
from kzsearch.engine.local.store.generations import Generations

__all__ = ["index_stats"]


def index_stats(generations: Generations, snapshot: Snapshot) -> IndexStats:
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
        ends = [*segment.reader.columns.offset[1:], log_size]
        dead = sum(ends[n] - segment.reader.columns.offset[n] for n in entry.deleted)
        share = len(entry.deleted) / entry.articles if entry.articles else 0.0
        garbage_bytes += dead + round(sum(sizes.values()) * share)
    days, _ = snapshot.numbers_by_day
    return IndexStats(
        path=generations.directory,
        engine=manifest.engine,
        format_version=manifest.format_version,
        analyzer=manifest.analyzer,
        generation=manifest.generation,
        articles=manifest.articles,
        terms=len(snapshot.terms(EXACT_FIELDS)),
        segments=len(manifest.segments),
        index_bytes=index_bytes,
        article_bytes=article_bytes,
        garbage_bytes=garbage_bytes + generations.unused_bytes(manifest),
        first_day=dt.date.fromordinal(days[0]).isoformat() if days else "",
        last_day=dt.date.fromordinal(days[-1]).isoformat() if days else "",
    )
