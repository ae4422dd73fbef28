"""What the beginning of a word may stand for while it is being typed.

``readings`` weighs whole words with a letter model. Of a word that is not finished the vocabulary
knows more: every spelling is followed letter by letter for as long as some known word begins so,
which leaves few to follow, and none that completes to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kzsearch.text.folding import fold
from kzsearch.text.normalizer import normalize_text
from kzsearch.text.scripts.alphabets import Alphabet, alphabet_of, typed_letters
from kzsearch.text.scripts.hamza import hamza_price
from kzsearch.text.scripts.keyboards import other_layout
from kzsearch.text.scripts.ranking import Known, price
from kzsearch.text.scripts.readings import Reading, Reason
from kzsearch.text.scripts.script import LATIN_ALPHABETS, Script

__all__ = ["beginnings"]

_WIDTH = 16
"""Spellings that are followed at a time."""

_LONGEST = 64
"""Letters; what is longer begins no word."""


def beginnings(typed: str, known: Known, limit: int = 8) -> list[Reading]:
    """Up to ``limit`` readings of the beginning of a word, as typed first, then likeliest first.

    typed: one run without spaces, with its punctuation if it may be of another layout.
    known: how often words that begin so occur; 0 if none does. A reading no known word begins
        with is left out, so the list may be empty.
    """
    if len(typed) > _LONGEST:
        return []
    best: dict[str, Reading] = {}
    for reading in _read(normalize_text(typed), known):
        if reading.text not in best or reading.cost < best[reading.text].cost:
            best[reading.text] = reading
    ranked = sorted(
        best.values(),
        key=lambda found: (found.reason is not Reason.AS_TYPED, found.cost, found.text),
    )
    return ranked[:limit]


def _read(typed: str, known: Known) -> Iterator[Reading]:
    own = list(_same(typed, Reason.AS_TYPED, known))
    yield from own
    yield from _spelled(typed, known)
    if not own and (meant := other_layout(typed)):
        yield from _same(meant, Reason.LAYOUT, known)
        yield from _followed(fold(meant), typed_letters(), Reason.LAYOUT, known)


def _same(word: str, reason: Reason, known: Known) -> Iterator[Reading]:
    if frequency := known(fold(word)):
        yield Reading(fold(word), reason, price(0.0, frequency), frequency)


def _spelled(typed: str, known: Known) -> Iterator[Reading]:
    """Readings that keep the keys: the letters may be Kazakh in another guise."""
    yield from _followed(fold(typed), typed_letters(), Reason.LETTERS, known)
    for script in LATIN_ALPHABETS:
        alphabet = alphabet_of(script)
        yield from _followed(alphabet.fold(typed), alphabet, Reason.LATIN, known)
    yield from _followed(typed, alphabet_of(Script.ARABIC), Reason.ARABIC, known)


def _followed(word: str, alphabet: Alphabet, reason: Reason, known: Known) -> Iterator[Reading]:
    """Spellings of a word in the letters of an alphabet that known words begin with."""
    if not alphabet.letters.issuperset(word):
        return
    paths: list[dict[str, float]] = [{} for _ in range(len(word) + 1)]
    paths[0][""] = 0.0
    for at in range(len(word)):
        best = sorted(paths[at], key=lambda text: (price(paths[at][text], known(text)), text))
        for length in range(1, min(alphabet.longest, len(word) - at) + 1):
            ahead = paths[at + length]
            for letters, extra in alphabet.graphemes.get(word[at : at + length], ()):
                for text in best[:_WIDTH]:
                    longer, bits = text + letters, paths[at][text] + extra
                    if bits < ahead.get(longer, float("inf")) and known(longer):
                        ahead[longer] = bits
    for text, bits in paths[-1].items():
        if text and text != word:
            bits += hamza_price(word, text) if alphabet.script is Script.ARABIC else 0.0
            frequency = known(text)
            yield Reading(text, reason, price(bits, frequency), frequency)
