"""Arithmetic on postings: uniting the alternatives of a word, and sets of document ids.

Document ids are rising arrays without repeats, of the integers that NumPy indexes by (half as
dear to look up by as narrower ones). Sets that are a large part of all
documents are united through a mask, small ones by sorting: whichever is cheaper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.segment_api import Counts, Postings
from kzsearch.engine.schema import TextField

__all__ = [
    "EMPTY",
    "NO_DOCS",
    "Docs",
    "in_field",
    "intersected",
    "join",
    "lead_of",
    "located",
    "looked_up",
    "member",
    "most_frequent",
    "select",
    "summed",
    "united",
    "without",
]

Docs = NDArray[np.intp]

NO_DOCS: Docs = np.zeros(0, np.intp)
_NO_COUNTS: Counts = np.zeros(0, np.uint8)
EMPTY = Postings(NO_DOCS, _NO_COUNTS, _NO_COUNTS, _NO_COUNTS)

_MANY = 2_000
"""Documents that are looked up one by one in a set; more are looked up in a mask of it."""

_DENSE = 500
"""A mask of all documents is worth making for one in so many of them."""


def join(parts: Sequence[Postings]) -> Postings:
    """Postings of segments as one: their documents already numbered through."""
    if not parts:
        return EMPTY
    if len(parts) == 1:
        return parts[0]
    leads = [part.lead for part in parts if part.lead is not None]
    return Postings(
        np.concatenate([part.docs for part in parts]),
        np.concatenate([part.title for part in parts]),
        np.concatenate([part.body for part in parts]),
        np.concatenate(leads) if len(leads) == len(parts) else None,
        _joined_asides(parts),
    )


def _joined_asides(parts: Sequence[Postings]) -> Counts | None:
    if all(part.aside is None for part in parts):
        return None
    return np.concatenate(
        [np.zeros(len(part), np.uint8) if part.aside is None else part.aside for part in parts]
    )


def select(postings: Postings, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Postings:
    """Some of the postings, chosen by a mask or by their places."""
    return Postings(
        postings.docs[chosen],
        postings.title[chosen],
        postings.body[chosen],
        None if postings.lead is None else postings.lead[chosen],
        None if postings.aside is None else postings.aside[chosen],
    )


def in_field(postings: Postings, field: TextField | None) -> Postings:
    """The postings of one field, None for both."""
    if field is None:
        return postings
    is_title = field is TextField.TITLE
    found = select(postings, (postings.title if is_title else postings.body) > 0)
    nothing = np.zeros(len(found), np.uint8)
    if is_title:
        return Postings(found.docs, found.title, nothing, None if found.lead is None else nothing)
    return Postings(found.docs, nothing, found.body, found.lead, found.aside)


def lead_of(postings: Postings) -> Postings:
    """Of postings of stems those in a title or among the first words of a body.

    ``body`` counts the first words only.
    """
    if postings.lead is None:
        return EMPTY
    early = (postings.lead | postings.title).nonzero()[0]
    return Postings(postings.docs[early], postings.title[early], postings.lead[early])


def most_frequent(lists: Sequence[Postings]) -> Postings:
    """The documents of any list; of one document and field the most frequent term counts, in
    running text and aside for itself."""
    return _reduced(lists, np.maximum)


def summed(lists: Sequence[Postings]) -> Postings:
    """The documents of any list, the counts of one document added up."""
    return _reduced(lists, np.add)


def _reduced(lists: Sequence[Postings], ufunc: np.ufunc) -> Postings:
    lists = [postings for postings in lists if len(postings)]
    if len(lists) < 2:
        return lists[0] if lists else EMPTY
    whole = join(lists)
    order = np.argsort(whole.docs, kind="stable")
    docs = whole.docs[order]
    first = np.flatnonzero(np.concatenate(([True], docs[1:] != docs[:-1])))

    def reduced(counts: Counts) -> Counts:
        wide = counts[order] if ufunc is np.maximum else counts[order].astype(np.uint32)
        result: Counts = ufunc.reduceat(wide, first)
        return result

    lead = None if whole.lead is None else reduced(whole.lead)
    if whole.aside is None:
        return Postings(docs[first], reduced(whole.title), reduced(whole.body), lead)
    aside = reduced(whole.aside)
    body = reduced(whole.body - whole.aside) + aside
    return Postings(docs[first], reduced(whole.title), body, lead, aside)


def united(sets: Sequence[Docs], documents: int) -> Docs:
    """The documents of any set; ``documents`` is how many there are in all."""
    sets = [docs for docs in sets if len(docs)]
    if len(sets) < 2:
        return sets[0] if sets else NO_DOCS
    if len(sets) == 2:
        few, many = sets if len(sets[0]) <= len(sets[1]) else reversed(sets)
        if len(few) * 20 < len(many) and member(few, many).all():
            return many  # as of a word as written, and of its stem
    if sum(map(len, sets)) * _DENSE > documents:
        mask = np.zeros(documents, np.bool_)
        for docs in sets:
            mask[docs] = True
        return mask.nonzero()[0]
    docs = np.sort(np.concatenate(sets), kind="stable")
    return docs[np.concatenate(([True], docs[1:] != docs[:-1]))]


def member(docs: Docs, of: Docs) -> NDArray[np.bool_]:
    """For each document whether a set holds it."""
    if not len(of) or not len(docs):
        return np.zeros(len(docs), np.bool_)
    if len(docs) > _MANY:
        mask = np.zeros(max(int(docs[-1]), int(of[-1])) + 1, np.bool_)
        mask[of] = True
        return mask[docs]
    return looked_up(docs, of)[1]


def looked_up(
    values: NDArray[Any], among: NDArray[Any]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """For each value its place in a rising array, which is not empty, and whether it is there."""
    places = among.searchsorted(values)
    return places, np.equal(among.take(places, mode="clip"), values)


def located(docs: Docs, of: Docs) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """``looked_up`` for documents: many are looked up in a table of all, in a tenth of the time."""
    if len(docs) <= _MANY:
        return looked_up(docs, of)
    table = np.zeros(max(int(docs[-1]), int(of[-1])) + 1, np.intp)
    table[of] = np.arange(len(of))
    places = table[docs]
    return places, np.equal(of[places], docs)


def intersected(one: Docs, other: Docs) -> Docs:
    """The documents of both sets."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return few[member(few, many)]


def without(docs: Docs, excluded: Docs) -> Docs:
    """The documents of the first set that are not in the second."""
    if not len(docs) or not len(excluded):
        return docs
    return docs[~member(docs, excluded)]
