"""Inversion: from the tokens of articles, in order, to postings and positions of terms.

A token is a term and a *place*: article, field and position in one number of 64 bits. Tokens come
in order of place; a stable radix sort by term puts those of each term together and leaves
them in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.packing import ends_of
from kzsearch.engine.local.codec.postings import FlatPostings
from kzsearch.engine.schema import LEAD_WORDS

__all__ = ["Inverted", "invert", "places_of"]

IN_BODY = np.uint64(1 << 32)
DOC_SHIFT = np.uint64(33)
Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]
Places = NDArray[np.uint64]


def places_of(docs: Places, body: NDArray[np.bool_], positions: Places) -> Places:
    """The place of each token: its article, whether it is in the body, and its position."""
    places: Places = docs << DOC_SHIFT
    places |= body.astype(np.uint64) << np.uint64(32)
    places |= positions
    return places


@dataclass(frozen=True, slots=True)
class Inverted:
    """The postings of the terms that some tokens stand for.

    terms: rising; ``postings`` has a list for each.
    positions: within the title or body, of all lists one behind another.
    position_counts: how many each list has.
    """

    terms: NDArray[np.uint32]
    postings: FlatPostings
    positions: U32
    position_counts: Numbers


def invert(terms: U32, places: Places, *, with_lead: bool) -> Inverted:
    """Invert tokens that come in order of place; at least one.

    A term that stands twice at a place (a compound and its part may share a stem) counts once.
    """
    low = int(terms.min())
    small: NDArray[Any] = terms - np.uint32(low)
    if int(terms.max()) - low < 1 << 16:
        small = small.astype(np.uint16)  # NumPy sorts these by radix
    order = small.argsort(kind="stable")
    terms, places = terms[order], places[order]
    fresh = np.ones(len(terms), np.bool_)
    other_term = terms[1:] != terms[:-1]
    fresh[1:] = other_term | (places[1:] != places[:-1])
    if not fresh.all():
        terms, places = terms[fresh], places[fresh]
        other_term = terms[1:] != terms[:-1]
    docs = (places >> DOC_SHIFT).astype(np.uint32)
    begins = np.flatnonzero(_marked(other_term | (docs[1:] != docs[:-1])))
    total = np.diff(begins, append=len(docs))
    of_posting = terms[begins]
    lists = np.flatnonzero(_marked(of_posting[1:] != of_posting[:-1]))
    title = _counted(np.flatnonzero((places & IN_BODY) == 0), begins)
    lead = np.zeros(len(begins), np.uint32)
    if with_lead:
        in_field = places & np.uint64((1 << 33) - 1)
        lead = _counted(np.flatnonzero((in_field - IN_BODY) < LEAD_WORDS), begins)
    return Inverted(
        of_posting[lists],
        FlatPostings(
            np.diff(lists, append=len(begins)),
            docs[begins],
            title,
            total.astype(np.uint32) - title,
            lead,
        ),
        places.astype(np.uint32),
        np.diff(ends_of(total)[np.append(lists, len(begins))]),
    )


def _marked(changes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.concatenate([np.ones(1, np.bool_), changes])


def _counted(tokens: Numbers, begins: Numbers) -> U32:
    """How many of some tokens each posting has."""
    of_token = np.searchsorted(begins, tokens, "right") - 1
    return np.bincount(of_token, minlength=len(begins)).astype(np.uint32)
