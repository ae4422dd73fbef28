"""What a row of the grammar of dates means: from what its words say to days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache

from kzsearch.dates.calendar import (
    ONE_DAY,
    Days,
    Period,
    Unit,
    calendar_period,
    months_of,
    rolling_period,
)
from kzsearch.dates.words import read_rows

__all__ = ["Said", "days_meant"]

Said = Mapping[str, str]
"""What the words of a phrase say, by class: ``{"offset": "-1", "unit": "week"}``."""

_LEAP_YEARS = 8  # from one 29 February to the next at most
_MONTHS = {"quarter": 3, "half": 6, "half_year": 6}
_YEARS = ("year", "year_name", "offset")


def days_meant(meaning: str, said: Said, today: dt.date, *, past: bool) -> Days | None:
    """The days that a phrase of such a meaning says; None for none.

    past: take no period that begins after today, and no holiday without a year.
    Raises ValueError or OverflowError for days that the calendar does not have.
    """
    if meaning in _BOUNDS:
        period = _simple(said, today)
        return _BOUNDS[meaning](*period) if period and period[0] <= today else None
    read = _PERIODS.get(meaning)
    days = read(said, today) if read else None
    if days and past and (_is_named_day(said) or (days[0] > today and meaning != "offset")):
        return None
    return days


_BOUNDS: Mapping[str, Callable[[dt.date, dt.date], Days]] = {
    "since": lambda start, end: (start, None),
    "after": lambda start, end: (end, None),
    "until": lambda start, end: (None, start),
}


def _simple(said: Said, today: dt.date) -> Period | None:
    """A period told by a year and its parts, a name or a unit."""
    if "unit" in said:
        return _offset(said, today)
    if "day_name" in said or ("year_name" in said and not _month(said)):
        return _named(said, today)
    return _absolute(said, today)


def _named(said: Said, today: dt.date) -> Period:
    if "year_name" in said:
        return calendar_period(Unit.YEAR, int(said["year_name"]), today)
    return calendar_period(Unit.DAY, int(said.get("day_name") or said["before_last"]), today)


def _offset(said: Said, today: dt.date) -> Period | None:
    unit = Unit(said["unit"])
    if unit is Unit.DAY:  # «келесі күні» is the next day of a story, not of the reader
        return None
    return calendar_period(unit, int(said["offset"]), today)


def _rolling(said: Said, today: dt.date) -> Period:
    return rolling_period(Unit(said["unit"]), int(said.get("number", "1")), today)


def _ago(said: Said, today: dt.date) -> Period:
    unit = said.get("unit") or said["one_unit"]
    return calendar_period(Unit(unit), -int(said.get("number", "1")), today)


def _digits(said: Said, today: dt.date) -> Period:
    return calendar_period(Unit.DAY, 0, dt.date.fromisoformat(said["digits"]))


def _season(said: Said, today: dt.date) -> Period | None:
    """The season that was before, is now or comes; past ones must be over."""
    offset = int(said["offset"])
    seasons = [_part_of_year(said, today.year + years) for years in (-1, 0, 1, 2)]
    past = [season for season in seasons if season[1 if offset < 0 else 0] <= today]
    return past[-1] if offset <= 0 else seasons[len(past)]


def _absolute(said: Said, today: dt.date) -> Period | None:
    month, day = _month(said), int(said.get("day", "0"))
    if (year := _year(said, today)) is None:
        if not (month or day):
            return _last_part(said, today)
        year = _last_year_of(month, day or 1, today)
    if "season" in said or "nth" in said:
        return _part_of_year(said, year)
    start = dt.date(year, month or 1, day or 1)
    unit = Unit.DAY if day else Unit.MONTH if month else Unit.YEAR
    return calendar_period(unit, 0, start)


def _span(said: Said, today: dt.date) -> Period | None:
    """From the first of two days, months or years to the second, the year told once or twice."""
    if "digits" in said:
        days = sorted(dt.date.fromisoformat(said[key]) for key in ("digits", "digits2"))
        return days[0], days[1] + ONE_DAY
    second = {key.removesuffix("2"): value for key, value in said.items() if key.endswith("2")}
    first = {key: value for key, value in said.items() if not key.endswith("2")}
    end = _absolute({**first, **second}, today)
    if end is None:
        return None
    if _year(said, today) is None:
        first["year"] = str(end[0].year)
    start = _absolute(first, today)
    if start and start[0] > end[0] and "month2" in said:  # «желтоқсан-қаңтар»: over New Year
        if _year(said, today) is None:
            start = _absolute({**first, "year": str(end[0].year - 1)}, today)
        else:
            end = _absolute({**first, **second, "year": str(start[0].year + 1)}, today)
    if start is None or end is None or start[0] >= end[1]:
        return None
    return start[0], end[1]


def _year(said: Said, today: dt.date) -> int | None:
    told = next((name for name in _YEARS if name in said), None)
    if told is None:
        return None
    return int(said[told]) + (0 if told == "year" else today.year)


def _month(said: Said) -> int:
    return int(said.get("month") or said.get("month_digits") or "0")


def _part_of_year(said: Said, year: int) -> Period:
    """A quarter, a half or a season; the winter of a year began in the year before."""
    if "season" in said:
        return months_of(year, 3 * int(said["season"]), 3)
    length = next(months for kind, months in _MONTHS.items() if kind in said)
    nth = int(said["nth"])
    if nth * length > 12:
        raise ValueError(f"half {nth} of a year")
    return months_of(year, (nth - 1) * length + 1, length)


def _last_part(said: Said, today: dt.date) -> Period:
    """The nearest past part of a year, or the one that is now."""
    this = _part_of_year(said, today.year)
    return this if this[0] <= today else _part_of_year(said, today.year - 1)


def _last_year_of(month: int, day: int, today: dt.date) -> int:
    """The year in which a day last was. Raises ValueError for a day there never is."""
    for year in range(today.year, today.year - _LEAP_YEARS - 1, -1):
        try:
            if dt.date(year, month, day) <= today:
                return year
        except ValueError:
            continue
    raise ValueError(f"{month}-{day}")


def _is_named_day(said: Said) -> bool:
    """Whether it is a day without a year that is better known as a name: «16 желтоқсан»."""
    day = _month(said), int(said.get("day", "0"))
    return day in _named_days() and not any(name in said for name in _YEARS)


@cache
def _named_days() -> frozenset[tuple[int, int]]:
    return frozenset((int(month), int(day)) for month, day, _example in read_rows("named_days.tsv"))


_PERIODS: Mapping[str, Callable[[Said, dt.date], Period | None]] = {
    "named": _named,
    "offset": _offset,
    "rolling": _rolling,
    "ago": _ago,
    "digits": _digits,
    "season": _season,
    "absolute": _absolute,
    "span": _span,
}
