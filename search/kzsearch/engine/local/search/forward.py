"""Terms of stored articles found through the forward index, without analysing texts again.

The hits of a page are asked for the same terms one after another, so they are looked for in
all of them at once: most of the work is the same for ten articles as for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import Tokens
from kzsearch.engine.interface import LocatedTerm
from kzsearch.engine.local.search.postings import looked_up
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.segment_api import Dictionary, SegmentReader
from kzsearch.engine.schema import TermKind, TextField

__all__ = ["ForwardTerms", "forward_terms"]

AT_ONCE = 20
"""Articles that terms are looked for in at once: more would only take memory."""


def forward_terms(snapshot: Snapshot, documents: Iterable[int]) -> dict[int, ForwardTerms]:
    """The terms of some documents, by document."""
    numbers: defaultdict[SegmentReader, list[tuple[int, int]]] = defaultdict(list)
    for document in documents:
        part, number = snapshot.place(document)
        numbers[part.segment.reader].append((document, number))
    found = {}
    for reader, rows in numbers.items():
        for begin in range(0, len(rows), AT_ONCE):
            some = rows[begin : begin + AT_ONCE]
            together = _Articles(reader, [number for _, number in some])
            for place, (document, _) in enumerate(some):
                found[document] = ForwardTerms(together, place)
    return found


class ForwardTerms:
    """The terms of one article (``TermFinder`` in engine/interface.py)."""

    def __init__(self, together: _Articles, place: int) -> None:
        self._together = together
        self._place = place

    def find(
        self, field: TextField, words: Set[str], prefixes: tuple[str, ...]
    ) -> list[LocatedTerm]:
        """Terms whose surface or a stem is one of ``words``, or whose surface begins so.

        Of the stems of a term only those are given that are among ``words``.
        """
        text = 2 * self._place + (field is not TextField.TITLE)
        return self._together.find(words, prefixes)[text]


class _Articles:
    """Some articles of a segment. Safe from many threads."""

    def __init__(self, reader: SegmentReader, numbers: Sequence[int]) -> None:
        self._reader = reader
        self._numbers = numbers
        self._found: tuple[Set[str], tuple[str, ...], list[list[LocatedTerm]]] | None = None
        self._lock = Lock()

    def find(self, words: Set[str], prefixes: tuple[str, ...]) -> list[list[LocatedTerm]]:
        """See ``ForwardTerms.find``: of each title and body, the first article's first."""
        with self._lock:
            known = self._found
            if known is None or known[0] != words or known[1] != prefixes:
                known = self._found = words, prefixes, self._find(words, prefixes)
            return known[2]

    @cached_property
    def _tokens(self) -> tuple[Tokens, NDArray[np.int64]]:
        return self._reader.tokens_of(self._numbers)

    def _find(self, words: Set[str], prefixes: tuple[str, ...]) -> list[list[LocatedTerm]]:
        tokens, lengths = self._tokens
        reader = self._reader
        exact = reader.dictionary(TermKind.EXACT)
        surfaces = reader.word_surfaces[tokens.words]
        names = _numbered(exact, words)
        found = _among(surfaces, names)
        for prefix in prefixes:
            first, end = exact.span(prefix)
            found |= (surfaces >= first) & (surfaces < end)
        stem_names = _numbered(reader.dictionary(TermKind.STEM), words)
        stems = self._stems(tokens.words, stem_names, found)
        places = found.nonzero()[0]
        located = [
            LocatedTerm(
                names.get(surface) or exact.term(surface),
                stems.get(place, ()),
                start,
                end,
                position,
            )
            for place, surface, start, end, position in zip(
                places.tolist(),
                surfaces[places].tolist(),
                tokens.starts[places].tolist(),
                tokens.ends[places].tolist(),
                tokens.positions[places].tolist(),
                strict=True,
            )
        ]
        borders = places.searchsorted(lengths.cumsum()).tolist()
        return [located[begin:end] for begin, end in pairwise([0, *borders])]

    def _stems(
        self, words: NDArray[np.uint32], names: Mapping[int, str], found: NDArray[np.bool_]
    ) -> dict[int, tuple[str, ...]]:
        """The stems with names of the words that have any; these are marked in ``found``."""
        if not names:
            return {}
        ends, numbers = self._reader.word_stems
        words = words.astype(np.intp)
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
