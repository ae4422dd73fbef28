"""The measures of retrieval, by the definitions of trec_eval (tests compare them).

A grade above 0 is relevant; an article nobody judged is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

__all__ = ["Measures", "mean", "measure"]

CUT = 10
"""Hits on a first page: what nDCG, MRR and the share of hits look at."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What one query, or the mean of many, reaches; each 0..1.

    ndcg: gain of the first ten hits, later ones discounted, of the best possible (nDCG@10).
    mrr: 1 / rank of the first relevant hit, 0 if it is not among the first ten.
    hit: whether a relevant one is among the first ten.
    recall: share of the relevant articles among the first ten.
    deep_recall: share of the relevant articles among all hits that were asked for.
    """

    ndcg: float
    mrr: float
    hit: float
    recall: float
    deep_recall: float


def measure(ranked: Sequence[str], grades: Mapping[str, int]) -> Measures:
    """Measure one query.

    ranked: ids of the hits, best first. grades: judged grade by article id.
    """
    relevant = {article_id for article_id, grade in grades.items() if grade > 0}
    found = [article_id in relevant for article_id in ranked]
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    ideal = _gain(best)
    first = found[:CUT].index(True) + 1 if any(found[:CUT]) else None
    wanted = len(relevant) or 1
    return Measures(
        ndcg=_gain([max(grades.get(each, 0), 0) for each in ranked]) / ideal if ideal else 0.0,
        mrr=1 / first if first else 0.0,
        hit=float(first is not None),
        recall=sum(found[:CUT]) / wanted,
        deep_recall=sum(found) / wanted,
    )


def mean(measured: Iterable[Measures]) -> Measures:
    """The mean of some queries, at least one."""
    columns = zip(*map(astuple, measured), strict=True)
    return Measures(*(math.fsum(column) / len(column) for column in columns))


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:CUT], 1))
