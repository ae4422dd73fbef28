"""The words of a generation of the embedded engine, answered from its dictionaries in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from kzsearch.engine.local.search import Snapshot
from kzsearch.engine.local.search.snapshot import Part
from kzsearch.engine.local.suggest import Completer
from kzsearch.engine.schema import PREFIX_LETTERS, TermKind

__all__ = ["LocalVocabulary"]

_MEMORY = 50_000
"""Answers that are remembered, of each kind."""


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
        parts = self._snapshot.parts
        if len(parts) != 1:
            return max(self._snapshot.terms(kind, prefix).values(), default=0)
        dictionary = parts[0].segment.reader.dictionary(kind)
        first, end = dictionary.span(prefix)
        return int(dictionary.doc_freqs[first:end].max(initial=0))

    def words(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Words as written that begin so, see ``Vocabulary``; deleted articles may count."""
        parts = self._snapshot.parts
        if len(parts) == 1:
            yield from _words(parts[0], prefix)
            return
        counts: dict[str, int] = {}
        for part in parts:
            if not counts:
                counts.update(_words(part, prefix))
                continue
            for word, count in _words(part, prefix):
                counts[word] = counts.get(word, 0) + count
        yield from sorted(counts.items())

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


def _words(part: Part, prefix: str) -> Iterable[tuple[str, int]]:
    dictionary = part.segment.reader.dictionary(TermKind.EXACT)
    first, end = dictionary.span(prefix)
    counts = dictionary.doc_freqs[first:end].tolist()
    terms = map(dictionary.term, range(first, end)) if prefix else dictionary.terms()
    return zip(terms, counts, strict=True)
