"""Digits and bars in place of letters: ``к1тап``, ``жо6асы`` and ``б|рл|к`` of scanned pages,
``те0із`` and ``халы0`` of keyboards and fonts without the Kazakh letters.

Such a word is read so only where the letter model finds it likelier than what else it may be, a
number written together with a word (``6айлық``) above all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from kzsearch.text.data_files import rows
from kzsearch.text.folding import fold

__all__ = ["BARRED", "meant_by_digits", "without_bars", "word_price"]

_SMALL = "а-яёәғқңөұүһі"
BARRED = re.compile(rf"(?<![\w|])[А-ЯЁӘҒҚҢӨҰҮҺІ]?[{_SMALL}]*(?:\|[{_SMALL}]+)+(?![\w|])")
"""A word with bars inside, or with one before it."""

_WITH_DIGITS = re.compile("[0-9]?[а-яёәғқңөұүһі]+(?:[0-9][а-яёәғқңөұүһі]*){0,3}")
_LETTERS = re.compile(f"[{_SMALL}]+")
_SHORTEST, _LONGEST = 4, 40  # letters of such a word

_PLAUSIBLE = 3.4
"""Bits a letter up to which what may be meant looks like a word."""

_CLEARLY = 2.0
"""Bits by which what may be meant must be likelier than what stands there."""


def without_bars(match: re.Match[str]) -> str:
    """What ``BARRED`` found, with і for its bars if that is likelier than words side by side."""
    barred = match[0]
    meant = barred.replace("|", "і")
    if len(meant) > _LONGEST:
        return barred
    parts = sum(map(word_price, filter(None, barred.split("|"))))
    price = word_price(meant)
    return meant if price + _CLEARLY < parts and _is_plausible(meant, price) else barred


@lru_cache(maxsize=1 << 12)
def meant_by_digits(word: str) -> str | None:
    """The word in small letters that a word with digits in it was meant to be; None if none."""
    word = fold(word)
    if not _SHORTEST <= len(word) <= _LONGEST or not _WITH_DIGITS.fullmatch(word):
        return None
    stands = sum(map(word_price, _LETTERS.findall(word)))
    choices = [_letters_of().get(character, character) for character in word]
    price, meant = min(
        (word_price(spelling), spelling) for spelling in map("".join, product(*choices))
    )
    return meant if price + _CLEARLY < stands and _is_plausible(meant, price) else None


def word_price(word: str) -> float:
    """Bits that a word costs as it may be written."""
    from kzsearch.text.scripts.letter_model import letter_model  # 0.2 s, and seldom needed

    return letter_model().word_price(fold(word))


def _is_plausible(word: str, price: float) -> bool:
    return price <= _PLAUSIBLE * (len(word) + 1)


@cache
def _letters_of() -> dict[str, str]:
    """The letters that each digit may stand for."""
    return {digit: letters for digit, letters, *_ in rows("digits")}
