"""Reads the dates that records carry, whatever a program or a site made of them.

Numbers (unix time, eight digits), ISO 8601, RFC 2822 (feeds), dates as sites write them in
Kazakh, Russian and English (``kzsearch.dates``), and what data sets wrap a date in. A date that
cannot be read for certain is an error, never a guess.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime

from kzsearch.dates import parse_moment
from kzsearch.documents.article import refuse_other_years
from kzsearch.errors import DocumentError

__all__ = ["parse_date"]

_FIRST_STAMP = 1e8
"""Unix time below this (March 1973) is some other number."""

_UNITS = ((1e11, 1), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
"""Below which number unix time counts what part of a second: in seconds 1e11 lies in the year
5138, so from there on it counts milliseconds, then micro- and nanoseconds."""

_STAMP = re.compile(r"\d{9,19}(\.\d*)?", re.ASCII)
_WRAPPED_STAMP = re.compile(r"/?Date\((-?\d+)(?:[+-]\d{4})?\)/?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d(?::?\d\d)?)?")
_BASIC_ISO = re.compile(r"((?:19|20)\d{6})T?(\d{4}(?:\d\d)?)(Z?)", re.ASCII)
_RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d?:\d\d(?::\d\d)? "
    r"(?:[+-]\d{4}|[A-Z]{1,4})"
)
_EMPTY = frozenset(
    (
        *("", "-", "--", "–", "—", r"\n", "nan", "nat", "na", "n/a", "none", "null", "nil"),
        *("undefined", "invalid date", "unknown", "белгісіз", "жоқ", "неизвестно", "нет"),
    )
)
_ZERO = re.compile(r"0000-00-00(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?|00\.00\.0000")
_WRAPPERS = ("$date", "$numberLong", "date", "value", "@value", "iso", "datetime", "timestamp")
_DEEPEST = 4


def parse_date(value: object, *, fetched: dt.datetime | None = None) -> dt.date | None:
    """The date a field holds, maybe with a time; None for an empty field.

    value: text, a number (unix time in any unit, or 20250929), a date, numbers of a date
    (``[2025, 9, 29, 14, 30]``), or an object or list of one around any of these
    (``{"$date": …}``). ``nan``, ``NULL``, ``0000-00-00`` and the like are empty.
    fetched: when the document was fetched, aware: «бүгін, 14:30», «2 сағат бұрын» and
    «29 қыркүйек, 14:30» are told from it. Without it they are errors.
    A time without zone comes back naive; ``Article`` takes it as Asia/Almaty.
    Raises DocumentError when it cannot be read, there is no such day, or the year is none of
    the press (1800 to 2200).
    """
    date = _read(value, fetched, 0)
    if date is not None:
        refuse_other_years(date)
    return date


def _read(value: object, fetched: dt.datetime | None, depth: int) -> dt.date | None:
    match value:
        case None | [] | "":
            return None
        case Mapping() if not value:
            return None
        case dt.date():
            return value
        case str():
            return _read_text(" ".join(value.split()), fetched)
        case bool():
            pass
        case float() if math.isnan(value):  # as pandas writes an empty field
            return None
        case int() | float():
            return _read_text(f"{value:.0f}" if math.isfinite(value) else str(value), fetched)
        case Mapping() if depth < _DEEPEST:
            inner = next((value[key] for key in _WRAPPERS if key in value), value)
            if inner is not value:
                return _read(inner, fetched, depth + 1)
        case [inner] if depth < _DEEPEST:
            return _read(inner, fetched, depth + 1)
        case [int(), int(), int(), *_] if not isinstance(value, bytes | bytearray):
            return _from_numbers([number for number in value if isinstance(number, int)])
    raise DocumentError(f"the date must be text or a number, not {type(value).__name__}")


def _from_numbers(numbers: Sequence[int]) -> dt.date:
    """The date of its numbers in order, as ``time.struct_time`` and JavaScript libraries give."""
    try:
        day = dt.date(*numbers[:3])
        if len(numbers) < 5:
            return day
        hour, minute, second = (*numbers[3:6], 0)[:3]
        return dt.datetime.combine(day, dt.time(hour, minute, second))
    except (ValueError, OverflowError):
        raise DocumentError("the date given as numbers is no day of the calendar") from None


def _read_text(text: str, fetched: dt.datetime | None) -> dt.date | None:
    if text.lower() in _EMPTY or _ZERO.fullmatch(text):
        return None
    for read in (_iso, _unix, _rfc_2822):
        try:
            date = read(text)
        except (ValueError, OverflowError):  # digits in the right places, but no such day
            continue
        if date:
            return date
    date = parse_moment(text, fetched)
    if date is None:
        raise DocumentError(f"the date {_shortened(text)!r} cannot be read: write it as 2025-09-29")
    return date


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _iso(text: str) -> dt.date | None:
    if _DAY.fullmatch(text):
        return dt.date.fromisoformat(text)
    if match := _ISO.fullmatch(text):  # the library wants the zone without a space before it
        return dt.datetime.fromisoformat(f"{match[1]}{match[2] or ''}")
    if match := _BASIC_ISO.fullmatch(text):  # 20250929143000
        return dt.datetime.fromisoformat("".join((match[1], "T", match[2], match[3])))
    return None


def _unix(text: str) -> dt.datetime | None:
    if match := _WRAPPED_STAMP.fullmatch(text):  # of .NET, in milliseconds
        return dt.datetime.fromtimestamp(int(match[1]) / 1000, dt.UTC)
    stamp = float(text) if _STAMP.fullmatch(text) else 0.0
    if stamp < _FIRST_STAMP:
        return None
    parts = next(parts for limit, parts in _UNITS if stamp < limit)
    return dt.datetime.fromtimestamp(stamp / parts, dt.UTC)


def _rfc_2822(text: str) -> dt.datetime | None:
    if not _RFC_2822.fullmatch(text):  # the library reads much else, and not always rightly
        return None
    date = parsedate_to_datetime(text)
    # "-0000" means UTC of a machine that does not say where it stands.
    return date.replace(tzinfo=dt.UTC) if text.endswith("-0000") else date
