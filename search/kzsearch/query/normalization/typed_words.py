"""The words of a stretch of a query, each with what it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kzsearch.query.normalization.known_words import KnownWords
from kzsearch.text import normalize
from kzsearch.text.entities import find_entities
from kzsearch.text.roman import is_roman
from kzsearch.text.scripts import Reading, Reason, readings
from kzsearch.text.scripts.script import ARABIC_LETTER, CYRILLIC_LETTER, LATIN_LETTER

__all__ = ["TypedWord", "typed_words"]

_RUN = re.compile(r"\S+")
_WORD = re.compile(
    rf"(?<![\w'])(?:{LATIN_LETTER}+(?:['’ʼ`´]{LATIN_LETTER}+)*['’ʼ`´]?"
    rf"|{ARABIC_LETTER}+|{CYRILLIC_LETTER}+)(?![\w])"
)
_LATIN = re.compile(f"{LATIN_LETTER}")
_CYRILLIC = re.compile(f"{CYRILLIC_LETTER}+")

_TELLING = 4
"""Letters from which on a Latin word in the index's vocabulary is no accident."""

_SHORTEST_BEGINNING = 3
"""Characters; with fewer something begins in any script, and to count it all takes long."""


@dataclass(frozen=True)
class TypedWord:
    """A word as typed, or a run of keys that is one on another layout.

    start, end: its span in the query.
    readings: what it may mean, likeliest first, itself among them.
    """

    start: int
    end: int
    typed: str
    readings: Sequence[Reading]

    @property
    def first(self) -> Reading:
        """The likeliest reading."""
        return self.readings[0]

    @cached_property
    def as_typed(self) -> Reading:
        """The word itself."""
        return next(found for found in self.readings if found.reason is Reason.AS_TYPED)

    @cached_property
    def is_latin(self) -> bool:
        """Whether it is in Latin letters, of whatever language."""
        return _LATIN.match(self.typed) is not None

    @cached_property
    def is_cyrillic(self) -> bool:
        """Whether it is in Cyrillic letters, of whatever language."""
        return _CYRILLIC.fullmatch(self.typed) is not None

    @property
    def is_short(self) -> bool:
        """Whether it is so short that in Latin letters it is a Kazakh word by accident."""
        return self.is_ascii and len(self.typed) < _TELLING

    @property
    def is_ascii(self) -> bool:
        """Whether nothing in its letters tells that it is Kazakh."""
        return self.typed.isalpha() and self.typed.isascii()


def typed_words(
    text: str, start: int, end: int, known: KnownWords, *, unfinished: bool = False
) -> Iterator[TypedWord]:
    """The words in ``text[start:end]``, in order, addresses left out.

    unfinished: what stands there is the beginning of a word.
    """
    if unfinished and end - start < _SHORTEST_BEGINNING:
        return
    for run in _RUN.finditer(text, start, end):
        if next(find_entities(normalize(run[0]).shape), None):
            continue
        if found := _of_other_layout(run, known, unfinished):
            yield found
            continue
        for word in _WORD.finditer(text, run.start(), run.end()):
            if _is_word(word, text):
                meanings = _read(word[0], known, unfinished and word.end() == end)
                yield TypedWord(*word.span(), word[0], meanings)


def _of_other_layout(run: re.Match[str], known: KnownWords, unfinished: bool) -> TypedWord | None:
    """A run that other keys would make a word, if it holds more than letters."""
    if run[0].isalpha():
        return None
    found = _read(run[0], known, unfinished)
    if found[0].reason is not Reason.LAYOUT:
        return None
    # Every key types one character, and those at the end may be left out as punctuation.
    typed, rest = run[0][: len(found[0].text)], run[0][len(found[0].text) :]
    if any(map(str.isalnum, rest)):
        typed = run[0]
    return TypedWord(run.start(), run.start() + len(typed), typed, found)


def _read(typed: str, known: KnownWords, unfinished: bool) -> Sequence[Reading]:
    if unfinished:
        return readings(typed, known.as_beginning)
    return readings(typed, known.as_written, inflected=known.by_stem)


def _is_word(word: re.Match[str], text: str) -> bool:
    """Whether a row of letters may be a word: neither XIV nor the Z of Z-ұрпақ."""
    is_initial = text.startswith(".", word.end())
    return not is_roman(word[0]) and (len(word[0]) > 1 or is_initial)
