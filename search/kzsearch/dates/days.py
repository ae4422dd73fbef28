"""Days as people type them for a filter: ``2025``, ``29.09.2025``, ``2025-09..2025-11``, «кеше».

Digits in any usual order, day before month where both are numbers, as in Kazakhstan; otherwise
words, by the grammar that reads dates in queries (``phrases.py``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from kzsearch.dates.calendar import Days, today
from kzsearch.dates.digits import parse_digits
from kzsearch.dates.phrases import longest_phrase
from kzsearch.dates.words import classes_of
from kzsearch.text import fold, normalize_text

__all__ = ["PlainWords", "parse_days", "parse_period", "plain_words"]

_RANGE = ".."
_LONGEST = 80  # code points of a typed period; no date has as many

_WORD = re.compile(r"\d+|[^\W\d_]+")
_ORDINAL = re.compile("[ыі]?н?ш[ыі]|е|го|st|nd|rd|th")


def parse_days(text: str, now: dt.date | None = None) -> Days | None:
    """A period, or ``first..last`` with both ends included and either left out; else None.

    now: the day that «кеше» is told from, by default Almaty's today.
    Ends in the wrong order are put right.
    """
    if _RANGE not in text:
        return parse_period(text, now)
    first, _, last = text.partition(_RANGE)
    if not (first or last):
        return None
    from_period = parse_period(first, now) if first else (None, None)
    to_period = parse_period(last, now) if last else (None, None)
    if from_period is None or to_period is None:
        return None
    if from_period[0] and to_period[0] and to_period[0] < from_period[0]:
        from_period, to_period = to_period, from_period
    return from_period[0], to_period[1]


def parse_period(text: str, now: dt.date | None = None) -> Days | None:
    """The days of a year, a month, a day or a date in words; None if the text is none of these.

    Only the end of the last representable year is open: it has no day after it.
    """
    text = text[: _LONGEST + 1].strip()
    if len(text) > _LONGEST:
        return None
    return parse_digits(text) or _parse_words(text, now)


def _parse_words(text: str, now: dt.date | None) -> Days | None:
    """The days that a text is a date in words of, and of nothing else; None if it is not."""
    words = plain_words(text)
    if all(map(str.isdigit, words)):  # «2025-09..» is a slip, not a date in words
        return None
    phrase = longest_phrase(words, 0, classes_of)
    if phrase is None or phrase.end < len(words):
        return None
    return phrase.days(now or today(), past=False)


class PlainWords(list[str]):
    """Words of a text that is not analysed; numbers are digits."""

    def number(self, at: int) -> tuple[int, int] | None:
        """Where a number ends and its value; see ``phrases.Words``."""
        word = self[at]
        return (at + 1, int(word)) if word.isascii() and word.isdigit() else None

    def joined(self, at: int) -> bool:
        """Whether a word is written in one with the one before it: not told here."""
        return False


def plain_words(text: str) -> PlainWords:
    """The words of a text, folded, without punctuation and endings of ordinals."""
    words: Sequence[str] = _WORD.findall(fold(normalize_text(text)))
    kept = PlainWords()
    for word in words:
        if not (kept and kept[-1].isdigit() and _ORDINAL.fullmatch(word)):
            kept.append(word)
    return kept
