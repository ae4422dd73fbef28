"""What a typed word may mean: in another script, on another layout, without Kazakh letters.

Several readings are tried and the index's vocabulary decides. The word as typed is always among
them, first unless another reading is far more likely, so that a repair never hides exact matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from kzsearch.text.alphabet import KAZAKH_ONLY, LETTERS
from kzsearch.text.folding import fold
from kzsearch.text.normalizer import normalize_text
from kzsearch.text.scripts.alphabets import Alphabet, alphabet_of, typed_letters
from kzsearch.text.scripts.decoder import Spelling, decode
from kzsearch.text.scripts.keyboards import guess_layout, other_layout, repair_layout
from kzsearch.text.scripts.letter_model import letter_model
from kzsearch.text.scripts.ranking import Known, price
from kzsearch.text.scripts.script import ARABIC_LETTER, LATIN_ALPHABETS, LATIN_LETTER, Script

__all__ = ["Reading", "Reason", "readings"]

_WIDTH = 24
_LIMIT = 8
_MEMORY = 1 << 12

_MOST_ASKED = 64
"""Spellings of one word that are looked up at most: each costs time, the last hardly win."""

_SHORTEST_TWICE = 4
"""Letters that a word with two slips must have: with shorter ones anything can be done."""

_GAIN = 12.0
"""Bits that a spelling can gain by its frequency, and a few by which others still matter."""

_LATIN = re.compile(f"{LATIN_LETTER}+(?:'{LATIN_LETTER}*)*")
_ARABIC = re.compile(f"{ARABIC_LETTER}+")
_CYRILLIC = re.compile(f"[{LETTERS}]+")

_REPAIR = 2.0
"""Bits that reading a word otherwise than typed costs: a known word is mostly what was meant."""

_BY_STEM = 30.0
"""Bits for a repair of which the index knows the stem only: any row of letters has a stem."""

_GUESS = 8.0
"""Bits for putting Kazakh letters into a word that stays unknown: a name may be right as it is."""

_OTHER_LAYOUT = 8.0
"""Bits for another layout: rarer than any other slip."""

_FOREIGN = 5.0
"""Bits that a letter of a word which is not Cyrillic costs; Kazakh words take 3 on average, names
that an index lacks 4."""

_KAZAKH_SIGN = 15.0
"""What is added if the letters tell that it is Kazakh in another script: ``ǵ``, ``n'``, ``ق``."""

_SIGNS = re.compile("'|q(?!u)")
"""Such signs in ASCII: marks of the 2017 alphabet, and q as no English word has it (``qaq``)."""


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


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A word that may be meant, before a vocabulary is asked."""

    text: str
    reason: Reason
    bits: float

    def priced(self, frequency: float) -> Reading:
        guess = _GUESS if self.reason is Reason.LETTERS and not frequency else 0.0
        return Reading(self.text, self.reason, price(self.bits + guess, frequency), frequency)


def readings(
    typed: str, known: Known, limit: int = _LIMIT, *, inflected: Known = lambda word: 0.0
) -> list[Reading]:
    """Up to ``limit`` readings of one typed word, likeliest first, the word as typed among them.

    typed: one run without spaces, with its punctuation if it may be of another layout.
    known: the vocabulary of the index; it may count a word as known by its stem.
    inflected: a vocabulary that knows words by their stems, if ``known`` does not. It may be
        slow: it is asked of the word as typed if that is unknown, and of the likeliest others
        if none of them is known.
    """
    word = fold(normalize_text(typed))
    if not KAZAKH_ONLY.isdisjoint(word) and (frequency := known(word)):
        # Who types such letters has all of them.
        return [Reading(word, Reason.AS_TYPED, price(_own_bits(word), frequency), frequency)]
    own = _Spelling(word, Reason.AS_TYPED, _own_bits(word))
    best = {word: own}
    for candidate in _repairs(typed, lambda text: known(text) or inflected(text), known):
        if candidate.text not in best or candidate.bits < best[candidate.text].bits:
            best[candidate.text] = candidate
    del best[word]
    as_typed = own.priced(known(word) or inflected(word))
    ranked = _ranked(_priced(best.values(), known))[: limit - 1]
    if not any(found.frequency for found in ranked):
        ranked = [_by_stem(best[found.text], inflected) for found in ranked]
    return _ranked([as_typed, *ranked])


def _by_stem(candidate: _Spelling, inflected: Known) -> Reading:
    found = candidate.priced(inflected(candidate.text))
    return replace(found, cost=found.cost + _BY_STEM) if found.frequency else found


def _priced(candidates: Iterable[_Spelling], known: Known) -> Iterator[Reading]:
    """The candidates priced; the vocabulary is asked only of those that may still come first."""
    limit = float("inf")
    for asked, candidate in enumerate(sorted(candidates, key=lambda c: (c.bits, c.text))):
        in_question = candidate.bits <= limit and asked < _MOST_ASKED
        reading = candidate.priced(known(candidate.text) if in_question else 0.0)
        if reading.frequency:
            limit = min(limit, reading.cost + _GAIN)
        yield reading


def _ranked(found: Iterable[Reading]) -> list[Reading]:
    return sorted(found, key=lambda reading: (reading.cost, reading.text))


def _repairs(typed: str, known: Known, as_written: Known) -> Iterator[_Spelling]:
    yield from _spellings(typed)
    layout = repair_layout(typed, known)
    if layout is None and not known(fold(typed)) and (candidate := other_layout(typed)):
        # Two slips at once: казакстан or qazaqstan typed on another layout.
        twice = islice(_spellings(candidate), _MOST_ASKED * (len(candidate) >= _SHORTEST_TWICE))
        meant = [found for found in twice if as_written(found.text)]
        for found in meant:
            yield replace(found, reason=Reason.LAYOUT, bits=found.bits + _OTHER_LAYOUT)
        layout = None if meant else guess_layout(typed, known)
    if layout is not None:
        word = fold(layout)
        yield _Spelling(word, Reason.LAYOUT, _own_bits(word) + _OTHER_LAYOUT)


def _spellings(typed: str) -> Iterator[_Spelling]:
    """Readings of a word that keep its keys: its letters may be Kazakh in another guise."""
    normal = normalize_text(typed)
    word = fold(normal)
    if _LATIN.fullmatch(word):
        for script in LATIN_ALPHABETS:
            alphabet = alphabet_of(script)
            yield from _decoded(alphabet.fold(normal), alphabet, Reason.LATIN)
    elif _ARABIC.fullmatch(word):
        yield from _decoded(word, alphabet_of(Script.ARABIC), Reason.ARABIC)
    elif _CYRILLIC.fullmatch(word):
        yield from _decoded(word, typed_letters(), Reason.LETTERS)


def _decoded(word: str, alphabet: Alphabet, reason: Reason) -> Iterator[_Spelling]:
    for spelling in _spelled(word, alphabet.script):
        if spelling.text != word:
            yield _Spelling(spelling.text, reason, spelling.bits + _REPAIR)


@lru_cache(_MEMORY)
def _spelled(word: str, script: Script) -> tuple[Spelling, ...]:
    alphabet = typed_letters() if script is Script.CYRILLIC else alphabet_of(script)
    return tuple(decode(word, alphabet, _WIDTH))


def _own_bits(word: str) -> float:
    """Bits of a folded word in the letters it has."""
    if _CYRILLIC.fullmatch(word):
        return letter_model().word_price(word)
    signs = len(word) if not word.isascii() else len(_SIGNS.findall(word))
    return _FOREIGN * len(word) + _KAZAKH_SIGN * signs
