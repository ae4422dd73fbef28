"""Dates in words: «өткен аптада», «соңғы 3 күнде», «2025 жылғы қыркүйекте», «29 қыркүйек».

The grammar is data: ``words.tsv`` puts words into classes, ``phrases.tsv`` lists the rows of
classes that are dates. Endings are matched by their letters, not by a stemmer: one that stems
жылдан and жылы alike cannot tell «since 2025» from «in 2025».

Months that are also words (қазан is a cauldron) are dates only beside a number, a year or
«айы», because no row of the table has a month alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from kzsearch.dates.calendar import Days, single_day
from kzsearch.dates.digits import parse_digits
from kzsearch.dates.meanings import Said, days_meant
from kzsearch.dates.words import Lookup, read_rows

__all__ = ["Phrase", "Words", "longest_phrase"]


class Words(Protocol):
    """Words in a row, as the grammar sees them."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> str:
        """A word, folded."""
        ...

    def number(self, at: int) -> tuple[int, int] | None:
        """Where the whole number without a case ending ends that begins at a word; its value."""
        ...

    def joined(self, at: int) -> bool:
        """Whether a word is written in one with the one before it, as the 9 of 2025-9 is."""
        ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the grammar found: where it ends, what it means, what its words say by class."""

    end: int
    meaning: str
    said: Said

    def days(self, today: dt.date, *, past: bool = True) -> Days | None:
        """The days it means; None where it means none that the calendar has.

        past: read it as news is searched for. A day to come has no news yet, so it is what the
            news is about, and a holiday without a year («16 желтоқсан») is searched as words.
        """
        try:
            return days_meant(self.meaning, self.said, today, past=past)
        except (ValueError, OverflowError):
            return None


def longest_phrase(words: Words, at: int, lookup: Lookup) -> Phrase | None:
    """The longest date that begins at a word; of two of one length, the first in the table."""
    matches = (row.match(words, at, lookup) for row in _rows_beginning(words, at, lookup))
    return max(filter(None, matches), key=lambda match: match.end, default=None)


_NEWS = re.compile("19[0-9]{2}|20[0-9]{2}")  # years that a number is likely to mean


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a row: the class it wants, the name it is told by, whether it may be missing."""

    kind: str
    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of ``phrases.tsv``."""

    parts: tuple[_Part, ...]
    meaning: str

    def match(self, words: Words, at: int, lookup: Lookup) -> Phrase | None:
        """The longest way in which the row stands at a word."""
        ways = [(at, dict[str, str]())]
        for part in self.parts:
            found = [
                (end, said | {part.name: value})
                for place, said in ways
                for end, value in _readings(part.kind, words, place, lookup)
            ]
            ways = found + ways if part.optional else found
            if not ways:
                return None
        end, said = max(ways, key=lambda way: way[0])
        return Phrase(end, self.meaning, said)


def _part(text: str) -> _Part:
    wanted = text.rstrip("?")
    return _Part(wanted.replace("2", ""), wanted.partition(":")[0], "?" in text)


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(tuple(map(_part, phrase.split())), meaning)
        for phrase, meaning, _example in read_rows("phrases.tsv")
    )


def _rows_beginning(words: Words, at: int, lookup: Lookup) -> Iterator[_Row]:
    """The rows whose first part stands at a word: nearly always none."""
    standing = {
        kind: any(True for _ in _readings(kind, words, at, lookup)) for kind in _first_kinds()
    }
    return (row for row in _rows() if standing[row.parts[0].kind])


@cache
def _first_kinds() -> frozenset[str]:
    return frozenset(row.parts[0].kind for row in _rows())


def _readings(kind: str, words: Words, at: int, lookup: Lookup) -> Iterator[tuple[int, str]]:
    """Where a word of a class ends that begins at a place, and what it says."""
    if at == len(words):
        return
    if number_of := _NUMBERS.get(kind):
        if found := number_of(words, at):
            yield found[0], str(found[1])
        if kind not in _IN_WORDS_TOO:
            return
    for its_kind, value in lookup(words[at]):
        if its_kind == kind:
            yield at + 1, value


def _between(least: int, most: int) -> Callable[[Words, int], tuple[int, int] | None]:
    def number_of(words: Words, at: int) -> tuple[int, int] | None:
        found = words.number(at)
        return found if found and least <= found[1] <= most else None

    return number_of


def _month_digits(words: Words, at: int) -> tuple[int, int] | None:
    if not re.fullmatch("[0-9]{1,2}", words[at]) or not 1 <= int(words[at]) <= 12:
        return None
    return (at + 1, int(words[at])) if len(words[at]) == 2 or words.joined(at) else None


def _whole_day(words: Words, at: int) -> tuple[int, str] | None:
    """A day that is one word: 29.09.2025, 20250929; not a fraction like 2025.09."""
    if len(words[at]) < len("1.1.2025"):
        return None
    day = single_day(parse_digits(words[at]))
    return (at + 1, day.isoformat()) if day and _NEWS.fullmatch(str(day.year)) else None


_IN_WORDS_TOO = frozenset(("number", "nth"))

_NUMBERS: Mapping[str, Callable[[Words, int], tuple[int, int | str] | None]] = {
    "number": _between(1, 999),
    "day": _between(1, 31),
    "nth": _between(1, 4),
    "year": _between(1900, 2100),
    "month_digits": _month_digits,
    "digits": _whole_day,
}
