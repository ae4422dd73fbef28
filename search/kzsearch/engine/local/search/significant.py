"""Significant terms: stems that some documents have far more often than all documents.

Scored by the log-likelihood ratio of their document frequencies (Dunning 1993). Candidates are
counted by the forward index, words in page furniture among them; the best are counted anew by their
postings, which tell furniture apart and leave deleted articles out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.interface import SignificantTerm
from kzsearch.engine.local.search.postings import member
from kzsearch.engine.local.search.snapshot import Part, Snapshot
from kzsearch.engine.local.segment_api import Postings, SegmentReader
from kzsearch.engine.schema import TermKind

__all__ = ["log_likelihood", "significant_terms"]

CANDIDATES = 4
"""Times as many candidates are counted by their postings as terms are wanted."""

LEAST_HITS = 2
"""Documents that must have a term, at least; and at least so many of a hundred:"""

LEAST_SHARE = 0.03

LEAST_LIFT = 2.0
"""How many times more often than all articles the documents must have it."""

Numbers = NDArray[np.int64]
Wanted = Callable[[str], bool]


def significant_terms(
    snapshot: Snapshot, documents: Sequence[int], most: int, wanted: Wanted
) -> tuple[SignificantTerm, ...]:
    """The most significant stems of some documents, best first, ties by code points.

    wanted: whether a word as written, in small letters, may stand for a stem.
    Raises IndexDamagedError.
    """
    least = max(LEAST_HITS, math.ceil(LEAST_SHARE * len(documents)))
    held = [_Held(part.segment.reader, rows) for part, rows in _by_part(snapshot, documents)]
    often = Counter[str]()
    for each in held:
        often.update(each.counts(least if len(held) == 1 else 1))
    rough = {
        stem: log_likelihood(count, len(documents), _live_freq(snapshot, stem), snapshot.count)
        for stem, count in often.items()
        if count >= least
    }
    ranked = sorted(rough, key=lambda stem: (-rough[stem], stem))[: CANDIDATES * most]
    surfaces = defaultdict[str, Counter[str]](Counter)
    for each in held:
        each.count_surfaces(ranked, surfaces)
    docs = np.array(sorted(documents), np.intp)
    found: dict[str, SignificantTerm] = {}
    for stem in ranked:
        surface = _commonest(surfaces[stem])
        if not wanted(surface) or surface in found:
            continue
        postings = _outside_furniture(snapshot.postings(TermKind.STEM, stem))
        hits = int(member(postings, docs).sum())
        if hits < least:
            continue
        score = log_likelihood(hits, len(documents), len(postings), snapshot.count)
        if score > 0:
            found[surface] = SignificantTerm(stem, surface, hits, len(postings), score)
    best = sorted(found.values(), key=lambda term: (-term.score, term.surface))
    return tuple(best[:most])


def log_likelihood(hits: int, looked_at: int, articles: int, everything: int) -> float:
    """How surely a term is commoner in some documents than elsewhere; 0 where it is not.

    hits: those of the ``looked_at`` documents that have it; articles: those of ``everything``.
    """
    share, share_elsewhere = hits / looked_at, articles / everything
    if share < LEAST_LIFT * share_elsewhere:
        return 0.0
    others = max(articles - hits, 0)
    rest = max(everything - looked_at, 1)
    together = (hits + others) / (looked_at + rest)
    return 2 * (
        _surprise(hits, looked_at * together)
        + _surprise(looked_at - hits, looked_at * (1 - together))
        + _surprise(others, rest * together)
        + _surprise(rest - others, rest * (1 - together))
    )


def _surprise(seen: float, expected: float) -> float:
    return seen * math.log(seen / expected) if seen > 0 and expected > 0 else 0.0


class _Held:
    """The stems that some documents of a segment hold, each once a document and surface."""

    def __init__(self, reader: SegmentReader, numbers: Sequence[int]) -> None:
        self._reader = reader
        tokens, lengths = reader.tokens_of(numbers)
        texts = np.repeat(np.arange(len(lengths), dtype=np.int64) // 2, lengths)
        documents, words = _distinct(texts, tokens.words.astype(np.int64))
        ends, stems = reader.word_stems
        begins = np.where(words > 0, ends[words - 1], 0).astype(np.int64)
        counts = ends[words].astype(np.int64) - begins
        moved = np.repeat(begins - (counts.cumsum() - counts), counts)
        self._stems = stems[moved + np.arange(len(moved))].astype(np.int64)
        self._documents = np.repeat(documents, counts)
        self._surfaces = np.repeat(reader.word_surfaces[words].astype(np.int64), counts)

    def counts(self, least: int) -> dict[str, int]:
        """How many of the documents hold each stem, of those that ``least`` of them hold."""
        _, stems = _distinct(self._documents, self._stems)
        numbers, counts = np.unique(stems, return_counts=True)
        often = counts >= least
        dictionary = self._reader.dictionary(TermKind.STEM)
        rows = zip(numbers[often].tolist(), counts[often].tolist(), strict=True)
        return {dictionary.term(number): count for number, count in rows}

    def count_surfaces(self, stems: Iterable[str], into: defaultdict[str, Counter[str]]) -> None:
        """Count in how many of the documents each form of some stems stands."""
        dictionary = self._reader.dictionary(TermKind.STEM)
        names = {number: stem for stem in stems if (number := dictionary.number(stem)) >= 0}
        rows = np.isin(self._stems, np.array(sorted(names), np.int64))
        exact = self._reader.dictionary(TermKind.EXACT)
        pairs = np.stack([self._stems[rows], self._surfaces[rows]])
        each, counts = np.unique(pairs, axis=1, return_counts=True)
        for stem, surface, count in zip(*each.tolist(), counts.tolist(), strict=True):
            into[names[stem]][exact.term(surface)] += count


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _distinct(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs of numbers, each once."""
    size = np.int64(second.max(initial=0)) + 1
    keys = np.unique(first * size + second)
    return keys // size, keys % size


def _by_part(snapshot: Snapshot, documents: Iterable[int]) -> Collection[tuple[Part, list[int]]]:
    """The documents by the segment they lie in, numbered there, rising."""
    found: dict[int, tuple[Part, list[int]]] = {}
    for document in sorted(documents):
        part, number = snapshot.place(document)
        found.setdefault(part.base, (part, []))[1].append(number)
    return found.values()


def _live_freq(snapshot: Snapshot, stem: str) -> int:
    """How many live articles hold a stem; where nothing is deleted, read from the dictionary."""
    if all(part.live is None for part in snapshot.parts):
        return snapshot.doc_freq(TermKind.STEM, stem)
    return len(snapshot.postings(TermKind.STEM, stem))


def _outside_furniture(postings: Postings) -> NDArray[np.intp]:
    """The documents that hold a term in their title or in running text."""
    docs: NDArray[np.intp] = postings.docs
    if postings.aside is None:
        return docs
    running = postings.body.astype(np.int64) - postings.aside
    return docs[(postings.title > 0) | (running > 0)]
