"""How much a text looks like words, in bits a letter: what tells one encoding from another.

The letter model of Kazakh news prices the words, Russian ones by whether the dictionary has them.
Text read in a wrong encoding costs twice as much as the same text read rightly.
"""

from __future__ import annotations

import re

from kzsearch.morphology.russian import is_russian_word
from kzsearch.text import fold
from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts.letter_model import letter_model

__all__ = ["bits_per_letter", "word_bits"]

_MOST_WORDS = 300
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")
_LETTERS = re.compile(f"[{LETTERS}]+")
_CAPITALS = "А-ЯЁӘҒҚҢӨҰҮҺІ" + "A-Z"
_CAPITAL_INSIDE = re.compile(rf"(?<=[^\W\d_{_CAPITALS}])[{_CAPITALS}]")
_STRANGE = re.compile("[^\\w\\s\x00-\x7f«»–—“”„‘’…№°•·₸€±×§©®™\xad\xa0¬]")

_FOREIGN_BITS = 9.0
"""Of a letter that Kazakh does not have."""

_BESIDE_BITS = 6.0
"""Of a letter beside one that Kazakh does not have."""

_RUSSIAN_BITS = 2.5
"""Of a letter of a word that the Russian dictionary has."""

_ODD_BITS = 8.0
"""Of a capital inside a word, or a sign that texts do not have."""


def bits_per_letter(text: str) -> float | None:
    """The mean price of a letter of the words that are not ASCII; None if there are none.

    Looks at a bounded number of words.
    """
    words = _WORD.findall(text)[:_MOST_WORDS]
    letters = sum(map(len, words)) + len(words)
    odd = len(_STRANGE.findall(text[: 10 * _MOST_WORDS]))
    if not words:
        return None
    return (sum(map(word_bits, words)) + _ODD_BITS * odd) / letters


def word_bits(word: str) -> float:
    """The price of a word, its end included."""
    odd = 0 if word.isupper() else len(_CAPITAL_INSIDE.findall(word))
    folded = fold(word)
    if not _LETTERS.fullmatch(folded):
        foreign = len(folded) - sum(map(len, _LETTERS.findall(folded)))
        return _FOREIGN_BITS * foreign + _BESIDE_BITS * (len(folded) - foreign) + _ODD_BITS * odd
    bits = letter_model().word_price(folded)
    if bits > _RUSSIAN_BITS * (len(folded) + 1) and is_russian_word(folded):
        bits = _RUSSIAN_BITS * (len(folded) + 1)
    return bits + _ODD_BITS * odd
