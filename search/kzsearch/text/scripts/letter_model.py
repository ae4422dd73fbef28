"""How likely a word looks Kazakh, letter after letter.

A model of letter sequences (n-grams with back-off weights, as in ARPA files) learned by
``training/letter_model.py`` from openly licensed text. It knows vowel harmony, endings
and the letters of frequent words, and so decides between readings of ambiguous letters without
a dictionary: قازاقستان is қазақстан, not қәзәқстән.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from kzsearch.text.data_files import table_lines

__all__ = ["BEGIN", "END", "LONGEST_CONTEXT", "LetterModel", "letter_model"]

BEGIN, END = "^", "$"
"""Marks of a word's borders in the model."""

LONGEST_CONTEXT = 5
"""Letters of the longest context of a model."""

STEPS_PER_BIT = 5
FIRST_STEP = 33  # "!", the first of the characters that prices are written in
_UNKNOWN = 20.0
"""Price in bits of a letter the model has never seen anywhere."""

_MOST_REMEMBERED = 400_000


class LetterModel:
    """Prices of letters after other letters, in bits: the lower, the likelier."""

    def __init__(self, rows: Sequence[str]) -> None:
        """Take the rows of the model's file, sorted by context.

        A row is split when it is first needed: a query needs a few hundred of fifty thousand.
        """
        self._rows = rows
        self._order = LONGEST_CONTEXT + 1
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
            context = sequence[start:-1] + "\t"
            at = bisect_left(self._rows, context)
            if at == len(self._rows) or not self._rows[at].startswith(context):
                continue
            _, backoff, letters, costs = self._rows[at].split("\t")
            place = letters.find(sequence[-1])
            if place >= 0:
                return spent + (ord(costs[place]) - FIRST_STEP) / STEPS_PER_BIT
            spent += int(backoff) / STEPS_PER_BIT
        return spent + _UNKNOWN


@cache
def letter_model() -> LetterModel:
    """The model that comes with kzsearch."""
    return LetterModel(table_lines("kzsearch.text.scripts", "letter_model.tsv.gz"))
