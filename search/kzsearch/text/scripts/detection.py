"""Which script a text is in, and whether Latin or Arabic text is Kazakh at all.

Decided per text, from its letters as they stand: ``ı i y u w`` mean other letters in each Latin
alphabet, and folding would lose which. The script with the most letters wins. A Latin text is read
in every Kazakh alphabet, an Arabic one in the Kazakh one, and the reading whose words look most
Kazakh to the letter model is taken. English, Turkish, Persian or Uyghur read as if it were Kazakh
does not look it: it comes out above the limit in bits, and is OTHER.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kzsearch.text.code_units import code_units
from kzsearch.text.normalizer import Normalized, normalize
from kzsearch.text.scripts.alphabets import alphabet_of
from kzsearch.text.scripts.conversion import likeliest, script_words
from kzsearch.text.scripts.script import (
    ARABIC_LETTER,
    CYRILLIC_LETTER,
    LATIN_ALPHABETS,
    LATIN_LETTER,
    Script,
)

__all__ = ["Detection", "LetterFamily", "detect_script", "letter_family"]

_LONGEST_SAMPLE = 5_000
"""Code points of a text that are looked at."""

_MOST_WORDS = 50
_FIRST_WORDS = 12
"""Words that are looked at: first a few in every alphabet, then more in the likely ones."""

_FAR_BEHIND = 1.0
"""Bits a letter behind the best after the first words from which an alphabet is given up."""

_LIMIT = 3.6
"""Bits a letter: Kazakh articles take 1.6 to 3.1, Uzbek and Tatar, the nearest others, over 4.2."""

_FOREIGN_LETTER = 8.0
"""Bits for each letter of a word that the alphabet cannot spell."""

_CERTAIN = 60
"""Letters that it takes to be certain, at half a bit from the limit."""


class LetterFamily(StrEnum):
    """Letters a text may be written in, whatever its language and alphabet."""

    CYRILLIC = "cyrillic"
    LATIN = "latin"
    ARABIC = "arabic"


_LETTERS = (CYRILLIC_LETTER, LATIN_LETTER, ARABIC_LETTER)
"""Patterns for a letter of each family, in their order."""

_LAST_LETTER = 0x6FF


@dataclass(frozen=True, slots=True)
class Detection:
    """A script and how certain it is, from 0 (no letters at all) to 1."""

    script: Script
    confidence: float


def detect_script(text: str) -> Detection:
    """The script of a text; OTHER if it is neither Cyrillic nor Kazakh.

    Cyrillic text of any language is CYRILLIC. A few words can be told, a single one hardly:
    for a query, try its ``readings`` instead. Looks at a bounded part of the text.
    """
    sample = text[:_LONGEST_SAMPLE]
    counts = _letters(sample)
    letters = sum(counts.values())
    if not letters:
        return Detection(Script.OTHER, 0.0)
    family = max(counts, key=lambda name: counts[name])
    if family is LetterFamily.CYRILLIC:
        return Detection(Script.CYRILLIC, counts[family] / letters)
    normal = normalize(sample)
    candidates: Sequence[Script] = [Script.ARABIC]
    if family is LetterFamily.LATIN:
        first = _strangeness(normal, LATIN_ALPHABETS, _FIRST_WORDS)
        least = min(bits for bits, _, _ in first)
        candidates = [script for bits, _, script in first if bits < least + _FAR_BEHIND]
    measured = _strangeness(normal, candidates, _MOST_WORDS)
    bits, count, script = min(measured, key=lambda found: found[0])
    certainty = min(1.0, count / _CERTAIN * abs(bits - _LIMIT) / 0.5)
    return Detection(script if bits < _LIMIT else Script.OTHER, round(certainty, 2))


def letter_family(text: str) -> LetterFamily | None:
    """The family of most letters of a text, of which a bounded part is looked at; None of none."""
    counts = _letters(text[:_LONGEST_SAMPLE])
    return max(counts, key=lambda family: counts[family]) if any(counts.values()) else None


def _letters(text: str) -> dict[LetterFamily, int]:
    """How many letters of each family a text has."""
    counts = np.bincount(_families()[code_units(text)], minlength=1 + len(LetterFamily))
    return dict(zip(LetterFamily, counts[1:].tolist(), strict=True))


@cache
def _families() -> NDArray[np.uint8]:
    """The family of each code unit, counted from 1; 0 of what is no letter of any."""
    families = np.zeros(1 << 16, np.uint8)
    characters = "".join(map(chr, range(_LAST_LETTER + 1)))
    for family, letter in enumerate(_LETTERS, 1):
        for run in re.finditer(f"{letter}+", characters):
            families[slice(*run.span())] = family
    return families


def _strangeness(
    normal: Normalized, scripts: Iterable[Script], most: int
) -> list[tuple[float, int, Script]]:
    """For each script bits a letter of up to ``most`` words from all over a text, and letters."""
    measured = []
    for script in scripts:
        fold = alphabet_of(script).fold
        spans = script_words(normal.text, normal.shape, script)
        words = list(dict.fromkeys(fold(normal.text[begin:stop]) for begin, stop in spans))
        bits = 0.0
        letters = 0
        for word in words[:: len(words) // most + 1]:
            letters += len(word) + 1
            spelling = likeliest(word, script)
            bits += spelling.bits if spelling else _FOREIGN_LETTER * (len(word) + 1)
        measured.append((bits / letters if letters else _FOREIGN_LETTER, letters, script))
    return measured
