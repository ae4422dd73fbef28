"""Dates in digits: ``2025``, ``2025-09-29``, ``29.09.2025``, ``29/9/2025``, ``20250929``.

Day before month wherever both are numbers: so it is written in Kazakhstan.
"""

from __future__ import annotations

import datetime as dt
import re

from kzsearch.dates.calendar import Days, Unit, calendar_period

__all__ = ["parse_digits"]

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?:(?P<sep>[-./])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2}))?)?",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?:(?P<day>\d{1,2})(?P<sep>[-./]))?(?P<month>\d{1,2})(?(sep)(?P=sep)|[./])(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<short>\d\d)",
    )
)


def parse_digits(text: str) -> Days | None:
    """The days of a year, month or day written in digits; None if it is none or there is none."""
    for form in _FORMS:
        if match := form.fullmatch(text):
            parts = {name: int(part) for name, part in match.groupdict().items() if _is_digit(part)}
            return _days_of(**parts)
    return None


def _is_digit(part: str | None) -> bool:
    return part is not None and part.isdigit()


def _days_of(
    year: int | None = None, month: int | None = None, day: int | None = None, short: int = 0
) -> Days | None:
    if year is None:  # 29.09.25: the century is chosen as POSIX does
        year = short + (2000 if short < 69 else 1900)
    unit = Unit.YEAR if month is None else Unit.MONTH if day is None else Unit.DAY
    try:
        start = dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    try:
        return calendar_period(unit, 0, start)
    except (ValueError, OverflowError):
        return start, None
