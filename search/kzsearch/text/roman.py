"""Roman numerals up to 89, in capitals: those of centuries, quarters, congresses and kings."""

from __future__ import annotations

import re

__all__ = ["is_roman"]

_ROMAN = re.compile(r"(?=.)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def is_roman(word: str) -> bool:
    """Whether a word is a Roman numeral in Latin capitals."""
    return _ROMAN.fullmatch(word) is not None
