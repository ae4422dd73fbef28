"""What the letters of each script stand for in Cyrillic, and how likely.

A grapheme is one to four letters that are read together (``sh``, ``ııa``). Most have several
readings, since ``ı`` is и or й and ``ا`` is а or ә; the price of a reading, in bits, says how
much less likely it is than the alphabet's rule. Words choose among them (see ``decoder``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kzsearch.text.alphabet import LETTERS
from kzsearch.text.folding import fold
from kzsearch.text.scripts.script import Script
from kzsearch.text.scripts.tables import rows

__all__ = ["Alphabet", "alphabet_of", "typed_letters"]

_SILENT = {"ٴ": "", "ء": "", "ـ": ""}
"""Hamza and tatweel: the hamza says how to read the others (see ``hamza``)."""

_DOTLESS = frozenset((Script.LATIN_2018, Script.LATIN_2021, Script.LATIN_KAZINFORM))
"""Alphabets with a letter ı, whose capital is I; the capital of i is İ."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Graphemes of a script, and for each its readings in Cyrillic with their price in bits."""

    script: Script
    graphemes: Mapping[str, tuple[tuple[str, float], ...]]
    spellings: Mapping[str, str]
    letters: frozenset[str]

    @property
    def longest(self) -> int:
        """Letters of the longest grapheme."""
        return max(map(len, self.graphemes))

    def fold(self, word: str) -> str:
        """The word in small letters of this alphabet, code point for code point."""
        return fold(word.replace("I", "ı") if self.script in _DOTLESS else word)


@cache
def alphabet_of(script: Script) -> Alphabet:
    """The alphabet of a script other than Cyrillic.

    Raises KeyError for CYRILLIC and OTHER, which have nothing to be converted from.
    """
    if script in (Script.CYRILLIC, Script.OTHER):
        raise KeyError(f"{script} has no letters to convert to Cyrillic")
    if script is Script.ARABIC:
        silent = [(letter, to, 0.0) for letter, to in _SILENT.items()]
        table = [(latin, to, float(bits)) for latin, to, bits, _ in rows("arabic.tsv")]
        return _alphabet(script, silent + table)
    own = [row for row in rows("latin.tsv") if row[0] == script]
    common = [row for row in rows("latin.tsv") if row[0] == "common"]
    return _alphabet(script, [(latin, to, float(bits)) for _, latin, to, bits, _ in own + common])


@cache
def typed_letters() -> Alphabet:
    """Cyrillic as typed on a keyboard without Kazakh letters: every letter may stand for itself."""
    same = [(letter, letter, 0.0) for letter in LETTERS]
    pairs = [(typed, meant, float(bits)) for typed, meant, bits, _ in rows("typed_letters.tsv")]
    return _alphabet(Script.CYRILLIC, same + pairs)


def _alphabet(script: Script, table: Iterable[tuple[str, str, float]]) -> Alphabet:
    readings: dict[str, dict[str, float]] = {}
    spellings: dict[str, tuple[float, str]] = {}
    for grapheme, letters, bits in table:
        readings.setdefault(grapheme, {}).setdefault(letters, bits)
        if len(letters) == 1 and bits < spellings.get(letters, (float("inf"), ""))[0]:
            spellings[letters] = bits, grapheme
    return Alphabet(
        script,
        {grapheme: tuple(found.items()) for grapheme, found in readings.items()},
        {letter: grapheme for letter, (_, grapheme) in spellings.items()},
        frozenset("".join(readings)),
    )
