"""Roman numerals up to 89, in capitals: those of centuries, quarters, congresses and kings."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["is_roman", "roman_value"]

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN = re.compile(r"(?=.)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def is_roman(word: str) -> bool:
    """Whether a word is a Roman numeral in Latin capitals."""
    return _ROMAN.fullmatch(word) is not None


def roman_value(numeral: str) -> int:
    """The number that a Roman numeral in Latin capitals stands for."""
    values = [_VALUES[letter] for letter in numeral]
    smaller = sum(value for value, after in pairwise(values) if value < after)
    return sum(values) - 2 * smaller
