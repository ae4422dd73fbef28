"""Texts as rows of numbers: the terms of ``Analyzer.analyze`` without an object for each.

For indexing, which reads millions of words that are mostly the same. What a run holds is kept as
numbers in flat arrays, so that reading texts is looking their runs up and putting arrays together.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from kzsearch.morphology.analyzer import Analyzer, stems_of
from kzsearch.morphology.reader import RunReading
from kzsearch.morphology.terms import Term
from kzsearch.text import Language, TokenKind
from kzsearch.text.languages import LanguageEvidence, label, russian_positions
from kzsearch.text.runs import TextRuns, split_texts
from kzsearch.text.scripts import Script

__all__ = ["NumberedTexts", "TextNumberer", "WordStems"]

MEMORY = 1 << 24
"""Code points of runs that are kept, each run and token counted ``RUN`` more: some 130,000 runs."""

RUN = 56

RUN_ROW = 3
"""Numbers kept of a run: its first token, how many it has, how many positions it takes up."""

TOKEN_ROW = 5
WORD, RUSSIAN, POSITION, START, END = range(TOKEN_ROW)
"""Numbers kept of a token of a run: its word, that in Russian, and where it stands in the run."""

_UNREAD = -1  # a word that has not been met in Russian yet

WordStems = tuple[str, tuple[str, ...]]
"""A surface and its stems."""

U32 = NDArray[np.uint32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NumberedTexts:
    """The terms of some texts, one row each, in order.

    ends: for each text where its rows end.
    run_ends: for each text where its runs end.
    line_ends: for each line feed in the texts how many runs stand before it.
    marks: the mark of each run, see ``TextNumberer``.
    words: numbers of the words of the numberer, as they are until its next call.
    positions, starts, ends_at: of each term in its text.
    """

    numberer: TextNumberer
    ends: Numbers
    run_ends: Numbers
    line_ends: Numbers
    marks: NDArray[np.uint8]
    words: U32
    positions: U32
    starts: U32
    ends_at: U32
    _tokens: Numbers
    _russian: NDArray[np.bool_]

    def terms(self, text: int) -> Iterator[Term]:
        """The terms of a text as ``Analyzer.analyze`` gives them."""
        rows = slice(int(self.ends[text - 1]) if text else 0, int(self.ends[text]))
        columns = (self.words, self.starts, self.ends_at, self.positions)
        for word, start, end, position, token, russian in zip(
            *(column[rows].tolist() for column in (*columns, self._tokens, self._russian)),
            strict=True,
        ):
            surface, stems = self.numberer.words[word]
            kind, language = self.numberer.nature(token, russian=russian)
            yield Term(surface, stems, start, end, position, kind, language)


class _Runs(dict[str, int]):
    """Runs of one script, numbered as they come."""

    def __init__(self, numberer: TextNumberer, script: Script) -> None:
        super().__init__()
        self._numberer = numberer
        self._script = script

    def __missing__(self, run: str) -> int:
        number = self[run] = self._numberer.take_in(run, self._script)
        return number


def _no_mark(_run: str) -> int:
    return 0


class TextNumberer:
    """Reads texts as numbers; for one thread.

    words: the distinct words, numbered as they came. Another call of ``number`` may begin them
        anew: what is remembered is bounded.
    first_stems: of each word the likeliest stem.
    mark_of: what else the caller wants to know of each run, below 256; it is kept with the run.
    """

    words: list[WordStems]
    first_stems: list[str]

    def __init__(self, analyzer: Analyzer, mark_of: Callable[[str], int] = _no_mark) -> None:
        self._analyzer = analyzer
        self._mark_of = mark_of
        self._forget()

    def _forget(self) -> None:
        self.words = []
        self.first_stems = []
        self._numbers: dict[WordStems, int] = {}
        self._size = 0
        self._runs = {script: _Runs(self, script) for script in Script}
        self._evidence: list[LanguageEvidence] = []  # of each run
        self._speaks = bytearray()
        self._marks = bytearray()
        self._shared: dict[LanguageEvidence, LanguageEvidence] = {}
        self._run_rows = array("i")
        self._token_rows = array("i")
        self._kind: list[TokenKind] = []  # of each token of a run
        self._strength = array("d")

    def number(self, texts: Sequence[tuple[str, Script]]) -> NumberedTexts:
        """Read texts, each written in a script, see ``Analyzer.analyze``."""
        if self._size >= MEMORY:
            self._forget()
        split = split_texts([text for text, _ in texts])
        run = self._runs_of(split, [script for _, script in texts])
        run_start, run_ends = split.starts, split.ends
        first, counts, run_places = _rows(self._run_rows, RUN_ROW)[run].T
        token_ends = _with_zero(np.cumsum(counts))
        tokens = np.repeat(first - token_ends[:-1], counts)
        tokens += np.arange(len(tokens))
        run_places = _with_zero(np.cumsum(run_places))
        rows = _rows(self._token_rows, TOKEN_ROW)[tokens]
        places = np.repeat(run_places[:-1], counts) + rows[:, POSITION]
        ends = token_ends[run_ends]
        base = _with_zero(run_places[run_ends])[:-1]
        russian = np.zeros(int(run_places[-1]), np.bool_)
        russian[self._russian(run, run_start, run_places, run_ends)] = True
        is_russian = russian[places]
        offset = np.repeat(run_start, counts)
        return NumberedTexts(
            self,
            ends,
            run_ends,
            split.line_ends,
            np.frombuffer(self._marks, np.uint8)[run],
            self._words_of(tokens, rows[:, WORD], is_russian),
            (places - np.repeat(base, np.diff(ends, prepend=0))).astype(np.uint32),
            (offset + rows[:, START]).astype(np.uint32),
            (offset + rows[:, END]).astype(np.uint32),
            tokens,
            is_russian,
        )

    def _runs_of(self, split: TextRuns, scripts: Sequence[Script]) -> Numbers:
        """The number of each run."""
        found: list[Iterable[int]] = []
        begin = 0
        of_texts = zip(scripts, split.ends.tolist(), strict=True)
        for script, ends in groupby(of_texts, key=itemgetter(0)):
            *_, (_, end) = ends
            found.append(map(self._runs[script].__getitem__, split.runs[begin:end]))
            begin = end
        return np.fromiter(chain.from_iterable(found), np.int64, len(split.runs))

    def take_in(self, run: str, script: Script) -> int:
        """Read a run that is not known; returns its number."""
        reading: RunReading = self._analyzer.reading(run, script)
        number = len(self._evidence)
        self._run_rows.extend((len(self._kind), len(reading.words), reading.positions))
        self._evidence.append(self._shared.setdefault(reading.evidence, reading.evidence))
        self._speaks.append(reading.evidence.speaks)
        self._marks.append(self._mark_of(run))
        for (surface, start, end, position, kind, strength), stems in reading.words:
            word = self._number(surface, stems)
            self._token_rows.extend((word, _UNREAD, position, start, end))
            self._kind.append(kind)
            self._strength.append(math.nan if strength is None else strength)
            self._size += RUN
        self._size += RUN + len(run)
        return number

    def nature(self, token: int, *, russian: bool) -> tuple[TokenKind, Language]:
        """Kind and language of a token of a run, its position being read as Russian or not."""
        strength = self._strength[token]
        language = label(None if math.isnan(strength) else strength, russian)
        return self._kind[token], language

    def _number(self, surface: str, stems: tuple[str, ...]) -> int:
        word = surface, stems
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
            self.first_stems.append(stems[0])
        return number

    def _words_of(
        self, tokens: Numbers, words: NDArray[np.int32], russian: NDArray[np.bool_]
    ) -> U32:
        """The word of each token, given what it is unless it is read as Russian."""
        places = np.flatnonzero(russian)
        of_places = tokens[places]
        read = _rows(self._token_rows, TOKEN_ROW)[of_places, RUSSIAN]
        for token in np.unique(of_places[read == _UNREAD]).tolist():
            kind, language = self.nature(token, russian=True)
            surface, stems = self.words[self._token_rows[TOKEN_ROW * token + WORD]]
            stems = stems_of(surface, stems, kind, language)
            self._token_rows[TOKEN_ROW * token + RUSSIAN] = self._number(surface, stems)
        words = words.copy()
        words[places] = _rows(self._token_rows, TOKEN_ROW)[of_places, RUSSIAN]
        return words.astype(np.uint32)

    def _russian(
        self, run: Numbers, run_start: Numbers, run_places: Numbers, run_ends: Numbers
    ) -> list[int]:
        """The places read as Russian, counted through all texts."""
        speaking = np.flatnonzero(np.frombuffer(self._speaks, np.bool_)[run])
        bounds = speaking.searchsorted(run_ends).tolist()
        found: list[int] = []
        begin = since = 0
        for end, bound in zip(run_ends.tolist(), bounds, strict=True):
            if bound > since:
                evidence = [self._evidence[number] for number in run[begin:end].tolist()]
                starts, places = (each[begin:end].tolist() for each in (run_start, run_places))
                found += russian_positions(starts, places, evidence)
            begin, since = end, bound
        return found


def _rows(numbers: array[int], each: int) -> NDArray[np.int32]:
    """The rows as they are now; must be let go of before any are added."""
    flat = np.frombuffer(numbers, np.int32) if numbers else np.zeros(0, np.int32)
    return flat.reshape(-1, each)


def _with_zero(numbers: Numbers) -> Numbers:
    return np.concatenate([np.zeros(1, np.int64), numbers])
