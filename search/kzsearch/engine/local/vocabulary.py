"""The words of a generation of the embedded engine, answered from its dictionaries in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import numpy as np

from kzsearch.engine.local.search import Snapshot
from kzsearch.engine.local.search.snapshot import Part
from kzsearch.engine.local.suggest import Completer
from kzsearch.engine.schema import PREFIX_LETTERS, TermKind
from kzsearch.engine.vocabulary import WordList

__all__ = ["LocalVocabulary"]

_MEMORY = 50_000
"""Answers that are remembered, of each kind,"""

_FEW = 1_000
"""and lists of words, each of up to some hundreds."""


class LocalVocabulary:
    """The words of one snapshot (``Vocabulary`` in engine/vocabulary.py).

    generation: what ``Engine.generation`` says of it.
    """

    def __init__(self, snapshot: Snapshot, completer: Completer, generation: int) -> None:
        self.generation = generation
        self._snapshot = snapshot
        self._completer = completer
        self._known: dict[TermKind, dict[str, int]] = {kind: {} for kind in TermKind}
        self._prefixes: dict[str, int] = {}
        self._surfaces: dict[str, dict[str, bool]] = {}

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self._snapshot.count

    def doc_freq(self, word: str) -> int:
        """How many articles hold a word as written, see ``Vocabulary``."""
        return self._doc_freq(TermKind.EXACT, word)

    def stem_doc_freq(self, stem: str) -> int:
        """How many articles hold a stem."""
        return self._doc_freq(TermKind.STEM, stem)

    def _doc_freq(self, kind: TermKind, term: str) -> int:
        known = self._known[kind]
        found = known.get(term)
        if found is None:
            if len(known) >= _MEMORY:
                known.clear()
            found = known[term] = sum(_live(part, kind, term) for part in self._snapshot.parts)
        return found

    def prefix_doc_freq(self, prefix: str) -> int:
        """About how common words are that begin so, see ``Vocabulary``."""
        found = self._prefixes.get(prefix)
        if found is None:
            if len(self._prefixes) >= _MEMORY:
                self._prefixes.clear()
            kind = TermKind.PREFIX if len(prefix) <= PREFIX_LETTERS else TermKind.EXACT
            found = self._prefixes[prefix] = self._commonest(kind, prefix)
        return found

    def _commonest(self, kind: TermKind, prefix: str) -> int:
        """Terms of the longest dictionary are looked up singly only where others have them too."""
        dictionaries = [part.segment.reader.dictionary(kind) for part in self._snapshot.parts]
        most = 0
        shared = set[str]()
        longest = max(dictionaries, key=len, default=None)
        for dictionary in dictionaries:
            first, end = dictionary.span(prefix)
            most = max(most, int(dictionary.doc_freqs[first:end].max(initial=0)))
            if dictionary is not longest:
                shared.update(map(dictionary.term, range(first, end)))
        return max([most, *(self._snapshot.doc_freq(kind, term) for term in shared)])

    def surfaces(self, stem: str) -> Mapping[str, bool]:
        """All words as written that have a stem, see ``Vocabulary``."""
        found = self._surfaces.get(stem)
        if found is None:
            if len(self._surfaces) >= _FEW:
                self._surfaces.clear()
            found = {}
            for part in self._snapshot.parts:
                for surface, is_likeliest in _surfaces(part, stem):
                    found[surface] = found.get(surface, False) or is_likeliest
            self._surfaces[stem] = found
        return found

    def word_lists(self) -> list[WordList]:
        """Words as written, a list for each segment, see ``Vocabulary``."""
        entries = self._snapshot.manifest.segments
        return [
            WordList(entry.identity, partial(_words, part))
            for entry, part in zip(entries, self._snapshot.parts, strict=True)
        ]

    def title_doc_freq(self, word: str) -> int:
        """How often titles hold a folded word, see ``Vocabulary``."""
        return self._completer.frequency(word, beginning=False)

    def title_prefix_freq(self, prefix: str) -> int:
        """How often titles hold words that begin so, see ``Vocabulary``."""
        return self._completer.frequency(prefix, beginning=True)


def _live(part: Part, kind: TermKind, term: str) -> int:
    """How many live articles of a segment hold a term; reads postings only if some are deleted."""
    reader = part.segment.reader
    dictionary = reader.dictionary(kind)
    number = dictionary.number(term)
    if number < 0:
        return 0
    if part.live is None:
        return int(dictionary.doc_freqs[number])
    return int(np.count_nonzero(part.live[reader.postings(kind, number).docs]))


def _words(part: Part) -> Iterable[tuple[str, int]]:
    dictionary = part.segment.reader.dictionary(TermKind.EXACT)
    return zip(dictionary.terms(), dictionary.doc_freqs.tolist(), strict=True)


def _surfaces(part: Part, stem: str) -> Iterator[tuple[str, bool]]:
    """The words of a segment that have a stem, and whether it is their first."""
    reader = part.segment.reader
    number = reader.dictionary(TermKind.STEM).number(stem)
    if number < 0:
        return
    ends, stems = reader.word_stems
    places = np.flatnonzero(stems == number)
    words = ends.searchsorted(places.astype(ends.dtype), side="right")
    is_first = (words == 0) & (places == 0) | (words > 0) & (places == ends[words - 1])
    term = reader.dictionary(TermKind.EXACT).term
    yield from zip(map(term, reader.word_surfaces[words].tolist()), is_first.tolist(), strict=True)
