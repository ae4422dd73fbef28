"""Leaving out what cannot be among the first: MaxScore (Turtle and Flood 1995) over arrays.

No document gains more by a clause than the weights of its terms together. Where the clauses
that weigh least could not lift a document among the first by themselves, only documents that
hold something of the others are scored, and the long postings of the common words are only
looked into.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.postings import Docs
from kzsearch.engine.local.search.scoring import Scorer, WeightedTerm

__all__ = ["NOT_SCORED", "pruned_scores"]

NOT_SCORED = np.float32(-1.0)
"""The score of a document that is not among the first."""

_LEAST_POSTINGS = 20_000
"""Fewer are scored at once sooner than a choice is made among them."""

_REST = 0.35
"""Of what all clauses weigh, the part that may be looked into only."""

_SPARE = 30
"""Documents beyond the first that are looked at, as near-duplicates count once."""


def pruned_scores(
    scorer: Scorer,
    clauses: Sequence[Sequence[WeightedTerm]],
    docs: Docs,
    count: int,
    groups: NDArray[np.int32] | None,
    shares: NDArray[np.float32] | None = None,
) -> NDArray[np.float32] | None:
    """Scores of the documents that may be among the first ``count``, of others ``NOT_SCORED``.

    groups: of near-duplicates, by document, of which each is one of the first; None if all are.
    shares: what the score of each of ``docs`` is multiplied by, 1 or less; None if by nothing.
    Returns None where leaving out does not pay, or is not known to be right.
    """
    if len(clauses) < 2 or len(docs) <= 4 * (count + _SPARE):
        return None
    terms = [term for clause in clauses for term in clause]
    postings = sum(len(weighted.term.postings) for weighted in terms)
    if postings < _LEAST_POSTINGS:
        return None
    bounds = [sum(weighted.weight for weighted in clause) for clause in clauses]
    rest, essential = 0.0, set(range(len(clauses)))
    for number in sorted(essential, key=lambda number: (bounds[number], number)):
        if rest + bounds[number] > _REST * sum(bounds):
            break
        rest += bounds[number]
        essential.remove(number)
    if len(essential) == len(clauses):
        return None
    held = [weighted.term.postings.docs for number in essential for weighted in clauses[number]]
    if 2 * sum(map(len, held)) > postings:
        return None
    mask = np.zeros(scorer.documents, np.bool_)
    for found in held:
        mask[found] = True
    chosen = mask[docs]
    candidates = docs[chosen]
    if len(candidates) < count + _SPARE:
        return None
    gains = scorer.scores(terms, candidates)
    if shares is not None:
        gains *= shares[chosen]
        rest *= float(shares[~chosen].max(initial=0.0))
    if _least_of_first(gains, candidates, count, groups) <= rest:
        return None
    scores = np.full(len(docs), NOT_SCORED, np.float32)
    scores[chosen] = gains
    return scores


def _least_of_first(
    scores: NDArray[np.float32], docs: Docs, count: int, groups: NDArray[np.int32] | None
) -> float:
    """The score of the last of the first ``count``, near-duplicates counted once."""
    best = np.argpartition(scores, len(scores) - count - _SPARE)[-count - _SPARE :]
    falling = best[np.argsort(-scores[best], kind="stable")]
    if groups is not None:
        found = groups[docs[falling]]
        alone = np.flatnonzero(found < 0)
        _, first = np.unique(found, return_index=True)
        shown = np.union1d(alone, first)
        falling = falling[shown]
    return float(scores[falling[count - 1]]) if len(falling) >= count else -1.0
