"""The words of a text in any script, read one run at a time.

A run holds no white space but that of a word which white space breaks (``gaps.py``) and that
before a unit of one letter (``digit_groups.py``); but to find these, nothing in normalising,
converting or tokenising looks across white space. So what a run holds depends on nothing around
it. News repeats its words, so who remembers what runs hold reads a text by looking its runs up
(``morphology.Analyzer`` does).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import accumulate
from typing import NamedTuple

from kzsearch.text.digit_groups import unit_spaces
from kzsearch.text.folding import fold
from kzsearch.text.gaps import find_gaps, gaps_inside
from kzsearch.text.languages import strength_of
from kzsearch.text.normalizer import normalize_text
from kzsearch.text.scripts import Converted, Script, restored, to_cyrillic
from kzsearch.text.scripts.script import AS_THEY_ARE
from kzsearch.text.tokenizer import tokenize
from kzsearch.text.tokens import Token, TokenKind

__all__ = ["Word", "read_run", "split_runs"]

_ROW = re.compile(r"\S+(?:\s\S+)*")
"""Runs with one character of white space between two."""

_AND_BLANK = (1).__add__


class Word(NamedTuple):
    """A token of a run.

    surface: normalised, in small letters, and in Cyrillic if the text is Kazakh.
    start, end: half-open span in code points of the run.
    position: word position in the run; the parts of a compound share the compound's.
    kind: see ``TokenKind``.
    strength: how much it speaks for Russian; None if for no language.
    """

    surface: str
    start: int
    end: int
    position: int
    kind: TokenKind
    strength: float | None


def split_runs(text: str) -> tuple[list[int], list[str]]:
    """Where the runs of a text begin, and the runs.

    A run holds no white space, but for that of words which it breaks, and before units.
    """
    runs = text.split()
    starts = _starts(text, runs)
    going_on = {gap.end for gap in find_gaps(text, runs, starts)}
    going_on.update(at + 1 for at in unit_spaces(text))
    return _joined(text, starts, runs, going_on) if going_on else (starts, runs)


def _starts(text: str, runs: Sequence[str]) -> list[int]:
    """Where the runs of a text begin."""
    if sum(map(len, runs)) + len(runs) - 1 == len(text):  # one blank after each but the last
        return _starts_in_row(runs, 0)
    return [
        start
        for row in _ROW.finditer(text)
        for start in _starts_in_row(row[0].split(), row.start())
    ]


def _starts_in_row(runs: Sequence[str], first: int) -> list[int]:
    """Where runs begin that have one blank between two; this costs no step of Python for each."""
    return list(accumulate(map(_AND_BLANK, map(len, runs[:-1])), initial=first))


def _joined(
    text: str, starts: list[int], runs: list[str], going_on: Set[int]
) -> tuple[list[int], list[str]]:
    """The runs of a text, those that begin at ``going_on`` put to the one before."""
    kept: list[int] = []
    ends: list[int] = []
    for start, run in zip(starts, runs, strict=True):
        if start in going_on:
            ends[-1] = start + len(run)
        else:
            kept.append(start)
            ends.append(start + len(run))
    return kept, [text[start:end] for start, end in zip(kept, ends, strict=True)]


def read_run(run: str, script: Script = Script.CYRILLIC) -> list[Word]:
    """The words of a run, in order of position, then start; a whole before its parts.

    script: the script whose words are Kazakh, to be read as Cyrillic; words in any other stay as
        they are, and so do all under CYRILLIC and OTHER. A word of CYRILLIC_BARE is followed, at
        its position, by the one with Kazakh letters that it likely was meant to be. A converted
        word that may be foreign (``Google``) is followed by the word as written.
    """
    if script is Script.CYRILLIC_BARE:
        return list(_with_letters(tokenize(run, gaps_inside(run))))
    if script in AS_THEY_ARE:
        return [
            Word(fold(t.text), t.start, t.end, t.position, t.kind, strength_of(t))
            for t in tokenize(run, gaps_inside(run))
        ]
    converted = to_cyrillic(run, script)
    words = []
    for token in tokenize(converted.text, gaps_inside(converted.text)):
        surface, written = fold(token.text), _as_written(run, converted, token)
        place = (*converted.span(token.start, token.end), token.position, token.kind)
        words.append(Word(surface, *place, strength_of(token)))
        if written and written != surface:
            words.append(Word(written, *place, None))
    return words


def _with_letters(tokens: Iterable[Token]) -> Iterator[Word]:
    """Words typed without Kazakh letters, each followed by the word with them."""
    for token in tokens:
        surface = fold(token.text)
        meant = restored(surface) if token.text.isalpha() else None
        strength = strength_of(token._replace(text=meant) if meant else token)
        place = (token.start, token.end, token.position, token.kind)
        yield Word(surface, *place, strength)
        if meant:
            yield Word(meant, *place, strength)


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
