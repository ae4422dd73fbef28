"""What a typed word may mean: in another script, on another layout, without Kazakh letters.

Several readings are tried and the index's vocabulary decides. The word as typed is always among
them, first unless another reading is far more likely, so that a repair never hides exact matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from kzsearch.text.alphabet import LETTERS
from kzsearch.text.folding import fold
from kzsearch.text.normalizer import normalize_text
from kzsearch.text.scripts.alphabets import Alphabet, alphabet_of, typed_letters
from kzsearch.text.scripts.decoder import decode
from kzsearch.text.scripts.keyboards import other_layout, repair_layout
from kzsearch.text.scripts.letter_model import letter_model
from kzsearch.text.scripts.ranking import Known, price
from kzsearch.text.scripts.script import ARABIC_LETTER, LATIN_ALPHABETS, LATIN_LETTER, Script

__all__ = ["Reading", "Reason", "readings"]

_WIDTH = 32
_LIMIT = 8

_LATIN = re.compile(f"{LATIN_LETTER}+(?:'{LATIN_LETTER}*)*")
_ARABIC = re.compile(f"{ARABIC_LETTER}+")
_CYRILLIC = re.compile(f"[{LETTERS}]+")

_REPAIR = 2.0
"""Bits that reading a word otherwise than typed costs: a known word is mostly what was meant."""

_GUESS = 8.0
"""Bits for putting Kazakh letters into a word that stays unknown: a name may be right as it is."""

_OTHER_LAYOUT = 8.0
"""Bits for another layout: rarer than any other slip."""

_FOREIGN = 4.5
"""Bits that a letter of a word which is not Cyrillic costs; Kazakh letters cost 3 on average."""

_KAZAKH_SIGN = 15.0
"""What is added if the letters tell that it is Kazakh in another script: ``ǵ``, ``n'``, ``ق``."""


class Reason(StrEnum):
    """How a reading came from what was typed."""

    AS_TYPED = "as-typed"
    LATIN = "latin"  # qazaqstan
    ARABIC = "arabic"  # قازاقستان
    LETTERS = "letters"  # казакстан, typed without Kazakh letters
    LAYOUT = "layout"  # 0fpf0cnfy, 0аза0стан, ьшскщыщае


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a typed word may mean.

    text: the folded word to search for.
    reason: how it came about.
    cost: in bits; the lower, the likelier. Costs compare only within one word's readings.
    frequency: how often the vocabulary has it; 0 for a guess that nothing confirms.
    """

    text: str
    reason: Reason
    cost: float
    frequency: float


def readings(typed: str, known: Known, limit: int = _LIMIT) -> list[Reading]:
    """Up to ``limit`` readings of one typed word, likeliest first, the word as typed among them.

    typed: one run without spaces, with its punctuation if it may be of another layout.
    known: the vocabulary of the index; it may count a word as known by its stem.
    """
    word = fold(normalize_text(typed))
    best = {word: _reading(word, Reason.AS_TYPED, _own_bits(word), known)}
    for reading in _repairs(typed, known):
        if reading.text not in best or reading.cost < best[reading.text].cost:
            best[reading.text] = reading
    ranked = sorted(best.values(), key=lambda found: (found.cost, found.text))
    kept = [found for found in ranked if found is not best[word]][: limit - 1]
    return sorted([best[word], *kept], key=lambda found: (found.cost, found.text))


def _repairs(typed: str, known: Known) -> Iterator[Reading]:
    yield from _spellings(typed, known)
    layout = repair_layout(typed, known)
    if layout is not None:
        meant = fold(layout)
        yield _reading(meant, Reason.LAYOUT, _own_bits(meant) + _OTHER_LAYOUT, known)
    elif not known(fold(typed)) and (candidate := other_layout(typed)):
        # Two slips at once: казакстан or qazaqstan typed on another layout.
        for found in _spellings(candidate, known):
            if found.frequency:
                yield replace(found, reason=Reason.LAYOUT, cost=found.cost + _OTHER_LAYOUT)


def _spellings(typed: str, known: Known) -> Iterator[Reading]:
    """Readings of a word that keep its keys: its letters may be Kazakh in another guise."""
    normal = normalize_text(typed)
    word = fold(normal)
    if _LATIN.fullmatch(word):
        for script in LATIN_ALPHABETS:
            alphabet = alphabet_of(script)
            yield from _decoded(alphabet.fold(normal), alphabet, Reason.LATIN, known)
    elif _ARABIC.fullmatch(word):
        yield from _decoded(word, alphabet_of(Script.ARABIC), Reason.ARABIC, known)
    elif _CYRILLIC.fullmatch(word):
        yield from _decoded(word, typed_letters(), Reason.LETTERS, known)


def _decoded(word: str, alphabet: Alphabet, reason: Reason, known: Known) -> Iterator[Reading]:
    for spelling in decode(word, alphabet, _WIDTH):
        if spelling.text != word:
            yield _reading(spelling.text, reason, spelling.bits + _REPAIR, known)


def _reading(text: str, reason: Reason, bits: float, known: Known) -> Reading:
    frequency = known(text)
    if reason is Reason.LETTERS and not frequency:
        bits += _GUESS
    return Reading(text, reason, price(bits, frequency), frequency)


def _own_bits(word: str) -> float:
    """Bits of a folded word in the letters it has."""
    if _CYRILLIC.fullmatch(word):
        return letter_model().word_price(word)
    signs = len(word) if not word.isascii() else word.count("'")
    return _FOREIGN * len(word) + _KAZAKH_SIGN * signs
