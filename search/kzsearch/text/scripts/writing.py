"""Cyrillic Kazakh in Latin or Arabic letters, by the rule of each alphabet.

The way back from ``to_cyrillic``: to show any text in the script a reader chose, to test reading,
and to make benchmarks. Letters that a script has no sign for (ъ ь) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts.alphabets import alphabet_of
from kzsearch.text.scripts.conversion import Converted, to_cyrillic
from kzsearch.text.scripts.hamza import takes_hamza
from kzsearch.text.scripts.script import ARABIC_LETTER, Script

__all__ = ["from_cyrillic", "rewritten"]

_WORD = re.compile(f"[{LETTERS}{LETTERS.upper()}]+")
_HAMZA = "\N{ARABIC LETTER HAMZA}"  # what news sites type; U+0674 is what Unicode has for it
_CAPITALS = str.maketrans({"i": "İ", "ı": "I"})
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
_MARK_OF_WORD = re.compile(f"(?<={ARABIC_LETTER})[,;?]")


def from_cyrillic(text: str, script: Script) -> str:
    """The text with its Cyrillic words in another script; other characters as they are.

    Raises KeyError for CYRILLIC and OTHER.
    """
    alphabet_of(script)
    return _WORD.sub(lambda match: "".join(_spelled(match[0], script)), text)


def rewritten(text: str, source: Script, target: Script) -> Converted:
    """A text in another script than its own, and where each of its characters came from.

    target: CYRILLIC, ARABIC or a Latin alphabet. What is written in no script of Kazakh stays.
    """
    read = to_cyrillic(text, source)
    if target is Script.CYRILLIC:
        return read
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(begin: int, stop: int) -> None:
        pieces.append(read.text[begin:stop])
        starts.extend(read.starts[begin:stop])
        ends.extend(read.ends[begin:stop])

    done = 0
    for match in _WORD.finditer(read.text):
        copy(done, match.start())
        for place, piece in enumerate(_spelled(match[0], target), match.start()):
            pieces.append(piece)
            starts += [read.starts[place]] * len(piece)
            ends += [read.ends[place]] * len(piece)
        done = match.end()
    copy(done, len(read.text))
    written = "".join(pieces)
    if target is Script.ARABIC:
        written = _MARK_OF_WORD.sub(lambda mark: _ARABIC_MARKS[mark[0]], written)
    return Converted(written, starts, ends)


def _spelled(word: str, script: Script) -> Iterator[str]:
    """What each letter of a Cyrillic word is written as."""
    spellings = alphabet_of(script).spellings
    folded = word.lower()
    if script is Script.ARABIC:
        hamza = _HAMZA if takes_hamza(folded) else ""
        for letter in folded:
            yield hamza + spellings.get(letter, "")
            hamza = ""
        return
    capitals = len(word) > 1 and word.isupper()
    for letter, small in zip(word, folded, strict=True):
        written = spellings.get(small, "")
        if letter != small:
            most = len(written) if capitals else 1
            written = _upper(written[:most], script) + written[most:]
        yield written


def _upper(letters: str, script: Script) -> str:
    """Capitals; where the alphabet has a letter ı, that of i is İ."""
    dotted = "ı" in alphabet_of(script).letters
    return letters.translate(_CAPITALS).upper() if dotted else letters.upper()
