"""The first of many documents: by score, then newest first, then by id.

Only as much is sorted as is wanted, and ids are read only to break ties.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.postings import Docs

__all__ = ["first", "in_order"]

_BLOCK = 64

_FEW = 30
"""So few documents are all sorted."""

_TIES = 200
"""Documents of one score that are sorted with those above them."""

Ids = Callable[[int], str]


def first(
    docs: Docs, scores: NDArray[np.float32] | None, times: NDArray[np.int64], count: int, id_of: Ids
) -> list[int]:
    """The places in ``docs`` of the first ``count`` documents.

    scores: of these documents; None where none counts. times: of all documents.
    """
    count = max(0, count)
    if scores is None:
        return _newest(np.arange(len(docs)), docs, times, count, id_of)
    if len(docs) <= max(count, _FEW):
        return _sorted(np.arange(len(docs)), docs, scores, times, id_of)[:count]
    if not count:
        return []
    least = _least_of_first(scores, count)
    found = (scores >= least).nonzero()[0]
    if len(found) <= _TIES + 2 * count:
        return _sorted(found, docs, scores, times, id_of)[:count]
    above = np.flatnonzero(scores > least)
    ties = np.flatnonzero(scores == least)
    rest = _newest(ties, docs, times, count - len(above), id_of)
    return [*_sorted(above, docs, scores, times, id_of), *rest]


def in_order(
    docs: Docs,
    scores: NDArray[np.float32] | None,
    tiers: NDArray[np.intp],
    times: NDArray[np.int64],
    id_of: Ids,
) -> Iterator[int]:
    """The places of all documents one after the other, in the order that ``first`` has.

    tiers: of these documents; a lower one comes before a higher, whatever the scores.
    An array is sorted, not objects: a few numbers for each document are held. Ids are read of
    one run of ties at a time.
    """
    dates = times[docs]
    falling = np.zeros(len(docs), np.float32) if scores is None else -scores
    order = np.lexsort((~dates, falling, tiers))  # ~ turns round, and cannot overflow
    begins = np.zeros(len(docs), np.bool_)  # where a run of ties begins
    begins[:1] = True
    for column in (dates, falling, tiers):
        begins[1:] |= column[order[1:]] != column[order[:-1]]
    ends = np.append(np.flatnonzero(begins)[1:], len(docs)).tolist()
    start = 0
    for end in ends if len(docs) else ():
        run = order[start:end].tolist()
        if len(run) > 1:
            run.sort(key=lambda place: id_of(int(docs[place])))
        yield from run
        start = end


def _least_of_first(values: NDArray[Any], count: int) -> Any:
    """The ``count``-th greatest of more values than that.

    NumPy's partition takes long over many values that are the same, as the scores of documents
    that were not looked at are; so only those are partitioned that are above the ``count``-th
    greatest of the maxima of some blocks, which are few.
    """
    blocks = len(values) // _BLOCK
    if blocks > count:
        maxima = np.maximum.reduceat(values, np.arange(0, len(values), _BLOCK))
        bound = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
        above = values[values > bound]
        if len(above) < count:
            return bound
        values = above
    return np.partition(values, len(values) - count)[len(values) - count]


def _newest(
    places: NDArray[np.intp], docs: Docs, times: NDArray[np.int64], count: int, id_of: Ids
) -> list[int]:
    """The first by time, then by id."""
    if not count:
        return []
    found = times[docs[places]]
    if count < len(places):
        least = _least_of_first(found, count)
        above, ties = places[found > least], places[found == least]
        rest = heapq.nsmallest(
            count - len(above), ties.tolist(), key=lambda place: id_of(int(docs[place]))
        )
        return [*_sorted(above, docs, None, times, id_of), *rest]
    return _sorted(places, docs, None, times, id_of)


def _sorted(
    places: NDArray[np.intp],
    docs: Docs,
    scores: NDArray[np.float32] | None,
    times: NDArray[np.int64],
    id_of: Ids,
) -> list[int]:
    """Places by falling score and time, then by id, which is read where these are the same."""
    dates = times[docs[places]].tolist()
    counted = [0.0] * len(dates) if scores is None else scores[places].tolist()
    keys = list(zip(counted, dates, strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__, reverse=True)
    found: list[int] = places[order].tolist()
    start = 0
    while start < len(found):
        end = start + 1
        key = keys[order[start]]
        while end < len(found) and keys[order[end]] == key:
            end += 1
        if end - start > 1:
            found[start:end] = sorted(found[start:end], key=lambda place: id_of(int(docs[place])))
        start = end
    return found
