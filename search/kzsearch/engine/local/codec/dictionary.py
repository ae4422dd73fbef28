"""The dictionaries of a segment: terms by number and numbers by term, read in place."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.container import Section
from kzsearch.engine.local.codec.texts import Texts, encode

__all__ = ["PrefixDictionary", "TextDictionary"]

REMEMBERED = 20_000
"""Terms whose numbers, and prefixes whose spans, are remembered; then all are forgotten, so no
order need be kept. They outlive a commit, as the segment does."""

ABOVE = b"\xff"
"""No text in UTF-8 holds it: put behind a prefix it is above all that begin with it."""


class _Dictionary:
    """What the dictionaries of all kinds have in common."""

    def __init__(self, doc_freqs: Section) -> None:
        self._doc_freqs = doc_freqs
        self._numbers: dict[str, int] = {}
        self._spans: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._doc_freqs)

    def number(self, term: str) -> int:
        """The number of a term, -1 if the segment does not hold it."""
        if (number := self._numbers.get(term)) is None:
            number = self._look_up(term)
            if len(self._numbers) >= REMEMBERED:
                self._numbers = {}
            self._numbers[term] = number
        return number

    def terms(self) -> list[str]:
        """All terms by number."""
        return [self.term(number) for number in range(len(self))]

    def term(self, number: int) -> str:
        """A term by its number."""
        raise NotImplementedError

    def span(self, prefix: str) -> tuple[int, int]:
        """First number, and the one behind the last, of the terms that begin with a prefix."""
        if (span := self._spans.get(prefix)) is None:
            span = self._find_span(prefix)
            if len(self._spans) >= REMEMBERED:
                self._spans = {}
            self._spans[prefix] = span
        return span

    def _find_span(self, prefix: str) -> tuple[int, int]:
        raise NotImplementedError

    def _look_up(self, term: str) -> int:
        raise NotImplementedError

    def doc_freq(self, number: int) -> int:
        """How many articles hold a term, by its number."""
        return self._doc_freqs.item(number)

    @cached_property
    def doc_freqs(self) -> NDArray[np.uint32]:
        """For each term how many articles hold it, deleted ones included."""
        return self._doc_freqs.array()


class TextDictionary(_Dictionary):
    """Terms that are kept as texts, in order: surfaces and stems."""

    def __init__(self, texts: Texts, doc_freqs: Section) -> None:
        super().__init__(doc_freqs)
        self.texts = texts

    def terms(self) -> list[str]:
        """All terms by number, many times as fast as one by one."""
        return [str(text, "utf-8", "surrogatepass") for text in self.texts.all()]

    def term(self, number: int) -> str:
        """A term by its number."""
        return self.texts[number]

    def _find_span(self, prefix: str) -> tuple[int, int]:
        key = encode(prefix)
        low = self.texts.first_not_below(key)
        return low, self.texts.first_not_below(key + ABOVE, low)

    def _look_up(self, term: str) -> int:
        key = encode(term)
        number = self.texts.first_not_below(key)
        return number if number < len(self) and self.texts.raw(number) == key else -1


class PrefixDictionary(_Dictionary):
    """Terms that are the first letters of surfaces, each a range of them.

    letters: how many a prefix has at most.
    """

    def __init__(
        self, surfaces: TextDictionary, begins: Section, doc_freqs: Section, letters: int
    ) -> None:
        super().__init__(doc_freqs)
        self._surfaces = surfaces
        self._begins = begins
        self._letters = letters

    def term(self, number: int) -> str:
        """A term by its number."""
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return self._surfaces.term(self._begins.item(number % len(self)))[: self._letters]

    def _find_span(self, prefix: str) -> tuple[int, int]:
        low, high = self._surfaces.span(prefix[: self._letters])
        if len(prefix) > self._letters:
            low = high
        return self._first_from(low), self._first_from(high)

    def _first_from(self, surface: int) -> int:
        """The first prefix whose range begins at a surface or behind it."""
        return int(self._begins.array().searchsorted(np.uint32(surface)))

    def _look_up(self, term: str) -> int:
        if len(term) > self._letters:
            return -1
        number = self._first_from(self._surfaces.texts.first_not_below(encode(term)))
        return number if number < len(self) and self.term(number) == term else -1
