"""The stage of dates: words and digits of a query that say when.

The grammar is that of all dates (``kzsearch.dates``); this module shows it the analysed words,
numbers in words among them («екі мың жиырма бесінші жылы»).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kzsearch.dates import classes_of, longest_phrase
from kzsearch.engine.nodes import DateRange
from kzsearch.query.expansion.expansion import merged
from kzsearch.query.expansion.numerals import find_numerals, is_numeral
from kzsearch.query.expansion.run import Atom, Run
from kzsearch.query.notes import NoteKind
from kzsearch.query.syntax import Row
from kzsearch.query.tokens import QueryToken, within

__all__ = ["DatePhrase", "find_dates", "read_dates"]

_LONGEST_NUMBER = 4  # words: екі мың жиырма бес
_LEADING_ZERO = re.compile("0[1-9]")


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Slots ``first`` to ``end`` of a run are a date: the days ``start <= day < stop``.

    None leaves a side open: «2025 жылдан бері», «2024 жылға дейін».
    """

    first: int
    end: int
    start: dt.date | None
    stop: dt.date | None

    @property
    def meant(self) -> str:
        """The days, both included: ``2026-11-09 – 2026-11-15``, ``2026-11-09 –``."""
        last = self.stop and self.stop - dt.timedelta(days=1)
        if self.start == last:
            return f"{self.start}"
        return f"{self.start or ''} – {last or ''}".strip()


def read_dates(run: Run, today: dt.date) -> Iterator[DatePhrase]:
    """The dates in a run, in order; of those that overlap, the longest of the first."""
    words = _Words(run.atoms)
    at = 0
    while at < len(words):
        end = at + 1
        if phrase := longest_phrase(words, at, classes_of):
            span = run.slots_of(at, phrase.end)
            days = phrase.days(today)
            if span and days:
                yield DatePhrase(*span, *days)
            end = phrase.end
        at = end


def find_dates(
    typed: str, tokens: Sequence[QueryToken], rows: Iterable[Row], today: dt.date
) -> tuple[QueryToken, ...]:
    """The tokens with each date among the plain words as one token.

    typed: the query. Words of alternatives and fields are left as they are.
    """
    found: list[QueryToken] = []
    done = 0
    for row in rows:
        if not row.is_top:
            continue
        first, end = within(tokens, *row.span)
        for date in read_dates(Run([token.slot for token in tokens[first:end]]), today):
            words = tuple(tokens[first + date.first : first + date.end])
            token = merged(typed, words, NoteKind.DATE, date.meant)
            found += tokens[done : first + date.first]
            found.append(replace(token, words=words, days=DateRange(date.start, date.stop)))
            done = first + date.end
    return (*found, *tokens[done:])


class _Words:
    """The words of a run as the grammar of dates sees them."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self._atoms = atoms

    def __len__(self) -> int:
        return len(self._atoms)

    def __getitem__(self, at: int) -> str:
        return self._atoms[at].term.surface

    def number(self, at: int) -> tuple[int, int] | None:
        """See ``kzsearch.dates.phrases.Words``."""
        if _LEADING_ZERO.fullmatch(self[at]):
            return at + 1, int(self[at])
        numeral = next(find_numerals(self._atoms[at : at + _LONGEST_NUMBER]), None)
        if numeral is None or numeral.first or numeral.value % 1:
            return None
        end = at + numeral.end
        return (end, int(numeral.value)) if is_numeral(self._atoms[end - 1]) else None

    def joined(self, at: int) -> bool:
        """Whether a word is in one slot with the one before it."""
        return at > 0 and self._atoms[at].slot == self._atoms[at - 1].slot
