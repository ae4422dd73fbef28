"""Days as people type them: ``2025``, ``2025-09``, ``2025-09-29`` and ranges of these.

Everything becomes a half-open range of local days (``start <= day < end``), the only
kind that meets its neighbour without a gap or an overlap.
"""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["Days", "parse_days", "parse_period"]

Days = tuple[dt.date | None, dt.date | None]
"""First day, and the day after the last; None leaves that side open."""

_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_RANGE = ".."


def parse_period(text: str) -> Days | None:
    """The days of a year, a month or a day; None if the text is none of these.

    Only the end of the last representable year is open: it has no day after it.
    """
    match = _PERIOD.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        start = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    try:
        if day:
            return start, start + dt.timedelta(days=1)
        if month:
            return start, dt.date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return start, dt.date(start.year + 1, 1, 1)
    except (ValueError, OverflowError):
        return start, None


def parse_days(text: str) -> Days | None:
    """A period, or ``first..last`` with both ends included and either left out; else None.

    Ends in the wrong order are put right.
    """
    if _RANGE not in text:
        return parse_period(text)
    first, _, last = text.partition(_RANGE)
    if not (first or last):
        return None
    from_period = parse_period(first) if first else (None, None)
    to_period = parse_period(last) if last else (None, None)
    if from_period is None or to_period is None:
        return None
    if from_period[0] and to_period[0] and to_period[0] < from_period[0]:
        from_period, to_period = to_period, from_period
    return from_period[0], to_period[1]
