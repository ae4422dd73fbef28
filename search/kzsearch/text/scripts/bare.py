"""Kazakh typed on a Russian keyboard, without the nine letters that Russian does not have.

``Казакстан укимети жана шешим кабылдады`` is found by the right spelling, and by its own. Whether a
text is such is told from all of it: Russian has no such letters either.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from kzsearch.text.alphabet import KAZAKH_ONLY, LETTERS
from kzsearch.text.code_units import code_units, marked
from kzsearch.text.folding import fold
from kzsearch.text.language_model import russian_log_odds
from kzsearch.text.scripts.alphabets import typed_letters
from kzsearch.text.scripts.decoder import decode
from kzsearch.text.scripts.letter_model import letter_model

__all__ = ["is_bare_kazakh", "restored"]

_LONGEST_SAMPLE = 5_000
_MOST_WORDS = 60
_WORD = re.compile(f"[{LETTERS}]{{3,}}", re.IGNORECASE)
_FEWEST_WORDS = 3
_FEW = 0.01
"""Of all characters, the share of Kazakh letters below which a text may have been typed without
them: names are pasted."""

_LIMIT = 3.0
"""Bits a letter of such a text with the letters put back."""

_CLEARLY_KAZAKH = -0.25
"""Mean log odds for Russian of a word: above it, a text is left as it is."""

_WIDTH = 8
_NEAR = 2.0
"""Bits by which a word may be likelier as typed than with Kazakh letters, and have been both."""


def is_bare_kazakh(text: str) -> bool:
    """Whether a Cyrillic text is Kazakh without its letters. Looks at a bounded part of it."""
    sample = text[:_LONGEST_SAMPLE]
    if np.count_nonzero(_kazakh_only()[code_units(sample)]) > _FEW * len(sample):
        return False
    sample = fold(sample)
    words = list(dict.fromkeys(_WORD.findall(sample)))
    words = words[:: len(words) // _MOST_WORDS + 1]
    if len(words) < _FEWEST_WORDS:
        return False
    odds = sum(max(-2.0, min(2.0, russian_log_odds(word))) for word in words) / len(words)
    if odds > _CLEARLY_KAZAKH:
        return False
    letters = sum(len(word) + 1 for word in words)
    return sum(map(_bits, words)) / letters <= _LIMIT


@cache
def _kazakh_only() -> NDArray[np.bool_]:
    return marked([*KAZAKH_ONLY, *map(str.upper, KAZAKH_ONLY)])


@lru_cache(maxsize=1 << 15)
def restored(word: str) -> str | None:
    """The word that a folded word without Kazakh letters was meant to be, if it may be another."""
    if len(word) < 2 or not KAZAKH_ONLY.isdisjoint(word):
        return None
    spellings = decode(word, typed_letters(), _WIDTH)
    best = next((spelling for spelling in spellings if spelling.text != word), None)
    if best is None or best.bits > letter_model().word_price(word) + _NEAR:
        return None
    return best.text


def _bits(word: str) -> float:
    spellings = decode(word, typed_letters(), _WIDTH)
    return spellings[0].bits if spellings else 8.0 * len(word)
