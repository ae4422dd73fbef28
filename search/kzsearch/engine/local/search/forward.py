"""Terms of a stored article found through the forward index, without analysing its text again."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from kzsearch.engine.document import Tokens
from kzsearch.engine.interface import LocatedTerm
from kzsearch.engine.local.search.cache import once
from kzsearch.engine.local.segment_api import SegmentReader
from kzsearch.engine.schema import TermKind, TextField

__all__ = ["ForwardTerms"]


class ForwardTerms:
    """The terms of one article (``TermFinder`` in engine/interface.py)."""

    def __init__(self, reader: SegmentReader, number: int) -> None:
        self._reader = reader
        self._number = number

    @once
    def _tokens(self) -> tuple[Tokens, Tokens]:
        return self._reader.tokens(self._number)

    def find(
        self, field: TextField, words: Set[str], prefixes: tuple[str, ...]
    ) -> list[LocatedTerm]:
        """Terms whose surface or a stem is one of ``words``, or whose surface begins so."""
        tokens = self._tokens[0 if field is TextField.TITLE else 1]
        if not len(tokens):
            return []
        reader = self._reader
        exact, stems = reader.dictionary(TermKind.EXACT), reader.dictionary(TermKind.STEM)
        surfaces = reader.word_surfaces[tokens.words]
        found = np.isin(surfaces, [exact.number(word) for word in sorted(words)])
        for prefix in prefixes:
            first, end = exact.span(prefix)
            found |= (surfaces >= first) & (surfaces < end)
        wanted = [number for word in words if (number := stems.number(word)) >= 0]
        if wanted:
            found |= self._with_stems(tokens, wanted)
        ends, numbers = reader.word_stems
        terms = []
        for place in np.flatnonzero(found).tolist():
            word = int(tokens.words[place])
            begin = int(ends[word - 1]) if word else 0
            terms.append(
                LocatedTerm(
                    exact.term(int(surfaces[place])),
                    tuple(stems.term(int(stem)) for stem in numbers[begin : int(ends[word])]),
                    int(tokens.starts[place]),
                    int(tokens.ends[place]),
                    int(tokens.positions[place]),
                )
            )
        return terms

    def _with_stems(self, tokens: Tokens, wanted: list[int]) -> np.ndarray:
        """For each token whether one of its stems is wanted."""
        ends, numbers = self._reader.word_stems
        words = tokens.words.astype(np.int64)
        begins = np.where(words > 0, ends[words - 1], 0).astype(np.int64)
        lengths = ends[words].astype(np.int64) - begins
        total = np.cumsum(lengths)
        at = np.arange(total[-1]) + np.repeat(begins - (total - lengths), lengths)
        hits = np.isin(numbers[at], wanted)
        return np.logical_or.reduceat(hits, total - lengths)
