"""Latin and Arabic text in Cyrillic, every letter keeping its place in the original.

Articles in Latin or Arabic script are indexed as their Cyrillic reading, so that one query finds
them all, and highlighted in their own letters through the offsets kept here. Addresses, Roman
numerals, words in another script than the document's, and words with letters its alphabet does
not have (``Warner``) stay as they are. Words that have been converted though they may be foreign
(``Google``, ``IT``) are pointed out, so that they can be found as they were written too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kzsearch.text.entities import find_entities
from kzsearch.text.normalizer import normalize
from kzsearch.text.roman import is_roman
from kzsearch.text.scripts.alphabets import alphabet_of
from kzsearch.text.scripts.decoder import Spelling, decode
from kzsearch.text.scripts.ranking import Known, choose
from kzsearch.text.scripts.script import ARABIC_LETTER, AS_THEY_ARE, LATIN_LETTER, Script
from kzsearch.text.scripts.tables import rows
from kzsearch.text.tokens import TokenKind

__all__ = ["Converted", "likeliest", "script_words", "to_cyrillic"]

_WIDTH = 4
_WIDTH_WITH_VOCABULARY = 32
"""Spellings kept: a vocabulary can tell more of them apart than the letters can."""

_MOST_REMEMBERED = 1 << 17
_LEFT_ALONE = (TokenKind.URL, TokenKind.EMAIL)

_FOREIGN_LOOK = 3.4
"""Bits a letter from which a Latin word may be foreign: of the Latin words in Cyrillic news 88 %
take more when read as if they were Kazakh, of the words of Kazakh Latin news 13 %."""

_SHORT = 2
"""Letters of a word in small letters that is Kazakh whatever it looks like: ``da``, ``ol``."""

_LATIN_WORD = re.compile(f"{LATIN_LETTER}+")
_LATIN_WORD_2017 = re.compile(f"{LATIN_LETTER}(?:{LATIN_LETTER}|(?<=[AaGgIiNnOoSsCcUuYy])')*")
_ARABIC_WORD = re.compile(f"{ARABIC_LETTER}+")

_MARKS = str.maketrans({arabic: cyrillic for arabic, cyrillic, _ in rows("arabic_marks.tsv")})


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in Cyrillic and where each of its characters came from.

    text: the converted text, NFC.
    starts, ends: for each character its half-open span in code points of the original.
    foreign: spans of the converted text, in order, whose words may be foreign ones.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    foreign: Sequence[tuple[int, int]] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a non-empty span of the converted text came from."""
        return self.starts[start], self.ends[end - 1]


def to_cyrillic(text: str, script: Script, known: Known | None = None) -> Converted:
    """The text with its Kazakh words of one script in Cyrillic, in time linear in its length.

    known: a vocabulary that decides between readings of a word (``قادىر``: қадыр or қадір);
    without it, vowel harmony and the letters of Kazakh words do.
    Cyrillic and OTHER text comes back as it is, but normalised.
    """
    normal = normalize(text)
    if script in AS_THEY_ARE:
        return Converted(normal.text, normal.starts, normal.ends)
    plain = normal.text.translate(_MARKS) if script is Script.ARABIC else normal.text
    speller = _Speller(script, known)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    foreign: list[tuple[int, int]] = []
    done = 0
    for begin, stop in script_words(normal.text, normal.shape, script):
        word = normal.text[begin:stop]
        spelling = speller.spell(word)
        if spelling is None:
            continue
        pieces += plain[done:begin], _in_case(word, spelling)
        starts += range(done, begin)
        ends += range(done + 1, begin + 1)
        if _may_be_foreign(word, spelling):
            foreign.append((len(starts), len(starts) + len(spelling.text)))
        _align(starts, ends, spelling, begin, stop)
        done = stop
    pieces.append(plain[done:])
    starts += range(done, len(plain))
    ends += range(done + 1, len(plain) + 1)
    return Converted(
        "".join(pieces),
        [normal.starts[start] for start in starts],
        [normal.ends[end - 1] for end in ends],
        foreign,
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
            if not is_roman(match[0]):
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
            return likeliest(folded, self._alphabet.script)
        if folded not in self._spelled:
            spellings = decode(folded, self._alphabet, _WIDTH_WITH_VOCABULARY)
            self._spelled[folded] = choose(spellings, self._known)
        return self._spelled[folded]


@lru_cache(_MOST_REMEMBERED)
def likeliest(folded: str, script: Script) -> Spelling | None:
    """The likeliest spelling of a folded word; None if it is none of the alphabet's."""
    return next(iter(decode(folded, alphabet_of(script), _WIDTH)), None)


def _may_be_foreign(word: str, spelling: Spelling) -> bool:
    """Whether a word without a letter of Kazakh Latin does not look Kazakh, or is an acronym."""
    if not word.isascii() or (len(word) <= _SHORT and word.islower()):
        return False
    return word.isupper() or spelling.bits > _FOREIGN_LOOK * (len(word) + 1)


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
