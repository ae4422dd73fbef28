"""A text as the runs without white space it is made of, each with the words and stems it holds.

What a run holds depends on nothing around it but the language its words are read in
(``text/runs.py``). News repeats its words, so what runs hold is remembered, and a text that must
be read again, to be marked, takes little more than looking its runs up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import accumulate, chain
from typing import NamedTuple

from kzsearch.morphology.variants import with_variants
from kzsearch.text import TokenKind
from kzsearch.text.languages import LanguageEvidence, evidence_of, russian_positions
from kzsearch.text.memory import remember
from kzsearch.text.runs import Word, read_run, split_runs
from kzsearch.text.scripts import Script

__all__ = ["LITERAL", "RunReader", "RunReading", "Runs"]

LITERAL = frozenset((TokenKind.URL, TokenKind.EMAIL, TokenKind.HASHTAG))
"""Kinds of tokens that are their own stems."""

_MEMORY = 1 << 15  # runs of one script, about 1 KB each
_LONGEST = 64  # code points of a run that is remembered, so that the memory holds no giants


class RunReading(NamedTuple):
    """What a run holds, places counted from its beginning.

    words: each with the stems it has unless it is read as Russian.
    keys: all surfaces and those stems.
    evidence: what the words say for Russian.
    positions: how many it takes up.
    """

    words: Sequence[tuple[Word, tuple[str, ...]]]
    keys: Sequence[str]
    evidence: LanguageEvidence
    positions: int


class Runs(NamedTuple):
    """The runs of a text: where each starts, its first word's position, and what it holds."""

    starts: Sequence[int]
    positions: Sequence[int]
    readings: Sequence[RunReading]

    def at(self, number: int) -> tuple[int, int, RunReading]:
        """Start, first position and reading of a run."""
        return self.starts[number], self.positions[number], self.readings[number]

    def russian(self) -> set[int]:
        """The positions that are read as Russian."""
        evidence = [reading.evidence for reading in self.readings]
        return russian_positions(self.starts, self.positions, evidence)


class RunReader:
    """Reads texts run by run; safe to share between threads."""

    def __init__(self, stems: Callable[[str], tuple[str, ...]]) -> None:
        """``stems`` gives the stems of a word that is not read as Russian."""
        self._stems = stems
        self._remembered = {script: self._memory(script) for script in Script}
        self.read = remember(self._read_all)

    def _read_all(self, text: str, script: Script) -> Runs:
        """The runs of a text."""
        starts, runs = split_runs(text)
        read = self._remembered[script]
        readings = [
            read(run) if len(run) <= _LONGEST else self.read_run(run, script) for run in runs
        ]
        positions = accumulate((reading.positions for reading in readings), initial=0)
        return Runs(starts, list(positions), readings)

    def _memory(self, script: Script) -> Callable[[str], RunReading]:
        """``read_run`` for one script, remembered by the run alone, which is the fastest key."""
        return lru_cache(_MEMORY)(partial(self.read_run, script=script))

    def read_run(self, run: str, script: Script) -> RunReading:
        """What a run holds, not remembered."""
        words = read_run(run, script)
        stems = [
            (word.surface,)
            if word.kind in LITERAL
            else with_variants(run, word, before, self._stems)
            for before, word in zip([None, *words], words, strict=False)
        ]
        return RunReading(
            tuple(zip(words, stems, strict=True)),
            tuple(dict.fromkeys(chain((word.surface for word in words), *stems))),
            evidence_of(
                [(word.position, word.start, word.end) for word in words],
                [word.strength for word in words],
            ),
            words[-1].position + 1 if words else 0,
        )
