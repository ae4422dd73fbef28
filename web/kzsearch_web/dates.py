"""Dates as an address says them, and as a reader of each language writes them.

Days are Almaty's. Babel's CLDR data has the Kazakh forms that newspapers use:
«2025 ж. 29 қыркүйек».
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    parse_pattern,
)
from flask import Flask
from flask_babel import get_locale

from kzsearch.documents import ALMATY
from kzsearch.results import Note
from kzsearch_web.languages import gettext

__all__ = [
    "days_of",
    "format_age",
    "format_day",
    "format_meaning",
    "format_month",
    "format_period",
    "init_dates",
    "is_period",
]

_SHORT_DAYS = "yMMMd"
"""CLDR's name of intervals of days."""


_UNITS = (("year", 365), ("month", 30), ("week", 7), ("day", 1))
_MONTHS = 11
"""Units that an age is told in and their days; a twelfth month of thirty days ends no year."""


def init_dates(app: Flask) -> None:
    """Teach templates to write dates."""
    app.add_template_filter(format_day, "day")
    app.add_template_filter(format_age, "age")
    app.add_template_filter(lambda date: _local(date).isoformat(), "iso")
    app.add_template_filter(format_meaning, "meaning")
    app.jinja_env.globals["period"] = format_period


def is_period(text: str) -> bool:
    """Whether it is a year, month or day that there is, as addresses have it."""
    try:
        days_of(text)
    except ValueError:
        return False
    return True


def days_of(period: str) -> tuple[dt.date, dt.date]:
    """First and last day of a year, month or day: 2025, 2025-09, 2025-09-29.

    Raises ValueError for anything else, 2025-02-30 included.
    """
    if not (match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", period, re.ASCII)):
        raise ValueError(period)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    first = dt.date(year, month or 1, day or 1)
    end = month or 12
    return first, dt.date(year, end, day or calendar.monthrange(year, end)[1])


def format_day(date: dt.date | dt.datetime, *, time: bool = False) -> str:
    """A date for people: «2025 ж. 29 қыркүйек».

    time: add the time of day, where ``date`` has one.
    """
    local = _local(date)
    day = format_date(local, "long", locale=get_locale())
    if time and isinstance(local, dt.datetime):
        return f"{day}, {format_time(local, 'short', locale=get_locale())}"
    return day


def format_age(date: dt.date | dt.datetime) -> str:
    """How long ago a day was, in words: «бүгін», «3 апта бұрын»; '' of one to come.

    Weeks, months and years that are over are counted, none that is only begun.
    """
    day = _local(date)
    if isinstance(day, dt.datetime):
        day = day.date()
    age = dt.datetime.now(ALMATY).date() - day
    if age.days < 0:
        return ""
    if age.days < 2:
        return gettext("yesterday") if age.days else gettext("today")
    unit, length = next(each for each in _UNITS if age.days >= each[1])
    whole = min(age.days // length, _MONTHS) if unit == "month" else age.days // length
    return format_timedelta(
        dt.timedelta(days=-whole * length),
        granularity="day",
        threshold=1,
        add_direction=True,
        locale=get_locale(),
    )


def format_month(month: str) -> str:
    """A month such as ``2025-09`` for people: «2025 ж. қыркүйек»."""
    return format_skeleton("yMMMM", days_of(month)[0], locale=get_locale())


def format_period(first: str, last: str) -> str:
    """A period for people, from and to years, months or days; '' leaves a side open.

    A year and month that both ends share are said once: «2026 жылғы 16–22 қараша». It has dashes
    where other languages have words, because Kazakh inflects the date itself:
    «қыркүйектен», «қыркүйекке дейін».
    """
    if first == last and len(first) == len("2025-09"):
        return format_month(first)
    if first == last and len(first) == len("2025"):
        return first
    start = days_of(first)[0] if first else None
    end = days_of(last)[1] if last else None
    if start and end and start != end:
        return _format_days(start, end)
    days = [format_day(day) if day else "" for day in dict.fromkeys((start, end))]
    return " – ".join(days).strip()


def _format_days(start: dt.date, end: dt.date) -> str:
    """From day to day, by CLDR's pattern for the greatest unit in which they differ."""
    locale = get_locale()
    differ = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    patterns = locale.interval_formats[_SHORT_DAYS][differ]
    return "".join(
        parse_pattern(_in_full(pattern)).apply(day, locale)
        for pattern, day in zip(patterns, (start, end), strict=True)
    )


def _in_full(pattern: str) -> str:
    """A pattern with whole names of months: CLDR has the short ones only.

    In Kazakh the year goes before its days as an attribute: «2026 жылғы», not «2026 ж.».
    """
    return pattern.replace("MMM", "MMMM").replace("\u202fж.", " жылғы")


def format_meaning(note: Note) -> str:
    """What a part of a query was read as; of a date, its days."""
    if note.kind != "date":
        return note.meant
    first, dash, last = (part.strip() for part in note.meant.partition("–"))
    if not dash:
        last = first
    for length in (len("2025"), len("2025-09")):
        period = first[:length]
        if first and (first, last) == tuple(day.isoformat() for day in days_of(period)):
            return format_period(period, period)
    return format_period(first, last)


def _local(date: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return date.astimezone(ALMATY) if isinstance(date, dt.datetime) else date
