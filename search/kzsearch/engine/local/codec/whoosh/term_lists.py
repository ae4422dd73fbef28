"""The terms of each Whoosh field of a segment, made of our dictionaries and columns.

Terms are numbered in byte order. A number may have no postings: the dictionary of stems is that of
title and body together.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.local.codec.texts import encode
from kzsearch.engine.local.segment_api import BODY_GAP
from kzsearch.engine.local.segment_api import Postings as SegmentPostings
from kzsearch.engine.schema import TermKind, TextField, fold_keyword

__all__ = [
    "DateTerms",
    "FieldPostings",
    "IdTerms",
    "TermList",
    "TextTerms",
    "ValueTerms",
    "first_not_below",
]

COUNT = struct.Struct("!I")
STEP = 8
"""Bits by which each further term of a date in Whoosh is coarser than the one before."""

Values = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of a term in a Whoosh field.

    docs: rising, uint32. weights: how often each holds the term.
    value: the coded value of a posting by its number in the list, as the field's format reads it.
    """

    docs: NDArray[np.uint32]
    weights: NDArray[Any]
    value: Values


class TermList:
    """The terms of one field."""

    def __len__(self) -> int:
        raise NotImplementedError

    def term(self, number: int) -> bytes:
        """A term by its number."""
        raise NotImplementedError

    def number(self, term: bytes) -> int:
        """The number of a term, -1 if there is no such term."""
        number = first_not_below(self, term)
        return number if number < len(self) and self.term(number) == term else -1

    def postings(self, number: int) -> FieldPostings | None:
        """Postings of a term by its number; None where no article holds it in this field."""
        raise NotImplementedError


def first_not_below(terms: TermList, term: bytes) -> int:
    """The number of the first term that is not below another."""
    return bisect_left(range(len(terms)), term, key=terms.term)


class TextTerms(TermList):
    """Terms of a kind in title or body, or in the lead of the body."""

    def __init__(
        self, reader: ColumnarReader, kind: TermKind, field: TextField, *, lead: bool = False
    ) -> None:
        self._reader = reader
        self._kind = kind
        self._field = field
        self._lead = lead
        self._terms = reader.dictionary(kind)

    def __len__(self) -> int:
        return len(self._terms)

    def term(self, number: int) -> bytes:
        """A term by its number."""
        return encode(self._terms.term(number))

    def number(self, term: bytes) -> int:
        """The number of a term, -1 if there is no such term."""
        try:
            return self._terms.number(str(term, "utf-8", "surrogatepass"))
        except UnicodeDecodeError:
            return -1

    def postings(self, number: int) -> FieldPostings | None:
        """Postings of a term by its number; None where no article holds it in this field."""
        found = self._reader.postings(self._kind, number)
        counts = found.title if self._field is TextField.TITLE else found.body
        if self._lead:
            assert found.lead is not None
            counts = found.lead
        chosen = np.flatnonzero(counts)
        if not len(chosen):
            return None
        docs, weights = found.docs[chosen], counts[chosen]
        value: Values
        if self._kind is TermKind.STEM and not self._lead:
            value = _StemPositions(self._reader, number, found, chosen, self._field)
        elif self._kind is TermKind.EXACT:
            value = _Places(self._reader, number, docs, self._field)
        else:
            value = _Counts(weights)
        return FieldPostings(docs, weights, value)


class _Counts:
    """Values of postings that are only counted."""

    def __init__(self, counts: NDArray[Any]) -> None:
        self._counts = counts

    def __call__(self, posting: int) -> bytes:
        return COUNT.pack(int(self._counts[posting]))


class _StemPositions:
    """Values of postings of a stem: positions in title or body."""

    def __init__(
        self,
        reader: ColumnarReader,
        number: int,
        postings: SegmentPostings,
        chosen: NDArray[np.intp],
        field: TextField,
    ) -> None:
        self._reader = reader
        self._number = number
        self._postings = postings
        self._chosen = chosen
        self._in_title = field is TextField.TITLE

    @cached_property
    def _positions(self) -> tuple[NDArray[Any], NDArray[np.int64]]:
        found = self._reader.positions(self._number)
        return found.values, found.ends.astype(np.int64)

    def __call__(self, posting: int) -> bytes:
        values, ends = self._positions
        at = int(self._chosen[posting])
        title, end = int(self._postings.title[at]), int(ends[at])
        body = end - int(self._postings.body[at])
        if self._in_title:
            return values[body - title : body].astype("<u4").tobytes()
        doc = int(self._postings.docs[at])
        shift = BODY_GAP + int(self._reader.columns.title_length[doc])
        return (values[body:end].astype("<i8") - shift).astype("<u4").tobytes()


class _Places:
    """Values of postings of a surface: positions and code points, from the forward index."""

    def __init__(
        self, reader: ColumnarReader, number: int, docs: NDArray[np.uint32], field: TextField
    ) -> None:
        self._reader = reader
        self._number = number
        self._docs = docs
        self._in_title = field is TextField.TITLE

    def __call__(self, posting: int) -> bytes:
        title, body = self._reader.tokens(int(self._docs[posting]))
        tokens = title if self._in_title else body
        found = np.flatnonzero(self._reader.word_surfaces[tokens.words] == self._number)
        positions = tokens.positions[found]
        found = found[np.diff(positions, prepend=np.int64(-1)) != 0]  # a part like its compound
        places = [tokens.positions[found], tokens.starts[found], tokens.ends[found]]
        return np.stack(places, axis=1).astype("<u4").tobytes()


def _nothing(posting: int) -> bytes:
    """The value of a posting that only exists."""
    return b""


class ValueTerms(TermList):
    """Values of articles as terms, '' apart.

    values: the values, and ordinals: the number of each article's value among them.
    folded: whether they are compared with letter case ignored.
    """

    def __init__(self, values: Sequence[str], ordinals: NDArray[Any], *, folded: bool) -> None:
        keys = [encode(fold_keyword(value) if folded else value) for value in values]
        self._terms = sorted({key for key in keys if key})
        numbers = {term: number for number, term in enumerate(self._terms)}
        of_value = np.array([numbers.get(key, -1) for key in keys], np.int64)
        of_doc = of_value[ordinals]
        self._order = np.argsort(of_doc, kind="stable").astype(np.uint32)
        self._ends = np.searchsorted(of_doc[self._order], np.arange(-1, len(self._terms)), "right")

    def __len__(self) -> int:
        return len(self._terms)

    def term(self, number: int) -> bytes:
        """A term by its number."""
        return self._terms[number]

    def postings(self, number: int) -> FieldPostings | None:
        """Postings of a term by its number."""
        docs = self._order[self._ends[number] : self._ends[number + 1]]
        return FieldPostings(docs, np.ones(len(docs), np.uint8), _nothing)


class IdTerms(TermList):
    """Article ids as terms. Their numbers are places in the order of ids; of a deleted article and
    the one that replaced it only the first has postings, those of both.
    """

    def __init__(self, reader: ColumnarReader) -> None:
        self._ids = reader.texts("id")
        self._order = reader.container["id.order"].array()

    def __len__(self) -> int:
        return len(self._order)

    def term(self, number: int) -> bytes:
        """A term by its number."""
        return self._ids.raw(int(self._order[number]))

    def postings(self, number: int) -> FieldPostings | None:
        """Postings of an id by its number."""
        term = self.term(number)
        if number and self.term(number - 1) == term:
            return None
        end = number + 1
        while end < len(self) and self.term(end) == term:
            end += 1
        docs = np.sort(self._order[number:end]).astype(np.uint32)
        return FieldPostings(docs, np.ones(len(docs), np.uint8), _nothing)


class DateTerms(TermList):
    """Dates as Whoosh's tiered numbers: each exact, and 8, 16 … 56 bits coarser.

    numbers: of each article as Whoosh's field counts them (uint64, sortable), and
    dated: which articles have a date.
    """

    def __init__(self, numbers: NDArray[np.uint64], dated: NDArray[np.bool_]) -> None:
        docs = np.flatnonzero(dated)
        order = docs[np.argsort(numbers[docs], kind="stable")]
        self._docs = order.astype(np.uint32)
        self._levels: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []
        self._begins = [0]
        for shift in range(0, 64, STEP):
            coarse, begins = np.unique(numbers[order] >> np.uint64(shift), return_index=True)
            self._levels.append((coarse, np.append(begins, len(order))))
            self._begins.append(self._begins[-1] + len(coarse))

    def __len__(self) -> int:
        return self._begins[-1]

    def _at(self, number: int) -> tuple[int, int]:
        level = bisect_right(self._begins, number) - 1
        return level, number - self._begins[level]

    def term(self, number: int) -> bytes:
        """A term by its number: its shift, and the number in 8 bytes, big endian."""
        level, at = self._at(number)
        return bytes([level * STEP]) + int(self._levels[level][0][at]).to_bytes(8, "big")

    def postings(self, number: int) -> FieldPostings | None:
        """Postings of a term by its number."""
        level, at = self._at(number)
        begins = self._levels[level][1]
        docs = np.sort(self._docs[begins[at] : begins[at + 1]])
        return FieldPostings(docs, np.ones(len(docs), np.uint8), _nothing)
