"""Whoosh's view of a segment's terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.reading import TermInfo, TermNotFound

from kzsearch.engine.local.codec.cache import RecentlyUsed
from kzsearch.engine.local.codec.whoosh.matchers import ArrayMatcher
from kzsearch.engine.local.codec.whoosh.opened import OpenedSegment
from kzsearch.engine.local.codec.whoosh.term_lists import FieldPostings, TermList, first_not_below

__all__ = ["SegmentTerms"]

CACHE_BYTES = 4 << 20
"""Bytes of postings remembered: Whoosh asks for those of a term some five times a query."""

Term = tuple[str, bytes]


class SegmentTerms(TermsReader):
    """The terms of all fields of a segment (``whoosh.codec.base.TermsReader``)."""

    def __init__(self, opened: OpenedSegment) -> None:
        self._opened: OpenedSegment | None = opened
        self._recent: RecentlyUsed[FieldPostings] = RecentlyUsed(CACHE_BYTES)

    @property
    def opened(self) -> OpenedSegment:
        """The segment."""
        assert self._opened is not None, "it is closed"
        return self._opened

    def terms_of(self, field: str) -> TermList:
        """The terms of a field. Raises KeyError where it has none."""
        return self.opened.terms(field)

    def postings_at(self, field: str, number: int) -> FieldPostings | None:
        """Postings of a term of a field by its number."""
        key = field, number
        if (found := self._recent.get(key)) is None:
            found = self.terms_of(field).postings(number)
            if found is not None:
                self._recent.put(key, found, found.docs.nbytes + found.weights.nbytes)
        return found

    def _postings(self, field: str, term: bytes) -> FieldPostings:
        """Postings of a term. Raises KeyError where no article holds it."""
        number = self.terms_of(field).number(term)
        found = self.postings_at(field, number) if number >= 0 else None
        if found is None:
            raise KeyError((field, term))
        return found

    def __contains__(self, term: Term) -> bool:
        try:
            self._postings(*term)
        except KeyError:
            return False
        return True

    def indexed_field_names(self) -> list[str]:
        """Names of the fields that have terms, in order."""
        return list(self.opened.indexed)

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        """A cursor over the terms of a field."""
        return Cursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """All terms, by field, then term."""
        for field in self.opened.indexed:
            yield from self._of(field, 0)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The terms from one on, and then those of further fields."""
        for field in self.opened.indexed:
            if field == fieldname:
                yield from self._of(field, first_not_below(self.terms_of(field), prefix))
            elif field > fieldname:
                yield from self._of(field, 0)

    def _of(self, field: str, first: int) -> Iterator[Term]:
        terms = self.terms_of(field)
        for number in range(first, len(terms)):
            if self.postings_at(field, number) is not None:
                yield field, terms.term(number)

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """All terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """The terms from one on with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term; Whoosh changes it. Raises KeyError where nobody holds it."""
        return self.info_of(fieldname, self._postings(fieldname, text))

    def info_of(self, field: str, postings: FieldPostings) -> TermInfo:
        """What is known of a term with these postings."""
        lengths = self.opened.lengths(field)
        of_docs = np.zeros(1, np.uint32) if lengths is None else lengths[postings.docs]
        return TermInfo(
            float(postings.weights.sum(dtype=np.uint64)),
            len(postings.docs),
            int(of_docs.min()),
            int(of_docs.max()),
            float(postings.weights.max()),
            int(postings.docs[0]),
            int(postings.docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often articles hold a term. Raises KeyError where none does."""
        return float(self._postings(fieldname, text).weights.sum(dtype=np.uint64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many articles hold a term. Raises KeyError where none does."""
        return len(self._postings(fieldname, text).docs)

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ArrayMatcher:
        """The postings of a term. Raises TermNotFound where no article holds it."""
        try:
            postings = self._postings(fieldname, text)
        except KeyError as error:
            raise TermNotFound(f"No term {fieldname}:{text!r}") from error
        return ArrayMatcher(
            postings, self.opened.lengths(fieldname), format_, (fieldname, text), scorer
        )

    def close(self) -> None:
        """Let go of the segment."""
        self._opened = None
        self._recent.clear()


class Cursor(FieldCursor):
    """A place among the terms of a field."""

    def __init__(self, reader: SegmentTerms, field: str, fieldobj: Any) -> None:
        self._reader = reader
        self._field = field
        self._fieldobj = fieldobj
        self._terms = reader.terms_of(field)
        self._number = -1
        self.first()

    def _go(self, number: int) -> Any:
        """To the first term with postings from a number on."""
        while number < len(self._terms) and self._reader.postings_at(self._field, number) is None:
            number += 1
        self._number = number
        return self.text()

    def first(self) -> Any:
        """Go to the first term; returns it."""
        return self._go(0)

    def find(self, string: Any) -> Any:
        """Go to the first term that is not below another; returns it, None behind the last."""
        if not isinstance(string, bytes):
            string = self._fieldobj.to_bytes(string)
        return self._go(first_not_below(self._terms, string))

    def next(self) -> Any:
        """Go to the next term; returns it, None behind the last."""
        return self._go(self._number + 1)

    def text(self) -> Any:
        """The current term as its field gives it, None behind the last."""
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._terms.term(self._number))

    term = text

    def term_info(self) -> TermInfo | None:
        """What is known of the current term."""
        if not self.is_valid():
            return None
        postings = self._reader.postings_at(self._field, self._number)
        assert postings is not None
        return self._reader.info_of(self._field, postings)

    def is_valid(self) -> bool:
        """Whether there is a current term."""
        return self._number < len(self._terms)
