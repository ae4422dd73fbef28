"""Inversion: from the tokens of articles, in order, to postings and positions of terms.

A token is a term and a *place*: article, field, position and whether it stands aside (in page
furniture) in one number of 64 bits. Tokens come
in order of place; a stable radix sort by term puts those of each term together and leaves
them in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.postings import FlatPostings
from kzsearch.engine.schema import LEAD_WORDS

__all__ = ["Inverted", "Places", "invert", "places_of"]

TEXT_SHIFT = np.uint64(32)
Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]
Places = NDArray[np.uint64]


def places_of(texts: Numbers, positions: Numbers, aside: NDArray[np.bool_]) -> Places:
    """The place of each token: the number of its title or body (twice that of the article, one
    more for the body), its position in it, and whether that is aside."""
    low = (positions.astype(np.uint64) << np.uint64(1)) | aside
    return (texts.astype(np.uint64) << TEXT_SHIFT) | low


@dataclass(frozen=True, slots=True)
class Inverted:
    """The postings of the terms that some tokens stand for.

    terms: rising; ``postings`` has a list for each.
    positions: of all lists one behind another.
    position_counts: how many each list has.
    """

    terms: NDArray[np.uint32]
    postings: FlatPostings
    positions: U32
    position_counts: Numbers


def invert(
    terms: NDArray[Any],
    places: Places,
    first: int,
    *,
    with_lead: bool = False,
    titles: U32 | None = None,
) -> Inverted:
    """Invert tokens that come in order of place; at least one.

    terms: the term of each less ``first``; in 16 bits where they fit, then they are sorted faster.
    titles: the length of each article's title, which is added to the positions of its body.
    A term that stands twice at a place (a compound and its part may share a stem) counts once.
    """
    order = terms.argsort(kind="stable")
    terms, places = terms[order], places[order]
    other_term = terms[1:] != terms[:-1]
    fresh = other_term | (places[1:] != places[:-1])
    if not fresh.all():
        kept = _marked(fresh)
        terms, places = terms[kept], places[kept]
        other_term = terms[1:] != terms[:-1]
    in_field = (places >> TEXT_SHIFT).astype(np.uint32)
    low = places.astype(np.uint32)
    positions, is_aside = low >> np.uint32(1), (low & np.uint32(1)).astype(np.bool_)
    docs = in_field >> np.uint32(1)
    opens = _marked(other_term | (docs[1:] != docs[:-1]))
    begins = np.flatnonzero(opens)
    ends = np.append(begins[1:], len(docs))
    of_posting = terms[begins]
    lists = np.flatnonzero(_marked(of_posting[1:] != of_posting[:-1]))
    list_ends = np.append(lists[1:], len(begins))
    postings = opens.cumsum(dtype=np.uint32)
    postings -= np.uint32(1)
    in_body = (in_field & np.uint32(1)).astype(np.bool_)
    title = _counted(postings, ~in_body, len(begins))
    lead = np.zeros(len(begins), np.uint32)
    if with_lead:
        early = in_body & (positions < LEAD_WORDS) & ~is_aside
        lead = _counted(postings, early, len(begins))
    aside = _counted(postings, is_aside, len(begins))
    if titles is not None:
        positions += titles[docs] * in_body
    return Inverted(
        of_posting[lists].astype(np.uint32) + np.uint32(first),
        FlatPostings(
            list_ends - lists,
            docs[begins],
            title,
            (ends - begins).astype(np.uint32) - title,
            lead,
            aside,
        ),
        positions,
        ends[list_ends - 1] - begins[lists],
    )


def _marked(changes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each is unlike the one before; the first is."""
    marked = np.empty(len(changes) + 1, np.bool_)
    marked[0] = True
    marked[1:] = changes
    return marked


def _counted(postings: U32, tokens: NDArray[np.bool_], count: int) -> U32:
    """How many of some tokens each posting has. postings: that of each token."""
    return np.bincount(postings[tokens], minlength=count).astype(np.uint32)
