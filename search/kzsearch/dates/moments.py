"""The day or moment that the date of a document says, however sites write it.

What is left of such a date without time, zone, weekday and words like «Жарияланды:» must be a
single day, in digits or by the grammar of ``phrases.py``; a date of which any word is not
understood is no date. A day without a year, «бүгін» and «2 сағат бұрын» need the time at which
the document was fetched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from kzsearch.dates.calendar import ALMATY, ONE_DAY, single_day
from kzsearch.dates.days import PlainWords, plain_words
from kzsearch.dates.digits import parse_digits
from kzsearch.dates.phrases import Phrase, longest_phrase
from kzsearch.dates.words import FILLER, classes_on_pages
from kzsearch.text import fold, normalize_text

__all__ = ["parse_moment"]

_LONGEST = 120  # code points of a date with all that sites write around it
_SECONDS = {"minute": 60, "hour": 3600}
_HOLD_YEAR = frozenset(("year", "digits"))

_DIGITS = re.compile(
    r"(?<![\d.])(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:\d{4}|\d\d)(?!:)|\d{8})"
    r"(?![-/]?\d)(?!\.\d)"
)
_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?P<sep>[:.])(?P<minute>[0-5]\d)"
    r"(?:(?P=sep)(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?![\d:])\s*(?P<half>[ap]\.?m\b\.?)?"
)
_ZONE = re.compile(
    r"(?<![\w-])(?:(?:utc|gmt)\s*)?(?P<sign>[+-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d)"
    r"|(?<!\w)(?P<zero>utc|gmt|z)(?!\w)|(?<=\d)(?P<z>z)(?!\w)"
)
_DECIMAL = re.compile(r"\d")  # of any script: ٢٩
_T = re.compile(r"(?<=\d)t(?=\d)")


def parse_moment(text: str, fetched: dt.datetime | None = None) -> dt.date | dt.datetime | None:
    """The date that a text is; a datetime if it has a time, naive if that has no zone.

    fetched: when the document was fetched, aware; what «бүгін» and dates without a year are told
    from. None if the text is no date, says more than a date or needs ``fetched`` and has none.
    """
    if len(text) > _LONGEST:
        return None
    rest = _T.sub(" ", _DECIMAL.sub(lambda digit: str(int(digit[0])), fold(normalize_text(text))))
    digits, rest = _cut(_DIGITS, rest)
    time, rest = _cut(_TIME, rest)
    zone, rest = _cut(_ZONE, rest) if time else (None, rest)
    try:
        clock = _clock(time) if time else None
        tz = _zone(zone) if zone else None
    except ValueError:
        return None
    words = plain_words(rest)
    if digits:
        if _is_uncertain(digits[0]) or not all(map(_adds_nothing, words)):
            return None
        return _moment(single_day(parse_digits(digits[0])), clock, tz)
    phrase = _whole(words, all) or _whole(words, any)
    return _said(phrase, clock, tz, fetched) if phrase else None


def _adds_nothing(word: str) -> bool:
    """Whether a word beside a date in digits says nothing: дүйсенбі, ж."""
    return any(kind in (FILLER, "year_word") for kind, _value in classes_on_pages(word))


def _whole(words: PlainWords, how_many: Callable[[Iterable[bool]], bool]) -> Phrase | None:
    """The phrase that all words are but those of which all or any classes say nothing new.

    «сағат» is the unit of «2 сағат бұрын» and says nothing in «сағат 14:30».
    """
    kept = PlainWords()
    for word in words:
        classes = classes_on_pages(word)
        if not classes or not how_many(kind == FILLER for kind, _value in classes):
            kept.append(word)
    phrase = longest_phrase(kept, 0, classes_on_pages) if kept else None
    return phrase if phrase and phrase.end == len(kept) else None


def _said(
    phrase: Phrase, clock: dt.time | None, tz: dt.tzinfo | None, fetched: dt.datetime | None
) -> dt.date | dt.datetime | None:
    """The moment that a date in words says."""
    certain = not _HOLD_YEAR.isdisjoint(phrase.said)
    if fetched is None and not certain:
        return None
    if phrase.meaning == "ago" and (seconds := _SECONDS.get(_unit(phrase))):
        number = int(phrase.said.get("number", "1"))
        return fetched - dt.timedelta(seconds=number * seconds) if fetched else None
    now = (fetched or dt.datetime.now(ALMATY)).astimezone(tz or ALMATY).date()
    # A day without a year may be tomorrow's where the document comes from.
    latest = now if phrase.meaning != "absolute" else now + ONE_DAY
    return _moment(single_day(phrase.days(latest, past=False)), clock, tz)


def _unit(phrase: Phrase) -> str:
    return phrase.said.get("unit") or phrase.said["one_unit"]


def _cut(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """What a pattern finds in a text, and the text without it."""
    found = pattern.search(text)
    return found, f"{text[: found.start()]} {text[found.end() :]}" if found else text


def _is_uncertain(digits: str) -> bool:
    """Whether either number may be the month: 09/05/2025 is May here, but not everywhere."""
    first, *rest = re.split("[-./]", digits)
    if "/" not in digits or len(first) == 4:
        return False
    return int(first) <= 12 and int(rest[0]) <= 12 and int(first) != int(rest[0])


def _clock(match: re.Match[str]) -> dt.time:
    """The time of day; raises ValueError for 25:00 and 14:00 pm."""
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(match[0])
        hour = hour % 12 + (12 if match["half"][0] == "p" else 0)
    return dt.time(hour, int(match["minute"]), int(match["second"] or 0))


def _zone(match: re.Match[str]) -> dt.tzinfo:
    if not match["sign"]:
        return dt.UTC
    offset = dt.timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return dt.timezone(offset if match["sign"] == "+" else -offset)


def _moment(
    day: dt.date | None, clock: dt.time | None, tz: dt.tzinfo | None
) -> dt.date | dt.datetime | None:
    return day and (day if clock is None else dt.datetime.combine(day, clock, tz))
