"""From a request to its result: match, score, collapse, order, count, fetch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kzsearch.documents.article import Article
from kzsearch.engine.interface import EngineHit, EngineResult, SearchRequest, Sort
from kzsearch.engine.local.search.clause_limit import affordable
from kzsearch.engine.local.search.collapsing import NOTHING_COLLAPSED, Collapsed, collapse
from kzsearch.engine.local.search.explaining import explain
from kzsearch.engine.local.search.facets import count_facets
from kzsearch.engine.local.search.forward import ForwardTerms, forward_terms
from kzsearch.engine.local.search.matching import Matcher, scoring_clauses
from kzsearch.engine.local.search.more_like_this import more_like_this
from kzsearch.engine.local.search.ordering import first
from kzsearch.engine.local.search.postings import Docs, without
from kzsearch.engine.local.search.pruning import pruned_scores
from kzsearch.engine.local.search.scoring import Norms, Scorer, WeightedTerm
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.nodes import Node, Phrase, Word
from kzsearch.engine.ranking import DEFAULT_RANKING, QUESTION_RANKING

__all__ = ["Searcher"]

MOST_COPIES = 100
"""Near-duplicates of a hit that are fetched; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Documents that rank together, below those of the tier before.

    docs: rising. terms: what they are scored by. scores: of each document.
    """

    docs: Docs
    terms: Sequence[WeightedTerm]
    scores: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """What a request found. docs: all matches, tier by tier. scores: theirs.

    places: in ``docs``, of the hits asked for, in order.
    """

    tiers: Sequence[Tier]
    docs: Docs
    scores: NDArray[np.float32]
    collapsed: Collapsed
    places: Sequence[int]
    scorer: Scorer


class Searcher:
    """Answers requests on one snapshot. Safe to use from many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        norms = Norms(snapshot, DEFAULT_RANKING)
        self._norms = norms
        self._scorer = Scorer(snapshot, DEFAULT_RANKING, norms)
        self._question_scorer = Scorer(snapshot, QUESTION_RANKING, norms)

    def prepare(self) -> None:
        """Compute beforehand what the first searches would compute. Raises IndexDamagedError."""
        self.snapshot.prepare()
        self._norms.prepare()

    def get(self, article_id: str) -> Article | None:
        """See ``Engine.get``."""
        document = self.snapshot.find(article_id)
        return None if document is None else self.snapshot.article(document)

    def more_like_this(self, document: int, limit: int) -> tuple[EngineHit, ...]:
        """See ``Engine.more_like_this``."""
        found = more_like_this(self.snapshot, document, limit)
        return tuple(EngineHit(self.snapshot.article(other), score) for other, score in found)

    def search(self, request: SearchRequest) -> EngineResult:
        """See ``Engine.search``."""
        found = self._find(request)
        docs, collapsed = found.docs, found.collapsed
        terms = forward_terms(self.snapshot, docs[found.places].tolist())
        return EngineResult(
            total=len(docs) - len(collapsed.hidden),
            articles=len(docs),
            hits=tuple(self._hit(place, found, request, terms) for place in found.places),
            facets=count_facets(self.snapshot, docs, collapsed) if request.facets else {},
        )

    def rank(self, request: SearchRequest) -> list[tuple[str, float]]:
        """See ``Engine.rank``."""
        found = self._find(request)
        docs, scores = found.docs[found.places].tolist(), found.scores[found.places].tolist()
        return list(zip(map(self.snapshot.id, docs), scores, strict=True))

    def _find(self, request: SearchRequest) -> Found:
        """Match, score, collapse and order."""
        matcher = Matcher(self.snapshot)
        scorer = self._question_scorer if request.question else self._scorer
        tiers = [self._tier(request.query, request, scorer, None, matcher)]
        docs, scores = tiers[0].docs, tiers[0].scores
        collapsed = self._collapsed(tiers, docs, scores, request)
        hits = len(docs) - len(collapsed.hidden)
        if request.fallback is not None and hits < request.few:
            tiers.append(self._tier(request.fallback, request, scorer, docs, matcher))
            docs = np.concatenate([tier.docs for tier in tiers])
            scores = np.concatenate([tier.scores for tier in tiers])
            collapsed = self._collapsed(tiers, docs, scores, request)
        places = self._chosen(tiers, docs, scores, collapsed, request)
        return Found(tiers, docs, scores, collapsed, places, scorer)

    def count(self, query: Node) -> int:
        """See ``Engine.count``."""
        matcher = Matcher(self.snapshot)
        return len(matcher.matches(affordable(query, matcher.cost)))

    def _tier(
        self,
        query: Node,
        request: SearchRequest,
        scorer: Scorer,
        taken: Docs | None,
        matcher: Matcher,
    ) -> Tier:
        query = affordable(query, matcher.cost)
        docs = matcher.matches(query)
        if taken is not None:
            docs = without(docs, taken)
        if not len(docs):
            return Tier(docs, [], np.zeros(0, np.float32))
        clauses = [
            scorer.weighted(matcher.clause(node).terms(scorer.kinds), times * _weight_of(node))
            for node, times in scoring_clauses(query).items()
        ]
        terms = [weighted for clause in clauses for weighted in clause]
        scores = None
        if request.sort is Sort.RELEVANCE:
            groups = self.snapshot.group_of if request.collapse else None
            first = request.offset + request.limit
            scores = pruned_scores(scorer, clauses, docs, first, groups)
        return Tier(docs, terms, scorer.scores(terms, docs) if scores is None else scores)

    def _collapsed(
        self,
        tiers: Sequence[Tier],
        docs: Docs,
        scores: NDArray[np.float32],
        request: SearchRequest,
    ) -> Collapsed:
        """Near-duplicates among the matches."""
        if not request.collapse or not len(self.snapshot.copies.members):
            return NOTHING_COLLAPSED
        ages, dates = self.snapshot.member_ranks
        if request.sort is Sort.DATE:
            return collapse(self.snapshot, docs, [dates[docs]])
        places = np.repeat(np.arange(len(tiers)), [len(tier.docs) for tier in tiers])
        return collapse(self.snapshot, docs, [places, -scores, ages[docs]])

    def _chosen(
        self,
        tiers: Sequence[Tier],
        docs: Docs,
        scores: NDArray[np.float32],
        collapsed: Collapsed,
        request: SearchRequest,
    ) -> list[int]:
        """Places of the hits asked for, in order."""
        end = request.offset + request.limit
        times = self.snapshot.times
        if len(tiers) == 1 and not len(collapsed.places) and request.sort is Sort.RELEVANCE:
            return first(docs, scores, times, end, self.snapshot.id)[request.offset :]
        order: list[int] = []
        shown = np.ones(len(docs), np.bool_)
        shown[collapsed.hidden] = False
        if request.sort is Sort.DATE:
            places = np.flatnonzero(shown)
            found = first(docs[places], None, times, end, self.snapshot.id)
            order = places[found].tolist()
        else:
            base = 0
            for tier in tiers:
                places = np.flatnonzero(shown[base : base + len(tier.docs)]) + base
                count = end - len(order)
                found = first(docs[places], scores[places], times, count, self.snapshot.id)
                order += places[found].tolist()
                base += len(tier.docs)
        return order[request.offset :]

    def _hit(
        self, place: int, found: Found, request: SearchRequest, terms: Mapping[int, ForwardTerms]
    ) -> EngineHit:
        snapshot = self.snapshot
        document = int(found.docs[place])
        is_first = place < len(found.tiers[0].docs)
        tier = found.tiers[0 if is_first else -1]
        copies: list[int] = []
        if len(found.collapsed.places):
            group = int(snapshot.group_of[document])
            if group >= 0:
                others = found.collapsed.copies(place, group)
                copies = sorted((int(found.docs[other]) for other in others), key=snapshot.age)
        return EngineHit(
            article=snapshot.article(document),
            score=float(found.scores[place]),
            fallback=not is_first,
            explanation=explain(found.scorer, tier.terms, document) if request.explain else (),
            copies=tuple(map(snapshot.article, copies[:MOST_COPIES])),
            copy_count=len(copies),
            terms=terms[document],
        )


def _weight_of(node: object) -> float:
    """What the query says a clause counts for."""
    return node.weight if isinstance(node, Word | Phrase) else 1.0
