"""The words of a text in any script, read one run at a time.

A run holds no white space but that of a word which white space breaks (``gaps.py``) and that
before a unit of one letter (``digit_groups.py``); but to find these, nothing in normalising,
converting or tokenising looks across white space. So what a run holds depends on nothing around
it. News repeats its words, so who remembers what runs hold reads a text by looking its runs up
(``morphology.Analyzer`` does).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kzsearch.text.code_units import code_units
from kzsearch.text.digit_groups import SPACES as DIGIT_SPACES
from kzsearch.text.digit_groups import unit_spaces
from kzsearch.text.folding import fold
from kzsearch.text.gaps import BREAKING, LONE, LONGEST_LONE, find_gaps, gaps_inside, may_part
from kzsearch.text.languages import strength_of
from kzsearch.text.normalizer import normalize_text
from kzsearch.text.scripts import Converted, Script, restored, to_cyrillic
from kzsearch.text.scripts.script import AS_THEY_ARE
from kzsearch.text.tokenizer import tokenize
from kzsearch.text.tokens import Token, TokenKind

__all__ = ["TextRuns", "Word", "read_run", "split_runs", "split_texts"]

Numbers = NDArray[np.int64]
NONE: Numbers = np.zeros(0, np.int64)

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
    going_on = _going_on(text, runs, starts)
    return _joined(text, starts, runs, going_on) if going_on else (starts, runs)


def _going_on(text: str, runs: Sequence[str], starts: Sequence[int]) -> set[int]:
    """Where white space ends that parts no runs."""
    going_on = {gap.end for gap in find_gaps(text, runs, starts)}
    going_on.update(at + 1 for at in unit_spaces(text))
    return going_on


@dataclass(frozen=True, slots=True)
class TextRuns:
    """The runs of some texts, one behind another, as ``split_runs`` gives those of each.

    starts: where each begins in its text, code points.
    ends: for each text where its runs end.
    line_ends: for each line feed how many runs stand before it.
    """

    runs: Sequence[str]
    starts: Numbers
    ends: Numbers
    line_ends: Numbers

    def of(self, text: int) -> tuple[Sequence[str], Numbers]:
        """The runs of one text, and where they start."""
        part = slice(int(self.ends[text - 1]) if text else 0, int(self.ends[text]))
        return self.runs[part], self.starts[part]


def split_texts(texts: Sequence[str]) -> TextRuns:
    """The runs of some texts; of many at once it takes half the time.

    Texts in which nothing stands that a gap may be made of are not looked at one by one.
    """
    joined = "\n".join(texts)
    runs = joined.split()
    if not runs:
        return TextRuns([], NONE, np.zeros(len(texts), np.int64), NONE)
    units = code_units(joined)
    if len(units) != len(joined):  # emoji, which take two units
        units = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
        units = np.minimum(units, 0xFFFF).astype(np.uint16)  # which is no white space
    kinds = _kinds()[units]
    is_space = kinds >= _SPACE
    starts = np.flatnonzero(~is_space & np.append(True, is_space[:-1]))
    stops = np.flatnonzero(is_space & np.append(False, ~is_space[:-1]))
    lengths = np.append(stops, len(units))[: len(starts)] - starts
    begins = np.fromiter(accumulate(map(len, texts), lambda at, n: at + n + 1, initial=0), np.int64)
    bounds = starts.searchsorted(begins)
    ends = bounds[1:]
    line_ends = starts.searchsorted(np.flatnonzero(kinds == _LINE_FEED))
    going_on: dict[int, set[int]] = {}  # of each text that is not simply parted
    units_at = np.fromiter(unit_spaces(joined), np.int64)
    for text, at in zip(_texts_at(begins, units_at), units_at.tolist(), strict=True):
        going_on.setdefault(text, set()).add(at + 1 - int(begins[text]))
    starts -= np.repeat(begins[:-1], np.diff(bounds))
    split = TextRuns(runs, starts, ends, line_ends)
    may_have = set(_texts_at(begins, _may_be_gaps(kinds, is_space)))
    short = np.flatnonzero(lengths <= LONGEST_LONE)
    lone = short[[runs[run] in LONE for run in short.tolist()]]
    of_texts = ends.searchsorted(lone, "right")
    for text in np.unique(of_texts).tolist():
        if may_part([runs[run] for run in lone[of_texts == text].tolist()]):
            may_have.add(text)
    for text in may_have:
        own_runs, own_starts = split.of(text)
        if gaps := find_gaps(texts[text], own_runs, own_starts.tolist()):
            going_on.setdefault(text, set()).update(gap.end for gap in gaps)
    return _with_gaps(texts, split, going_on) if going_on else split


def _texts_at(begins: Numbers, places: Numbers) -> list[int]:
    """The text that each place is in, given where each text begins."""
    texts: list[int] = (begins.searchsorted(places, "right") - 1).tolist()
    return texts


def _with_gaps(texts: Sequence[str], split: TextRuns, going_on: Mapping[int, Set[int]]) -> TextRuns:
    """The runs of some texts, put together at the places where those of a text go on."""
    runs = list(split.runs)
    begins = np.ones(len(runs), np.bool_)
    for number, places in going_on.items():
        text, (_, starts) = texts[number], split.of(number)
        first = int(split.ends[number]) - len(starts)
        head = 0
        for at, start in enumerate(starts.tolist()):
            if start not in places:
                head = at
                continue
            begins[first + at] = False
            runs[first + head] = text[int(starts[head]) : start + len(runs[first + at])]
    counted = np.append(0, begins.cumsum())
    return TextRuns(
        list(compress(runs, begins.tolist())),
        split.starts[begins],
        counted[split.ends],
        counted[split.line_ends],
    )


_OTHER, _HYPHEN, _DIGIT, _SPACE, _DIGIT_SPACE, _LINE_FEED = range(6)
"""What a code unit is, as far as gaps go."""


@cache
def _kinds() -> NDArray[np.uint8]:
    """The kind of each code unit."""
    kinds = np.zeros(1 << 16, np.uint8)
    kinds[[at for at in range(0xD800) if chr(at).isspace()]] = _SPACE
    kinds[[ord(space) for space in DIGIT_SPACES]] = _DIGIT_SPACE
    kinds[[ord(hyphen) for hyphen in BREAKING]] = _HYPHEN
    kinds[ord("\n")] = _LINE_FEED
    kinds[ord("0") : ord("9") + 1] = _DIGIT
    return kinds


def _may_be_gaps(kinds: NDArray[np.uint8], is_space: NDArray[np.bool_]) -> Numbers:
    """Places before or in what may be a gap but for letters by themselves."""
    before, within, behind = kinds[:-2], kinds[1:-1], kinds[2:]
    broken = (within == _HYPHEN) & is_space[2:] & ~is_space[:-2]
    grouped = (within == _DIGIT_SPACE) & (before == _DIGIT) & (behind == _DIGIT)
    return np.flatnonzero(broken | grouped)


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
    text: str, starts: Sequence[int], runs: Sequence[str], going_on: Set[int]
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
