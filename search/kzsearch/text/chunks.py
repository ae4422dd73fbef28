"""The words of a text in any script, read one run without white space at a time.

Nothing in normalising, converting or tokenising looks across white space, so what a run holds
depends on nothing around it. News repeats its words, so each run is worked out once and
remembered: reading a text comes down to looking its runs up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kzsearch.text.folding import fold
from kzsearch.text.languages import evidence_of
from kzsearch.text.normalizer import normalize_text
from kzsearch.text.scripts import Converted, Script, to_cyrillic
from kzsearch.text.tokenizer import tokenize
from kzsearch.text.tokens import Token, TokenKind

__all__ = ["Word", "read_words"]

_RUN = re.compile(r"\S+")
_LONGEST = 64  # code points of a run that is remembered, so that the memory holds no giants
_MEMORY = 1 << 16


class Word(NamedTuple):
    """A token of a text.

    surface: normalised, in small letters, and in Cyrillic if the text is Kazakh.
    start, end: half-open span in code points of the text.
    position: word position; the parts of a compound share the compound's.
    kind: see ``TokenKind``.
    evidence: how much it speaks for Russian; None if for no language.
    """

    surface: str
    start: int
    end: int
    position: int
    kind: TokenKind
    evidence: float | None


def read_words(text: str, script: Script = Script.CYRILLIC) -> list[Word]:
    """The words of a text, in order of position, then start; a whole before its parts.

    script: the script whose words are Kazakh, to be read as Cyrillic; words in any other stay as
        they are, and so do all under CYRILLIC and OTHER. A converted word that may be foreign
        (``Telegram``) is followed, at its position, by the word as written.
    """
    words: list[Word] = []
    position = 0
    for run in _RUN.finditer(text):
        written, at, first = run[0], run.start(), position
        read = _remembered if len(written) <= _LONGEST else _read
        for surface, start, end, place, kind, evidence in read(written, script):
            words.append(Word(surface, at + start, at + end, first + place, kind, evidence))
            position = first + place + 1
    return words


def _read(run: str, script: Script) -> tuple[Word, ...]:
    """The words of a run, placed as if it were the whole text."""
    converted = to_cyrillic(run, script)
    words = []
    for token in tokenize(converted.text):
        place = (*converted.span(token.start, token.end), token.position, token.kind)
        words.append(Word(fold(token.text), *place, evidence_of(token)))
        if written := _as_written(run, converted, token):
            words.append(Word(written, *place, None))
    return tuple(words)


_remembered = lru_cache(_MEMORY)(_read)


def _as_written(run: str, converted: Converted, token: Token) -> str:
    """The token, folded, with its words that may be foreign as they stand in the run, if any."""
    pieces: list[str] = []
    done = token.start
    for start, end in converted.foreign:
        if token.start <= start and end <= token.end:
            original_start, original_end = converted.span(start, end)
            pieces += converted.text[done:start], run[original_start:original_end]
            done = end
    return (
        fold(normalize_text("".join([*pieces, converted.text[done : token.end]]))) if pieces else ""
    )
