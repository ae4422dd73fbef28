"""Facets: how many hits a filter by each source, category, language and month would leave."""

from __future__ import annotations

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
    return _once_a_group(np.bincount(values), collapsed.groups, values[collapsed.places])


def _once_a_group(
    counts: Numbers, groups: NDArray[np.integer], values: NDArray[np.integer]
) -> Numbers:
    """Counts of values less those that a group has again.

    groups, values: of the near-duplicates, as they were counted.
    """
    if len(groups):
        keys = groups * np.int64(len(counts)) + values
        keys.sort()
        again = keys[1:][keys[1:] == keys[:-1]]
        counts = counts - np.bincount(again % len(counts), minlength=len(counts))
    return counts


def _of_field(facet: Facet, docs: Docs, collapsed: Collapsed) -> dict[str, int]:
    """Counts of a keyword field, of which an article may have several values."""
    if not len(docs):
        return {}
    ordinals = facet.ordinals[docs]
    by_ordinal = np.bincount(ordinals, minlength=len(facet.parts))
    counts = np.zeros(len(facet.names), np.int64)
    np.add.at(counts, facet.shown, np.repeat(by_ordinal, facet.shown_counts))
    shown, lengths = facet.shown_of(ordinals[collapsed.places])
    counts = _once_a_group(counts, np.repeat(collapsed.groups, lengths), shown)
    return _ranked(list(zip(facet.names, counts.tolist(), strict=True)))


def _ranked(found: list[tuple[str, int]]) -> dict[str, int]:
    return {
        value: count
        for value, count in sorted(found, key=lambda item: (-item[1], item[0]))
        if value and count
    }


@lru_cache(_MEMORY)
def _month_name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
