"""A text as an array of numbers, for counting letters without a step of Python for each."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

__all__ = ["code_units", "marked"]

_UNITS = 1 << 16


def code_units(text: str) -> NDArray[np.uint16]:
    """The UTF-16 code units of a text: for each letter of the scripts read here one, its number.

    What takes two (emoji) gives two numbers, 0xD800 to 0xDFFF, that are no letter's.
    """
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")


def marked(letters: Iterable[str | range]) -> NDArray[np.bool_]:
    """For each code unit whether it is one of some letters, or in one of some ranges of numbers."""
    table = np.zeros(_UNITS, np.bool_)
    for each in letters:
        if isinstance(each, range):
            table[each.start : each.stop] = True
        else:
            table[ord(each)] = True
    return table
