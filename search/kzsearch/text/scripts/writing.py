"""Cyrillic Kazakh in Latin or Arabic letters, by the rule of each alphabet.

The way back from ``to_cyrillic``: to test it, to make benchmarks, and to show a word in the script
a reader typed in. Letters that a script has no sign for (ъ ь) are left out.
"""

from __future__ import annotations

import re

from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts.alphabets import alphabet_of
from kzsearch.text.scripts.hamza import takes_hamza
from kzsearch.text.scripts.script import Script

__all__ = ["from_cyrillic"]

_WORD = re.compile(f"[{LETTERS}{LETTERS.upper()}]+")
_HAMZA = "\N{ARABIC LETTER HAMZA}"  # what news sites type; U+0674 is what Unicode has for it
_CAPITALS = str.maketrans({"i": "İ", "ı": "I"})


def from_cyrillic(text: str, script: Script) -> str:
    """The text with its Cyrillic words in another script; other characters as they are.

    Raises KeyError for CYRILLIC and OTHER.
    """
    spellings = alphabet_of(script).spellings

    def write(match: re.Match[str]) -> str:
        word = match[0]
        folded = word.lower()
        written = "".join(spellings.get(letter, "") for letter in folded)
        if script is Script.ARABIC:
            return _HAMZA + written if takes_hamza(folded) else written
        if len(word) > 1 and word.isupper():
            return _upper(written, script)
        return _upper(written[:1], script) + written[1:] if word[0].isupper() else written

    return _WORD.sub(write, text)


def _upper(letters: str, script: Script) -> str:
    """Capitals; where the alphabet has a letter ı, that of i is İ."""
    dotted = "ı" in alphabet_of(script).letters
    return letters.translate(_CAPITALS).upper() if dotted else letters.upper()
