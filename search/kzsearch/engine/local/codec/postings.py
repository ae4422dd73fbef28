"""Postings lists as bytes.

A list is the number of its first article (``doc_bytes`` bytes, the same for the whole segment),
the packed gaps to the others, less one each, and the packed *count codes*. A list of one article
has no gaps, and its code is a plain byte. How often a term stands in title, body, lead
and aside is one code: its place in ``CODES``, likelier ones first. What no code stands for is code
255 and four plain numbers of 4 bytes behind the codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.packing import (
    Lists,
    ends_of,
    in_lists,
    join_lists,
    pack_lists,
    ragged,
    unpack,
    unpack_lists,
)
from kzsearch.engine.local.segment_api import Postings

__all__ = ["FlatPostings", "doc_bytes", "pack_postings", "unpack_many", "unpack_postings"]

WIDE = 255
"""Code of counts that no code stands for."""

_MOST_ASIDE = 4
_COUNTS = 4

Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class FlatPostings:
    """The postings of many terms, one list behind another.

    lengths: of each list. docs, title, body, lead, aside: as in ``Postings``, all uint32;
        ``lead`` is all 0 where it is not kept.
    """

    lengths: Numbers
    docs: U32
    title: U32
    body: U32
    lead: U32
    aside: U32


class _Codes(NamedTuple):
    """The codes: counts by code, and the code by counts."""

    title: NDArray[np.uint8]
    body: NDArray[np.uint8]
    lead: NDArray[np.uint8]
    aside: NDArray[np.uint8]
    code: NDArray[np.uint8]


@cache
def _codes(with_lead: bool) -> _Codes:
    """Codes of (title, body, lead, aside) that are small, in order of how much they say."""
    most_body, most_lead = (16, 4) if with_lead else (64, 1)
    likely = sorted(
        (
            (title, body, lead, aside)
            for title in range(4)
            for body in range(most_body)
            for lead in range(min(most_lead, body + 1))
            for aside in range(min(_MOST_ASIDE, body - lead + 1))
            if title + body
        ),
        key=lambda counts: (2 * counts[0] + counts[1] + counts[2] + 2 * counts[3], counts),
    )[:WIDE]
    code = np.full((4, most_body, most_lead, _MOST_ASIDE), WIDE, np.uint8)
    for number, counts in enumerate(likely):
        code[counts] = number
    columns = np.zeros((4, 256), np.uint8)
    columns[:, : len(likely)] = np.array(likely, np.uint8).T
    return _Codes(columns[0], columns[1], columns[2], columns[3], code)


def doc_bytes(articles: int) -> int:
    """Bytes that the number of any of so many articles takes."""
    return max(1, (max(articles - 1, 0).bit_length() + 7) // 8)


# Writing


def pack_postings(flat: FlatPostings, articles: int, *, with_lead: bool) -> Lists:
    """Pack lists of postings; none is empty."""
    lengths = flat.lengths
    begins = ends_of(lengths)[:-1]
    size = doc_bytes(articles)
    first = flat.docs[begins].astype("<u4").view(np.uint8).reshape(-1, 4)[:, :size].ravel()
    codes, wide = _encode(flat, with_lead)
    many = lengths > 1
    several = np.repeat(many, lengths)
    gaps = np.diff(flat.docs, prepend=np.uint32(0)) - np.uint32(1)
    inner = several.copy()
    inner[begins] = False
    return join_lists(
        Lists(first, np.full(len(lengths), size)),
        _spread(pack_lists(gaps[inner], lengths[many] - 1), many),
        _spread(pack_lists(codes[several], lengths[many]), many),
        Lists(codes[~several], (~many).astype(np.int64)),
        wide,
    )


def _spread(lists: Lists, among: NDArray[np.bool_]) -> Lists:
    """The same lists, with empty ones wherever ``among`` is False."""
    lengths = np.zeros(len(among), np.int64)
    lengths[among] = lists.lengths
    return Lists(lists.data, lengths)


def _encode(flat: FlatPostings, with_lead: bool) -> tuple[NDArray[np.uint8], Lists]:
    """The code of each posting, and for each list what has none."""
    table = _codes(with_lead).code
    counts = (flat.title, flat.body, flat.lead, flat.aside)
    place = np.zeros(len(flat.docs), np.uint32)
    beyond = np.zeros(len(flat.docs), np.bool_)
    for count, most in zip(counts, table.shape, strict=True):
        if most > 1:
            place *= np.uint32(most)
            place += np.minimum(count, np.uint32(most - 1))
            beyond |= count >= most
    codes = table.ravel().take(place)
    codes[beyond] = WIDE
    where = np.flatnonzero(codes == WIDE)
    plain = np.stack([count[where] for count in counts], axis=1).astype("<u4")
    lengths = in_lists(where, flat.lengths) * (4 * _COUNTS)
    return codes, Lists(plain.view(np.uint8).ravel(), lengths)


# Reading


def unpack_postings(data: memoryview, length: int, articles: int, *, with_lead: bool) -> Postings:
    """A list of postings from all its bytes."""
    size = doc_bytes(articles)
    docs = np.empty(length, np.uint32)
    docs[0] = int.from_bytes(data[:size], "little")
    if length == 1:
        codes, end = np.frombuffer(data, np.uint8, 1, size), size + 1
    else:
        gaps, end = unpack(data, size, length - 1)
        np.add(gaps, 1, out=docs[1:], dtype=np.uint32, casting="unsafe")
        docs.cumsum(dtype=np.uint32, out=docs)
        codes, end = unpack(data, end, length)
    table = _codes(with_lead)
    title: NDArray[Any] = table.title.take(codes)
    body: NDArray[Any] = table.body.take(codes)
    lead: NDArray[Any] | None = table.lead.take(codes) if with_lead else None
    aside: NDArray[Any] = table.aside.take(codes)
    if end < len(data):
        plain = np.frombuffer(data, "<u4", (len(data) - end) // 4, end).reshape(-1, _COUNTS)
        where = np.flatnonzero(codes == WIDE)
        title = _mended(title, where, plain[:, 0])
        body = _mended(body, where, plain[:, 1])
        lead = None if lead is None else _mended(lead, where, plain[:, 2])
        aside = _mended(aside, where, plain[:, 3])
    found = Postings(docs, title, body, lead, aside if aside.any() else None)
    for array in (docs, title, body, lead, aside):
        if array is not None:
            array.setflags(write=False)
    return found


def _mended(small: NDArray[Any], where: Numbers, values: NDArray[Any]) -> NDArray[Any]:
    counts = small.astype(np.result_type(small, np.min_scalar_type(values.max())))
    counts[where] = values
    return counts


def unpack_many(
    data: NDArray[np.uint8], at: Numbers, lengths: Numbers, articles: int, *, with_lead: bool
) -> FlatPostings:
    """Lists of postings from where each begins in ``data``."""
    size = doc_bytes(articles)
    ends = ends_of(lengths)
    begins = ends[:-1]
    many = lengths > 1
    several = np.repeat(many, lengths)
    first = np.zeros((len(at), 4), np.uint8)
    for byte in range(size):
        first[:, byte] = data[at + byte]
    gaps, codes_at = unpack_lists(data, at[many] + size, lengths[many] - 1)
    docs = np.zeros(int(ends[-1]), np.uint32)
    inner = several.copy()
    inner[begins] = False
    docs[inner] = gaps + np.uint32(1)
    docs = _running_sums(docs, first.view("<u4").ravel(), begins, lengths)
    codes = np.empty(len(docs), np.uint8)
    codes_end = at + size + 1
    codes[several], codes_end[many] = unpack_lists(data, codes_at, lengths[many])
    codes[~several] = data[at[~many] + size]
    table = _codes(with_lead)
    counts = [column[codes].astype(np.uint32) for column in table[:_COUNTS]]
    where = np.flatnonzero(codes == WIDE)
    if len(where):
        sizes = in_lists(where, lengths) * (4 * _COUNTS)
        plain = data[ragged(codes_end, sizes)].view("<u4").reshape(-1, _COUNTS)
        for count, values in zip(counts, plain.T, strict=True):
            count[where] = values
    return FlatPostings(lengths, docs, *counts)


def _running_sums(steps: U32, first: NDArray[Any], begins: Numbers, lengths: Numbers) -> U32:
    """The sums of each list's steps, begun anew at ``first``; wraps around in between."""
    sums = np.cumsum(steps, dtype=np.uint32)
    sums += np.repeat(first.astype(np.uint32) - sums[begins], lengths)
    return sums
