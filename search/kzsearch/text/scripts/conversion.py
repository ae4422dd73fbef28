"""Latin and Arabic text in Cyrillic, every letter keeping its place in the original.

Articles in Latin or Arabic script are indexed as their Cyrillic reading, so that one query finds
them all, and highlighted in their own letters through the offsets kept here. Addresses, Roman
numerals, words in another script than the document's, and words with letters its alphabet does
not have (``Warner``) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kzsearch.text.entities import find_entities
from kzsearch.text.normalizer import normalize
from kzsearch.text.scripts.alphabets import alphabet_of
from kzsearch.text.scripts.decoder import Spelling, decode
from kzsearch.text.scripts.ranking import Known, choose
from kzsearch.text.scripts.script import ARABIC_LETTER, LATIN_LETTER, Script
from kzsearch.text.scripts.tables import rows
from kzsearch.text.tokens import TokenKind

__all__ = ["Converted", "script_words", "to_cyrillic"]

_WIDTH = 8
_WIDTH_WITH_VOCABULARY = 32
"""Spellings kept: a vocabulary can tell more of them apart than the letters can."""

_MOST_REMEMBERED = 1 << 17
_LEFT_ALONE = (TokenKind.URL, TokenKind.EMAIL)

_LATIN_WORD = re.compile(f"{LATIN_LETTER}+")
_LATIN_WORD_2017 = re.compile(r"[A-Za-z](?:[A-Za-z]|(?<=[AaGgIiNnOoSsCcUuYy])')*")
_ARABIC_WORD = re.compile(f"{ARABIC_LETTER}+")
_ROMAN = re.compile(r"(?=.)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

_MARKS = str.maketrans({arabic: cyrillic for arabic, cyrillic, _ in rows("arabic_marks.tsv")})


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in Cyrillic and where each of its characters came from.

    text: the converted text, NFC.
    starts, ends: for each character its half-open span in code points of the original.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a non-empty span of the converted text came from."""
        return self.starts[start], self.ends[end - 1]


def to_cyrillic(text: str, script: Script, known: Known | None = None) -> Converted:
    """The text with its Kazakh words of one script in Cyrillic, in time linear in its length.

    known: a vocabulary that decides between readings of a word (``قادىر``: қадыр or қадір);
    without it, vowel harmony and the letters of Kazakh words do.
    CYRILLIC and OTHER text comes back as it is, but normalised.
    """
    normal = normalize(text)
    if script in (Script.CYRILLIC, Script.OTHER):
        return Converted(normal.text, normal.starts, normal.ends)
    plain = normal.text.translate(_MARKS) if script is Script.ARABIC else normal.text
    speller = _Speller(script, known)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for begin, stop in script_words(normal.text, normal.shape, script):
        word = normal.text[begin:stop]
        spelling = speller.spell(word)
        if spelling is None:
            continue
        pieces += plain[done:begin], _in_case(word, spelling)
        starts += range(done, begin)
        ends += range(done + 1, begin + 1)
        _align(starts, ends, spelling, begin, stop)
        done = stop
    pieces.append(plain[done:])
    starts += range(done, len(plain))
    ends += range(done + 1, len(plain) + 1)
    return Converted(
        "".join(pieces),
        [normal.starts[start] for start in starts],
        [normal.ends[end - 1] for end in ends],
    )


def script_words(text: str, shape: str, script: Script) -> Iterator[tuple[int, int]]:
    """Spans of a normalised text's words in a script, addresses and Roman numerals left out."""
    pattern = _LATIN_WORD
    if script in (Script.ARABIC, Script.LATIN_2017):
        pattern = _ARABIC_WORD if script is Script.ARABIC else _LATIN_WORD_2017
    addresses = [(e.start, e.end) for e in find_entities(shape) if e.kind in _LEFT_ALONE]
    done = 0
    for begin, stop in [*addresses, (len(text), len(text))]:
        for match in pattern.finditer(text, done, begin):
            if not _ROMAN.fullmatch(match[0]):
                yield match.span()
        done = stop


class _Speller:
    """Spells the words of one text, each once."""

    def __init__(self, script: Script, known: Known | None) -> None:
        self._alphabet = alphabet_of(script)
        self._known = known
        self._spelled: dict[str, Spelling | None] = {}

    def spell(self, word: str) -> Spelling | None:
        folded = self._alphabet.fold(word)
        if self._known is None:
            return _likeliest(folded, self._alphabet.script)
        if folded not in self._spelled:
            spellings = decode(folded, self._alphabet, _WIDTH_WITH_VOCABULARY)
            self._spelled[folded] = choose(spellings, self._known)
        return self._spelled[folded]


@lru_cache(_MOST_REMEMBERED)
def _likeliest(folded: str, script: Script) -> Spelling | None:
    return next(iter(decode(folded, alphabet_of(script), _WIDTH)), None)


def _in_case(word: str, spelling: Spelling) -> str:
    """The spelling with capitals where the graphemes it was read from begin with one."""
    if word.islower() or word.upper() == word.lower():
        return spelling.text
    if word.isupper() and len(word) > 1:
        return spelling.text.upper()
    cased = []
    at = to = 0
    for read, written in spelling.pieces:
        letters = spelling.text[to : to + written]
        cased.append(letters.capitalize() if word[at].isupper() else letters)
        at, to = at + read, to + written
    return "".join(cased)


def _align(starts: list[int], ends: list[int], spelling: Spelling, begin: int, stop: int) -> None:
    """Add the places of the letters of a word that stands at ``begin`` up to ``stop``.

    A sign that is read as nothing (the hamza) goes with the letter after it, or with the last.
    """
    start = end = begin
    for read, written in spelling.pieces:
        end += read
        if written:
            starts += [start] * written
            ends += [end] * written
            start = end
    ends[-1] = stop
