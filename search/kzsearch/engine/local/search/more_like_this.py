"""Articles on the same matter as a given one, found by its most telling stems.

A stem tells much when the article has it often, in its title above all, and few other articles
have it. Articles are scored by the telling stems they share, each counting for how much it tells
in both (BM25 on both sides), as a share of what the article itself would score.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.postings import member
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.schema import TermKind

__all__ = ["more_like_this"]

TITLE_WEIGHT = 3.0
"""What a stem in a title counts for, in stems of a body."""

SATURATION, LENGTH_NORMALIZATION = 0.9, 0.75
TELLING = 24
"""Stems searched for."""

FEW, COMMONEST = 5, 0.05
"""A stem that more other articles have than these few and this share of all tells little, and
takes long to read."""

LEAST_SHARED = 3
LEAST_SCORE = 0.2
"""Of its own score an article must share that much, in so many stems; else it is another matter."""


def more_like_this(snapshot: Snapshot, document: int, limit: int) -> list[tuple[int, float]]:
    """Documents most like one and their scores (0 to 1), best first.

    Near-duplicates of the document are left out, and of documents that are near-duplicates of
    each other all but the best. Raises IndexDamagedError.
    """
    lengths = snapshot.body_lengths
    average = max(1.0, float(lengths.sum(dtype=np.int64)) / max(1, len(lengths)))
    norms = 1.0 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * lengths / average
    own = np.array(snapshot.copies.of(document), np.intp)
    counts = _counts(snapshot, document)
    scores = np.zeros(snapshot.documents)
    shared = np.zeros(snapshot.documents, np.uint16)
    for stem in _telling(snapshot, counts, len(own)):
        postings = snapshot.postings(TermKind.STEM, stem)
        docs = postings.docs
        found = TITLE_WEIGHT * postings.title + postings.body
        saturated = found / (found + SATURATION * norms[docs])
        others = len(docs) - int(member(own, docs).sum())
        rarity = _rarity(snapshot.count, others)
        weight = _saturated(*counts[stem], norms[document]) * rarity * rarity
        scores[docs] += weight * saturated
        shared[docs] += 1
    return _best(snapshot, document, scores, shared, limit)


def _best(
    snapshot: Snapshot,
    document: int,
    scores: NDArray[np.float64],
    shared: NDArray[np.uint16],
    limit: int,
) -> list[tuple[int, float]]:
    whole = float(scores[document])
    enough = np.flatnonzero((scores >= LEAST_SCORE * whole) & (shared >= LEAST_SHARED))
    taken = set(snapshot.copies.of(document))
    found: list[tuple[int, float]] = []
    candidates = enough.tolist()
    for other in sorted(candidates, key=lambda other: (-float(scores[other]), snapshot.id(other))):
        if len(found) == limit:
            break
        if other not in taken:
            found.append((other, min(1.0, float(scores[other]) / whole)))
            taken.update(snapshot.copies.of(other))
    return found


def _counts(snapshot: Snapshot, document: int) -> dict[str, tuple[int, int]]:
    """Stems of an article, and at how many positions of title and body each stands."""
    part, number = snapshot.place(document)
    reader = part.segment.reader
    ends, stems = reader.word_stems
    counts: dict[int, list[int]] = {}
    for row, tokens in enumerate(reader.tokens(number)):
        seen = set()
        for word, position in zip(tokens.words.tolist(), tokens.positions.tolist(), strict=True):
            begin = int(ends[word - 1]) if word else 0
            for stem in stems[begin : int(ends[word])].tolist():
                if (stem, position) not in seen:
                    seen.add((stem, position))
                    counts.setdefault(stem, [0, 0])[row] += 1
    dictionary = reader.dictionary(TermKind.STEM)
    return {dictionary.term(stem): (title, body) for stem, (title, body) in counts.items()}


def _telling(snapshot: Snapshot, counts: Mapping[str, tuple[int, int]], own: int) -> list[str]:
    """The most telling stems, by document frequencies that are at hand without postings.

    own: how many articles have the text; they say nothing of how common its stems are.
    """

    def estimate(stem: str) -> float:
        return _saturated(*counts[stem], 1.0) * _rarity(snapshot.count, others[stem]) ** 2

    others = {stem: snapshot.doc_freq(TermKind.STEM, stem) - own for stem in counts}
    rare = [stem for stem, count in others.items() if 0 < count <= FEW + COMMONEST * snapshot.count]
    return heapq.nsmallest(TELLING, rare, key=lambda stem: (-estimate(stem), stem))


def _saturated(titles: float, bodies: float, norm: float) -> float:
    found = TITLE_WEIGHT * titles + bodies
    return found / (found + SATURATION * norm)


def _rarity(articles: int, doc_freq: int) -> float:
    return math.log1p(max(0.0, articles - doc_freq + 0.5) / (doc_freq + 0.5))
