"""Facets: how many hits a filter by each source, category, language and month would leave."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.interface import Facets
from kzsearch.engine.local.search.collapsing import Collapsed
from kzsearch.engine.local.search.postings import Docs
from kzsearch.engine.local.search.snapshot import Facet, Snapshot
from kzsearch.engine.schema import KeywordField

__all__ = ["count_facets", "count_values"]

_MEMORY = 5_000  # months whose names are remembered

Numbers = NDArray[np.int64]


def count_facets(snapshot: Snapshot, docs: Docs, collapsed: Collapsed) -> Facets:
    """Counts over some matches, most first, ties by value; near-duplicates with one value count
    as one.
    """
    counted = {}
    for field in (KeywordField.SOURCE, KeywordField.CATEGORY, KeywordField.LANGUAGE):
        counted[field.value] = _of_field(snapshot.facets[field], docs, collapsed)
    counts = count_values(snapshot.months[docs], collapsed)
    months = np.flatnonzero(counts[1:]) + 1  # those without a date are of month 0
    found = [(_month_name(month), int(counts[month])) for month in months.tolist()]
    counted["month"] = _ranked(found)
    return counted


def count_values(values: NDArray[np.integer], collapsed: Collapsed) -> Numbers:
    """How often each value is there, near-duplicates of one value counted once."""
    if not len(values):
        return np.zeros(0, np.int64)
    counts = np.bincount(values)
    if len(collapsed.places):
        width = len(counts)
        keys = collapsed.groups.astype(np.int64) * width + values[collapsed.places]
        distinct, times = np.unique(keys, return_counts=True)
        counts -= np.bincount(
            distinct % width, weights=(times - 1).astype(np.float64), minlength=width
        ).astype(np.int64)
    return counts


def _of_field(facet: Facet, docs: Docs, collapsed: Collapsed) -> dict[str, int]:
    """Counts of a keyword field, of which an article may have several values."""
    ordinals = facet.ordinals[docs]
    counts = Counter[int]()
    for number, count in enumerate(np.bincount(ordinals).tolist() if len(ordinals) else ()):
        if count:
            for shown in facet.shown[number]:
                counts[shown] += count
    again = Counter(
        (group, shown)
        for group, number in zip(
            collapsed.groups.tolist(), ordinals[collapsed.places].tolist(), strict=True
        )
        for shown in facet.shown[number]
    )
    for (_, shown), count in again.items():
        counts[shown] -= count - 1
    return _ranked([(facet.names[number], count) for number, count in counts.items()])


def _ranked(found: list[tuple[str, int]]) -> dict[str, int]:
    return {
        value: count
        for value, count in sorted(found, key=lambda item: (-item[1], item[0]))
        if value and count
    }


@lru_cache(_MEMORY)
def _month_name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
