"""Reads the dates that files carry, however they are written.

ISO 8601, ``29.09.2025``, RFC 2822 (feeds), unix time, and dates in words:
«2025 ж. 29 қыркүйек», «2025 жылғы 17 тамыздағы», «29 қыркүйек 2025, 14:30».
Day before month wherever both are numbers: so it is written in Kazakhstan.
A date that cannot be read for certain is an error, never a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import cache

from kzsearch.documents.tables import read_table
from kzsearch.errors import DocumentError

__all__ = ["parse_date"]

_FIRST_STAMP, _FIRST_MILLI_STAMP = 1e8, 1e11
"""Unix time below the first (March 1973) is some other number; from the second on it counts
milliseconds (in seconds it would lie in the year 5138)."""

_TIME = r"(?:,?\s+(?:сағат\s+)?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
_WEEKDAY = r"(?:,?\s+[^\W\d]+)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 29.09.2025 14:30, 29.09.25
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d\d)(?:\s*ж\.)?{_TIME}",
        # 2025/09/29, 2025.09.29
        rf"(?P<year>\d{{4}})([./])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",
        # 2025 ж. 29 қыркүйек, дүйсенбі; 2025 жылғы 17 тамыздағы
        rf"(?P<year>\d{{4}})(?:\s*ж\.|[\s-]*жыл\w*)?,?\s*(?P<day>\d{{1,2}})[\s-]*"
        rf"(?P<name>[^\W\d]+\.?){_WEEKDAY}{_TIME}",
        # 29 қыркүйек 2025 ж., 14:30; 29 сентября 2025 г.
        rf"(?P<day>\d{{1,2}})[\s-]*(?P<name>[^\W\d]+\.?),?\s*(?P<year>\d{{4}})"
        rf"(?:\s*(?:ж\.|г\.|жыл\w*|года?))?{_WEEKDAY}{_TIME}",
    )
)


def parse_date(value: object) -> dt.date | dt.datetime | None:
    """The date a field holds; None for an empty field.

    value: text in one of the forms above, or a number: unix time in seconds or
    milliseconds, or eight digits of a date (20250929).
    A time without zone comes back naive; ``Article`` takes it as Asia/Almaty.
    Raises DocumentError when it cannot be read or there is no such day.
    """
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise DocumentError(f"the date must be text or a number, not {type(value).__name__}")
    text = " ".join(value.split())
    if not text:
        return None
    for read in (_unix, _iso, _patterned, _rfc_2822):
        try:
            date = read(text)
        except (ValueError, OverflowError):  # digits in the right places, but no such day
            continue
        if date:
            return date
    raise DocumentError(f"the date {_shortened(text)!r} cannot be read: write it as 2025-09-29")


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _iso(text: str) -> dt.date | None:
    if len(text) <= len("2025-09-29"):
        return dt.date.fromisoformat(text)
    if not re.match(r"[\d-]+[T ]\d", text):  # the library takes any character between the two
        return None
    return dt.datetime.fromisoformat(re.sub(r" (?=[+-]\d\d:?\d\d$)", "", text))


def _unix(text: str) -> dt.datetime | None:
    stamp = float(text) if re.fullmatch(r"\d{9,13}(\.\d*)?", text) else 0.0
    if stamp < _FIRST_STAMP:
        return None
    seconds = stamp / 1000 if stamp >= _FIRST_MILLI_STAMP else stamp
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _patterned(text: str) -> dt.date | None:
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            return _from_match(match.groupdict())
    return None


def _from_match(parts: dict[str, str | None]) -> dt.date | None:
    month = _month(parts["name"]) if parts.get("name") else int(parts["month"] or 0)
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    if month is None:
        return None
    if year < 100:  # 29.09.25: the century is chosen as POSIX does
        year += 2000 if year < 69 else 1900
    date = dt.date(year, month, day)
    if parts["hour"] is None:
        return date
    time = dt.time(int(parts["hour"]), int(parts["minute"] or 0), int(parts["second"] or 0))
    return dt.datetime.combine(date, time)


def _month(word: str | None) -> int | None:
    """The number of the month a word names, with or without an ending."""
    word = (word or "").lower()
    for form, month in _month_forms():
        if word == form or (not form.endswith(".") and word.startswith(form)):
            return month
    return None


@cache
def _month_forms() -> tuple[tuple[str, int], ...]:
    return tuple((form, int(month)) for month, form, _example in read_table("months.tsv"))


def _rfc_2822(text: str) -> dt.datetime | None:
    date = parsedate_to_datetime(text)
    # "-0000" means UTC of a machine that does not say where it stands.
    return date.replace(tzinfo=dt.UTC) if text.endswith("-0000") else date
