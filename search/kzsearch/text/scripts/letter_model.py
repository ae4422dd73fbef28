"""How likely a word looks Kazakh, letter after letter.

A model of letter sequences (n-grams with back-off weights, as in ARPA files) learned by
``training/letter_model.py`` from openly licensed text. It knows vowel harmony, endings
and the letters of frequent words, and so decides between readings of ambiguous letters without
a dictionary: قازاقستان is қазақстан, not қәзәқстән.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kzsearch.text.scripts.tables import rows

__all__ = ["BEGIN", "END", "LetterModel", "letter_model"]

BEGIN, END = "^", "$"
"""Marks of a word's borders in the model."""

STEPS_PER_BIT = 5
FIRST_STEP = 33  # "!", the first of the characters that prices are written in
_UNKNOWN = 20.0
"""Price in bits of a letter the model has never seen anywhere."""

_MOST_REMEMBERED = 400_000


class LetterModel:
    """Prices of letters after other letters, in bits: the lower, the likelier."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        """Take for each context the price of backing off from it and of the letters after it."""
        self._rows = rows
        self._order = max(map(len, rows), default=0) + 1
        self._memory: dict[str, float] = {}

    @property
    def context(self) -> int:
        """How many letters before a letter are looked at."""
        return self._order - 1

    def price(self, sequence: str) -> float:
        """Bits that the last letter of a sequence costs after the letters before it."""
        sequence = sequence[-self._order :]
        known = self._memory.get(sequence)
        if known is None:
            if len(self._memory) >= _MOST_REMEMBERED:
                self._memory.clear()
            known = self._memory[sequence] = self._back_off(sequence)
        return known

    def word_price(self, word: str) -> float:
        """Bits that a folded Cyrillic word costs, its end included."""
        framed = f"{BEGIN}{word}{END}"
        return sum(self.price(framed[: end + 1][-self._order :]) for end in range(1, len(framed)))

    def _back_off(self, sequence: str) -> float:
        spent = 0.0
        for start in range(len(sequence)):
            row = self._rows.get(sequence[start:-1])
            if row is None:
                continue
            backoff, letters, costs = row
            place = letters.find(sequence[-1])
            if place >= 0:
                return spent + (ord(costs[place]) - FIRST_STEP) / STEPS_PER_BIT
            spent += int(backoff) / STEPS_PER_BIT
        return spent + _UNKNOWN


Row = tuple[str, str, str]
"""Steps of backing off, the letters that may follow, and for each a character for its steps."""


@cache
def letter_model() -> LetterModel:
    """The model that comes with kzsearch."""
    return LetterModel(
        {
            context: (backoff, letters, costs)
            for context, backoff, letters, costs in rows("letter_model.tsv.gz")
        }
    )
