"""When segments are merged, and the merging itself.

Many segments make searching slow; merging makes committing slow. The rule:
when the newest segments, eight or more of them and all smaller than some power
of eight, add up to that power, they become one. So an article is rewritten once
for every eightfold growth of its segment, and few segments are left. A commit never rewrites more
than ``MERGE_LIMIT`` articles or as many as the same call has added, whichever
is more, so a small update of a large index stays small. A segment more than
half of whose articles are deleted is rewritten without them.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.duplicates import merge_copies
from kzsearch.engine.local.segment_api import MergeSource, SegmentCodec
from kzsearch.engine.local.segments import Segment, check_digests
from kzsearch.engine.local.store.articles import ArticleLogWriter
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import SegmentEntry
from kzsearch.engine.local.suggest import TitlesWriter

__all__ = ["MERGE_FACTOR", "MERGE_LIMIT", "merge", "plan_last_merge", "plan_merge"]

MERGE_FACTOR = 8
MERGE_LIMIT = 5_000


def plan_merge(segments: Sequence[SegmentEntry], added: int, generation: int) -> slice | None:
    """Which neighbouring segments to merge next, or None.

    added: articles the current call has added so far.
    generation: the one being committed; what it wrote itself is not rewritten for garbage.
    """
    for place, segment in enumerate(segments):
        if 2 * len(segment.deleted) > segment.articles and segment.written != generation:
            return slice(place, place + 1)
    limit = max(MERGE_LIMIT, added)
    bound = MERGE_FACTOR
    while True:
        start = len(segments)
        size = 0
        while start and segments[start - 1].live < bound:
            start -= 1
            size += max(1, segments[start].live)
        if size > limit:
            return None
        if size >= bound and len(segments) - start >= MERGE_FACTOR:
            return slice(start, len(segments))
        if start == 0:
            return None
        bound *= MERGE_FACTOR


def plan_last_merge(segments: Sequence[SegmentEntry], added: int) -> slice | None:
    """Which of the newest segments to merge when a call that added so many articles ends.

    Whoever indexes an archive at once gets one segment, which is searched soonest.
    """
    start = len(segments)
    size = 0
    while start and size + segments[start - 1].live <= added:
        start -= 1
        size += segments[start].live
    return slice(start, len(segments)) if len(segments) - start > 1 else None


def merge(
    codec: SegmentCodec,
    generations: Generations,
    directory: Path,
    identity: str,
    parts: Sequence[tuple[SegmentEntry, Segment]],
    *,
    oldest: bool,
) -> int:
    """Write segments as one into an empty directory; returns how many articles it holds.

    What is damaged is not taken over: every file is compared with its digest first, every
    stored article with its checksum. identity: of the new segment.
    oldest: nothing older is left, so there is nothing their deletions could still refer to.
    Raises IndexDamagedError.
    """
    for entry, _ in parts:
        check_digests(generations, entry)
    kept = [
        np.delete(np.arange(entry.articles, dtype=np.uint32), sorted(entry.deleted))
        for entry, _ in parts
    ]
    offsets = array("Q")
    titles = TitlesWriter()
    with contextlib.closing(ArticleLogWriter(directory, identity)) as log:
        if not oldest:
            log.append_deletions({id for _, segment in parts for id in segment.log.deletions()})
        for keep, (_, segment) in zip(kept, parts, strict=True):
            begins = segment.reader.offsets()[keep].tolist()
            for number, offset in zip(keep.tolist(), begins, strict=True):
                offsets.append(log.copy(segment.log, offset, number))
            titles.add_from(segment.titles, keep, segment.reader.columns.day)
        log.finish()
    segments = [segment for _, segment in parts]
    extra: dict[str, Iterable[NDArray[Any]]] = {
        name: [section] for name, section in titles.sections().items()
    }
    extra |= merge_copies(
        [(segment.copies, keep) for segment, keep in zip(segments, kept, strict=True)]
    )
    sources = [
        MergeSource(segment.reader, keep) for segment, keep in zip(segments, kept, strict=True)
    ]
    codec.merge(directory, sources, np.array(offsets, np.uint64), extra)
    return len(offsets)
