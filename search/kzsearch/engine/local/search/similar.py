"""Articles on the same matter as a given one, found by its most telling stems.

A stem tells much when the article has it often, in its title above all, and few other articles
have it. Articles are scored by the telling stems they share, each counting for how much it tells
in both (BM25 on both sides), as a share of what the article itself would score.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence

from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.segment_api import STEM_FIELDS, Field

__all__ = ["Terms", "similar_articles"]

TITLE, BODY = STEM_FIELDS
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

Terms = Mapping[Field, Mapping[str, Sequence[int]]]


def similar_articles(
    snapshot: Snapshot, number: int, terms: Terms, limit: int
) -> list[tuple[int, float]]:
    """Numbers and scores (0 to 1) of the articles most similar to one, best first.

    terms: stems of the article's title and body with their positions.
    Copies of the article are left out, and of articles that are copies all but the best.
    Raises IndexDamagedError.
    """
    lengths = snapshot.lengths(BODY)
    average = max(1.0, sum(lengths) / max(1, len(lengths)))

    def saturated(article: int, titles: float, bodies: float) -> float:
        found = TITLE_WEIGHT * titles + bodies
        norm = 1.0 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * lengths[article] / average
        return found / (found + SATURATION * norm)

    own = set(snapshot.groups.copies(number))
    weights: dict[str, float] = {}
    holders: dict[str, dict[int, tuple[float, float]]] = {}
    for stem in _telling(snapshot, terms, len(own)):
        holders[stem] = _holders(snapshot, stem)
        rarity = _rarity(snapshot.count, len(holders[stem].keys() - own))
        weights[stem] = saturated(number, *_counts(terms, stem)) * rarity * rarity
    scores: dict[int, float] = {}
    shared: dict[int, int] = {}
    for stem in weights:
        for article, counts in holders[stem].items():
            scores[article] = scores.get(article, 0.0) + weights[stem] * saturated(article, *counts)
            shared[article] = shared.get(article, 0) + 1
    whole = scores.get(number, 0.0)
    ids = snapshot.ids
    found: list[tuple[int, float]] = []
    taken = set(own)
    for article in sorted(scores, key=lambda article: (-scores[article], ids[article])):
        if len(found) == limit or scores[article] < LEAST_SCORE * whole:
            break
        if article not in taken and shared[article] >= LEAST_SHARED:
            found.append((article, min(1.0, scores[article] / whole)))
            taken.update(snapshot.groups.copies(article))
    return found


def _telling(snapshot: Snapshot, terms: Terms, own: int) -> list[str]:
    """The most telling stems, by counts that are at hand without reading postings.

    own: how many articles have the text; they say nothing of how common its stems are.
    """

    def estimate(stem: str) -> float:
        titles, bodies = _counts(terms, stem)
        found = TITLE_WEIGHT * titles + bodies
        return found / (found + SATURATION) * _rarity(snapshot.count, others[stem]) ** 2

    others = {
        stem: max(snapshot.postings(field, stem) for field in STEM_FIELDS) - own
        for stem in {**terms[TITLE], **terms[BODY]}
    }
    rare = [stem for stem, count in others.items() if 0 < count <= FEW + COMMONEST * snapshot.count]
    return heapq.nsmallest(TELLING, rare, key=lambda stem: (-estimate(stem), stem))


def _counts(terms: Terms, stem: str) -> tuple[int, int]:
    return len(terms[TITLE].get(stem, ())), len(terms[BODY].get(stem, ()))


def _holders(snapshot: Snapshot, stem: str) -> dict[int, tuple[float, float]]:
    """Articles that have a stem, and how often in title and body."""
    titles, bodies = snapshot.frequencies(TITLE, stem), snapshot.frequencies(BODY, stem)
    return {
        article: (titles.get(article, 0.0), bodies.get(article, 0.0))
        for article in titles.keys() | bodies.keys()
    }


def _rarity(articles: int, holders: int) -> float:
    return math.log1p(max(0.0, articles - holders + 0.5) / (holders + 0.5))
