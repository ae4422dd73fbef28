"""The first of many documents: by score, then newest first, then by id.

Only as much is sorted as is wanted, and ids are read only to break ties.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.postings import Docs

__all__ = ["Column", "first"]

Column = NDArray[Any]


def first(
    docs: Docs, columns: Sequence[Column], count: int, id_of: Callable[[int], str]
) -> list[int]:
    """The places in ``docs`` of the first ``count`` documents.

    columns: for each document what it is ordered by, the greatest first; later columns break
        ties of the earlier ones, ids those of all.
    """
    return _first(np.arange(len(docs)), docs, columns, max(0, count), id_of)


def _first(
    places: NDArray[np.intp],
    docs: Docs,
    columns: Sequence[Column],
    count: int,
    id_of: Callable[[int], str],
) -> list[int]:
    if not count or not len(places):
        return []
    if not columns:
        return heapq.nsmallest(count, places.tolist(), key=lambda place: id_of(int(docs[place])))
    values = columns[0][places]
    if count < len(places):
        least = np.partition(values, len(values) - count)[len(values) - count]
        above = places[values > least]
        ties = places[values == least]
        rest = _first(ties, docs, columns[1:], count - len(above), id_of)
        return [*_sorted(above, docs, columns, id_of), *rest]
    return _sorted(places, docs, columns, id_of)


def _sorted(
    places: NDArray[np.intp],
    docs: Docs,
    columns: Sequence[Column],
    id_of: Callable[[int], str],
) -> list[int]:
    rows = zip(*(column[places].tolist() for column in columns), places.tolist(), strict=True)
    found: list[int] = []
    for _, same in groupby(sorted(rows, key=_but_place, reverse=True), key=_but_place):
        ties = [row[-1] for row in same]
        if len(ties) > 1:
            ties.sort(key=lambda place: id_of(int(docs[place])))
        found += ties
    return found


_but_place = itemgetter(slice(-1))
