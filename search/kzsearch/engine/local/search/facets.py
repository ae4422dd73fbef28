"""Facets: how many hits a filter by each source, category, language and month would leave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.interface import Facets
from kzsearch.engine.local.search.collapsing import Collapsed
from kzsearch.engine.local.search.postings import Docs
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.schema import KeywordField

__all__ = ["count_facets"]

_DAY_OF_1970 = 719_163
"""The proleptic ordinal of 1970-01-01."""

Numbers = NDArray[np.int64]


def count_facets(snapshot: Snapshot, docs: Docs, collapsed: Collapsed) -> Facets:
    """Counts over some matches, most first, ties by value; near-duplicates with one value count
    as one.
    """
    counted = {}
    for field in (KeywordField.SOURCE, KeywordField.CATEGORY, KeywordField.LANGUAGE):
        facet = snapshot.facets[field]
        ordinals = facet.ordinals[docs].astype(np.int64)
        counted[field.value] = _sorted(_counts(ordinals, collapsed), facet.values)
    months = _months(snapshot.days[docs])
    first = int(months.min(initial=0))
    counts = _counts(months - first, collapsed)
    numbers = np.flatnonzero(counts)
    names = {int(n): "" if n + first == 0 else _month_name(int(n) + first) for n in numbers}
    found = [(names[int(n)], int(counts[n])) for n in numbers]
    counted["month"] = _ranked(found)
    return counted


def _counts(values: Numbers, collapsed: Collapsed) -> Numbers:
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


def _months(days: NDArray[np.int32]) -> Numbers:
    """Months since the year 0 of days given as ordinals; 0 of undated ones."""
    dates = (days.astype(np.int64) - _DAY_OF_1970).astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(days > 0, months, 0)


def _month_name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
