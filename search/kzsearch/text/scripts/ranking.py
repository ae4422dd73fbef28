"""Choosing between spellings of one word with the help of a vocabulary."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from kzsearch.text.scripts.decoder import Spelling

__all__ = ["UNKNOWN", "Known", "choose", "price"]

Known = Callable[[str], float]
"""How often a folded word occurs in an index or lexicon; 0 if never."""

UNKNOWN = 40.0
"""Bits that a word unknown to the vocabulary costs: a known word nearly always goes before it."""

_TRUST_IN_FREQUENCY = 0.5
"""Of the frequency's own weight: news is not all that people write and search."""


def price(bits: float, frequency: float) -> float:
    """The price of a spelling of so many bits that occurs so often, in bits."""
    return bits - _TRUST_IN_FREQUENCY * math.log2(1.0 + frequency) if frequency else bits + UNKNOWN


def choose(spellings: Iterable[Spelling], known: Known) -> Spelling | None:
    """The best spelling in the light of a vocabulary; None if there is none to choose from."""
    return min(
        spellings,
        key=lambda spelling: (price(spelling.bits, known(spelling.text)), spelling.text),
        default=None,
    )
