"""Calendar arithmetic: which days «last week», «the third quarter» or «three months ago» are.

Weeks begin on Monday. Every period is half-open, ``start <= day < end``: the only kind that meets
its neighbour without a gap or an overlap.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

__all__ = [
    "ALMATY",
    "ONE_DAY",
    "Days",
    "Period",
    "Unit",
    "calendar_period",
    "months_of",
    "rolling_period",
    "single_day",
    "today",
]

ALMATY = ZoneInfo("Asia/Almaty")
"""Where a day of the news begins: UTC+6 until 29 February 2024, UTC+5 since."""

Period = tuple[dt.date, dt.date]
"""First day, and the day after the last."""

Days = tuple[dt.date | None, dt.date | None]
"""The same; None leaves that side open."""


class Unit(StrEnum):
    """Units of the calendar; the values stand in ``words.tsv``."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


ONE_DAY = dt.timedelta(days=1)

_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def calendar_period(unit: Unit, offset: int, today: dt.date) -> Period:
    """The day, week, month … that lies ``offset`` of them after today's (before: negative).

    Raises OverflowError or ValueError where the calendar ends.
    """
    if unit in _DAYS:
        length = dt.timedelta(days=_DAYS[unit])
        start = today - dt.timedelta(days=today.weekday() if unit is Unit.WEEK else 0)
        start += offset * length
        return start, start + length
    months = _MONTHS[unit]
    first = (today.year * 12 + today.month - 1) // months * months + offset * months
    return _first_of_month(first), _first_of_month(first + months)


def rolling_period(unit: Unit, count: int, today: dt.date) -> Period:
    """The last ``count`` days, weeks, months … up to and including today.

    Raises OverflowError or ValueError where the calendar ends.
    """
    end = today + ONE_DAY
    if unit in _DAYS:
        return end - dt.timedelta(days=_DAYS[unit] * count), end
    month = today.year * 12 + today.month - 1 - _MONTHS[unit] * count
    last_day = (_first_of_month(month + 1) - ONE_DAY).day
    start = _first_of_month(month).replace(day=min(today.day, last_day))
    return start + ONE_DAY, end


def months_of(year: int, first: int, count: int) -> Period:
    """So many months of a year from a month on; month 0 is December of the year before.

    Raises OverflowError or ValueError where the calendar ends.
    """
    month = year * 12 + first - 1
    return _first_of_month(month), _first_of_month(month + count)


def single_day(days: Days | None) -> dt.date | None:
    """The day, if it is only one."""
    if days is None or days[0] is None or days[1] is None or days[1] - days[0] != ONE_DAY:
        return None
    return days[0]


def today() -> dt.date:
    """The day it is in Almaty."""
    return dt.datetime.now(ALMATY).date()


def _first_of_month(month: int) -> dt.date:
    """The first day of a month counted from the year 0."""
    return dt.date(month // 12, month % 12 + 1, 1)
