"""Facets: how many hits a filter by each source, category, language and month would leave."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.interface import Facets
from kzsearch.engine.local.search.collapsing import Collapsed
from kzsearch.engine.local.search.postings import Docs
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.schema import KeywordField

__all__ = ["count_facets"]

_MEMORY = 5_000  # months whose names are remembered

Numbers = NDArray[np.int64]


def count_facets(snapshot: Snapshot, docs: Docs, collapsed: Collapsed) -> Facets:
    """Counts over some matches, most first, ties by value; near-duplicates with one value count
    as one.
    """
    counted = {}
    for field in (KeywordField.SOURCE, KeywordField.CATEGORY, KeywordField.LANGUAGE):
        facet = snapshot.facets[field]
        counted[field.value] = _sorted(_counts(facet.ordinals[docs], collapsed), facet.values)
    months = snapshot.months[docs]
    first = int(months.min(initial=0))
    counts = _counts(months - first, collapsed)
    numbers = np.flatnonzero(counts)
    names = {int(n): "" if n + first == 0 else _month_name(int(n) + first) for n in numbers}
    found = [(names[int(n)], int(counts[n])) for n in numbers]
    counted["month"] = _ranked(found)
    return counted


def _counts(values: NDArray[np.integer], collapsed: Collapsed) -> Numbers:
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


def _sorted(counts: Numbers, values: Sequence[str]) -> dict[str, int]:
    return _ranked(
        [(values[int(number)], int(counts[number])) for number in np.flatnonzero(counts)]
    )


def _ranked(found: list[tuple[str, int]]) -> dict[str, int]:
    return {
        value: count
        for value, count in sorted(found, key=lambda item: (-item[1], item[0]))
        if value and count
    }


@lru_cache(_MEMORY)
def _month_name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
