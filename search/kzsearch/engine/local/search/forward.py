"""Terms of a stored article found through the forward index, without analysing its text again."""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import Tokens
from kzsearch.engine.interface import LocatedTerm
from kzsearch.engine.local.search.postings import looked_up
from kzsearch.engine.local.segment_api import Dictionary, SegmentReader
from kzsearch.engine.schema import TermKind, TextField

__all__ = ["ForwardTerms"]

Located = tuple[list[LocatedTerm], list[LocatedTerm]]
"""The terms found in a title, and those found in its body."""


class ForwardTerms:
    """The terms of one article (``TermFinder`` in engine/interface.py)."""

    def __init__(self, reader: SegmentReader, number: int) -> None:
        self._reader = reader
        self._number = number
        self._found: tuple[Set[str], tuple[str, ...], Located] | None = None

    def find(
        self, field: TextField, words: Set[str], prefixes: tuple[str, ...]
    ) -> list[LocatedTerm]:
        """Terms whose surface or a stem is one of ``words``, or whose surface begins so.

        Of the stems of a term only those are given that are among ``words``.
        """
        known = self._found  # title and body are asked for the same, one after the other
        if known is None or known[0] != words or known[1] != prefixes:
            known = self._found = words, prefixes, self._find(words, prefixes)
        return known[2][0 if field is TextField.TITLE else 1]

    def _find(self, words: Set[str], prefixes: tuple[str, ...]) -> Located:
        """Terms of the title and of the body, looked for together: it is little more work."""
        title, body = self._reader.tokens(self._number)
        numbers = np.concatenate([title.words, body.words]).astype(np.int64)
        if not len(numbers):
            return [], []
        reader = self._reader
        exact = reader.dictionary(TermKind.EXACT)
        surfaces = reader.word_surfaces[numbers]
        names = _numbered(exact, words)
        found = _among(surfaces, names)
        for prefix in prefixes:
            first, end = exact.span(prefix)
            found |= (surfaces >= first) & (surfaces < end)
        stem_names = _numbered(reader.dictionary(TermKind.STEM), words)
        stems = self._stems(numbers, stem_names, found)
        places = found.nonzero()[0]
        surface_of = dict(zip(places.tolist(), surfaces[places].tolist(), strict=True))
        titles = int(places.searchsorted(len(title)))

        def located(tokens: Tokens, places: NDArray[np.int64], moved: int) -> list[LocatedTerm]:
            inside = places - moved
            return [
                LocatedTerm(
                    names.get(surface_of[place]) or exact.term(surface_of[place]),
                    stems.get(place, ()),
                    start,
                    end,
                    position,
                )
                for place, start, end, position in zip(
                    places.tolist(),
                    tokens.starts[inside].tolist(),
                    tokens.ends[inside].tolist(),
                    tokens.positions[inside].tolist(),
                    strict=True,
                )
            ]

        return located(title, places[:titles], 0), located(body, places[titles:], len(title))

    def _stems(
        self, words: NDArray[np.int64], names: Mapping[int, str], found: NDArray[np.bool_]
    ) -> dict[int, tuple[str, ...]]:
        """The stems with names of the words that have any; these are marked in ``found``."""
        if not names:
            return {}
        ends, numbers = self._reader.word_stems
        at = ends[words - 1].astype(np.int64)
        at[words == 0] = 0
        last = ends[words]
        stems: dict[int, tuple[str, ...]] = {}
        places = np.arange(len(words))
        while len(having := (at < last).nonzero()[0]):  # nearly every word has one or two
            at, last, places = at[having], last[having], places[having]
            held = numbers[at]
            (hit,) = _among(held, names).nonzero()
            for place, number in zip(places[hit].tolist(), held[hit].tolist(), strict=True):
                stems[place] = (*stems.get(place, ()), names[number])
                found[place] = True
            at += 1
        return stems


def _numbered(dictionary: Dictionary, words: Set[str]) -> dict[int, str]:
    """The words that a dictionary holds, by number."""
    return {number: word for word in words if (number := dictionary.number(word)) >= 0}


_FEW = 6
"""Numbers up to which it is quicker to compare with each."""


def _among(values: NDArray[np.uint32], numbers: Mapping[int, str]) -> NDArray[np.bool_]:
    """For each value whether it is one of a few numbers."""
    if len(numbers) > _FEW:
        return looked_up(values, np.array(sorted(numbers), values.dtype))[1]
    found = np.zeros(len(values), np.bool_)
    for number in numbers:
        found |= values == number
    return found
