"""Dates in words: «өткен аптада», «соңғы 3 күнде», «2025 жылғы қыркүйекте», «29 қыркүйек».

The grammar is data: ``date_words.tsv`` puts words into classes, ``date_phrases.tsv`` lists
the rows of classes that are dates. Endings are matched by their letters, not by a stemmer:
one that stems жылдан and жылы alike cannot tell «since 2025» from «in 2025».

Months that are also words (қазан is a cauldron) are dates only beside a number, a year or
«айы», because no row of the table has a month alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kzsearch.query.readings.numerals import find_numerals, is_numeral
from kzsearch.query.readings.periods import Period, Unit, calendar_period, rolling_period
from kzsearch.query.readings.run import Atom, Run
from kzsearch.query.tables import read_rows

__all__ = ["DateReading", "read_dates"]

Bindings = Mapping[str, str]
"""What the words of a phrase say, by class: ``{"offset": "-1", "unit": "week"}``."""

_LONGEST_NUMBER = 4  # words: екі мың жиырма бес
_RANGES = {"number": (1, 999), "day": (1, 31), "year": (1900, 2099)}
_LEAP_YEARS = 8  # from one 29 February to the next at most


@dataclass(frozen=True, slots=True)
class DateReading:
    """Slots ``first`` to ``end`` of a run are a date: the days ``start <= day < stop``."""

    first: int
    end: int
    start: dt.date
    stop: dt.date

    @property
    def meant(self) -> str:
        """The days, both included: ``2026-11-09 – 2026-11-15``."""
        last = self.stop - dt.timedelta(days=1)
        return f"{self.start}" if last == self.start else f"{self.start} – {last}"


def read_dates(run: Run, today: dt.date) -> Iterator[DateReading]:
    """The dates in a run, in order; of those that overlap, the longest of the first."""
    at = 0
    while at < len(run.atoms):
        end = at + 1
        if match := _longest(run.atoms, at):
            span = run.slots_of(at, match.end)
            period = _period(match, today)
            if span and period:
                yield DateReading(*span, *period)
            end = match.end
        at = end


@dataclass(frozen=True, slots=True)
class _Match:
    """A phrase found: where it ends, the row's meaning and what its words say."""

    end: int
    meaning: str
    said: Bindings


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A row of ``date_phrases.tsv``; each part is a class and whether it may be missing."""

    parts: tuple[tuple[str, bool], ...]
    meaning: str

    def match(self, atoms: Sequence[Atom], at: int) -> _Match | None:
        """The longest way in which the phrase stands at ``at``."""
        ways = [(at, dict[str, str]())]
        for name, optional in self.parts:
            found = [
                (end, said | {name: value})
                for place, said in ways
                for end, value in _readings(name, atoms, place)
            ]
            ways = found + ways if optional else found
        best = max(ways, key=lambda way: way[0], default=None)
        return best and _Match(best[0], self.meaning, best[1])


def _longest(atoms: Sequence[Atom], at: int) -> _Match | None:
    matches = (phrase.match(atoms, at) for phrase in _phrases())
    return max(filter(None, matches), key=lambda match: match.end, default=None)


def _readings(name: str, atoms: Sequence[Atom], at: int) -> Iterator[tuple[int, str]]:
    """Where a word of a class ends that begins at ``at``, and what it says."""
    if at == len(atoms):
        return
    if name in _RANGES:
        numeral = next(find_numerals(atoms[at : at + _LONGEST_NUMBER]), None)
        least, most = _RANGES[name]
        if numeral and not numeral.first and least <= numeral.value <= most:
            end = at + numeral.end
            if numeral.value % 1 == 0 and is_numeral(atoms[end - 1]):
                yield end, str(int(numeral.value))
        return
    for kind, value in _forms().get(atoms[at].term.surface, ()):
        if kind == name:
            yield at + 1, value


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(
            tuple((part.rstrip("?"), part.endswith("?")) for part in phrase.split()),
            meaning,
        )
        for phrase, meaning, _example in read_rows("date_phrases.tsv")
    )


@cache
def _forms() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Every form of every word: its classes and values."""
    endings = [ending for ending, _example in read_rows("date_endings.tsv")]
    forms: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for word, kind, value, takes, _example in read_rows("date_words.tsv"):
        for ending in ("", *endings) if takes == "place" else ("",):
            forms[word + ending].append((kind, value))
    return forms


@cache
def _named_days() -> frozenset[tuple[int, int]]:
    return frozenset((int(month), int(day)) for month, day, _example in read_rows("named_days.tsv"))


def _period(match: _Match, today: dt.date) -> Period | None:
    """The days a phrase means; None where it means none that the calendar has."""
    try:
        return _MEANINGS[match.meaning](match.said, today)
    except (ValueError, OverflowError):
        return None


def _named(said: Bindings, today: dt.date) -> Period:
    if "year_name" in said:
        return calendar_period(Unit.YEAR, int(said["year_name"]), today)
    return calendar_period(Unit.DAY, int(said.get("day_name") or said["before_last"]), today)


def _offset(said: Bindings, today: dt.date) -> Period | None:
    unit = Unit(said["unit"])
    if unit is Unit.DAY:  # «келесі күні» is the next day of a story, not of the reader
        return None
    return calendar_period(unit, int(said["offset"]), today)


def _rolling(said: Bindings, today: dt.date) -> Period:
    return rolling_period(Unit(said["unit"]), int(said.get("number", "1")), today)


def _ago(said: Bindings, today: dt.date) -> Period:
    return calendar_period(Unit(said["unit"]), -int(said["number"]), today)


def _absolute(said: Bindings, today: dt.date) -> Period | None:
    month, day = int(said.get("month", "0")), int(said.get("day", "0"))
    if "year" in said:
        year = int(said["year"])
    elif relative := said.get("year_name") or said.get("offset"):
        year = today.year + int(relative)
    elif (month, day) in _named_days():
        return None
    else:
        year = _last_year_of(month, day or 1, today)
    start = dt.date(year, month or 1, day or 1)
    if start > today:  # no news yet, so it is what the news is about
        return None
    unit = Unit.DAY if day else Unit.MONTH if month else Unit.YEAR
    return calendar_period(unit, 0, start)


def _last_year_of(month: int, day: int, today: dt.date) -> int:
    """The year in which a day last was. Raises ValueError for a day there never is."""
    for year in range(today.year, today.year - _LEAP_YEARS - 1, -1):
        try:
            if dt.date(year, month, day) <= today:
                return year
        except ValueError:
            continue
    raise ValueError(f"{month}-{day}")


_MEANINGS: Mapping[str, Callable[[Bindings, dt.date], Period | None]] = {
    "named": _named,
    "offset": _offset,
    "rolling": _rolling,
    "ago": _ago,
    "absolute": _absolute,
    "words": lambda said, today: None,
}
