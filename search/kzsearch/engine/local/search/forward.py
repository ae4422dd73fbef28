"""Terms of a stored article found through the forward index, without analysing its text again."""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import Tokens
from kzsearch.engine.interface import LocatedTerm
from kzsearch.engine.local.search.cache import once
from kzsearch.engine.local.segment_api import Dictionary, SegmentReader
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
        """Terms whose surface or a stem is one of ``words``, or whose surface begins so.

        Of the stems of a term only those are given that are among ``words``.
        """
        tokens = self._tokens[0 if field is TextField.TITLE else 1]
        if not len(tokens):
            return []
        reader = self._reader
        exact = reader.dictionary(TermKind.EXACT)
        surfaces = reader.word_surfaces[tokens.words]
        names = _numbered(exact, words)
        found = _among(surfaces, names)
        for prefix in prefixes:
            first, end = exact.span(prefix)
            found |= (surfaces >= first) & (surfaces < end)
        stem_names = _numbered(reader.dictionary(TermKind.STEM), words)
        stems = self._stems(tokens, stem_names, found)
        terms = []
        for place in np.flatnonzero(found).tolist():
            surface = int(surfaces[place])
            terms.append(
                LocatedTerm(
                    names.get(surface) or exact.term(surface),
                    stems.get(place, ()),
                    int(tokens.starts[place]),
                    int(tokens.ends[place]),
                    int(tokens.positions[place]),
                )
            )
        return terms

    def _stems(
        self, tokens: Tokens, names: Mapping[int, str], found: NDArray[np.bool_]
    ) -> dict[int, tuple[str, ...]]:
        """The stems with names of the tokens that have any; these are marked in ``found``."""
        if not names:
            return {}
        ends, numbers = self._reader.word_stems
        words = tokens.words.astype(np.int64)
        begins = np.where(words > 0, ends[words - 1], 0).astype(np.int64)
        counts = ends[words].astype(np.int64) - begins
        stems: dict[int, tuple[str, ...]] = {}
        for rank in range(int(counts.max(initial=0))):  # nearly every word has one or two
            having = np.flatnonzero(counts > rank)
            held = numbers[begins[having] + rank]
            for place, number in zip(
                having[hit := _among(held, names)].tolist(), held[hit].tolist(), strict=True
            ):
                stems[place] = (*stems.get(place, ()), names[number])
                found[place] = True
        return stems


def _numbered(dictionary: Dictionary, words: Set[str]) -> dict[int, str]:
    """The words that a dictionary holds, by number."""
    return {number: word for word in words if (number := dictionary.number(word)) >= 0}


def _among(values: NDArray[np.uint32], numbers: Mapping[int, str]) -> NDArray[np.bool_]:
    """For each value whether it is one of a few numbers."""
    found = np.zeros(len(values), np.bool_)
    for number in numbers:
        found |= values == number
    return found
