"""From a request to its result: match, score, order, count, fetch."""

from __future__ import annotations

import datetime as dt
import heapq
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from kzsearch.documents.article import Article
from kzsearch.engine.interface import (
    EngineHit,
    EngineResult,
    Facets,
    SearchRequest,
    Sort,
)
from kzsearch.engine.local.search.budget import affordable
from kzsearch.engine.local.search.folding import Folded, fold, repeats
from kzsearch.engine.local.search.matching import Matcher
from kzsearch.engine.local.search.scoring import Scorer
from kzsearch.engine.local.search.similar import Terms, similar_articles
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.segment_api import EXACT_FIELDS, START_FIELDS, START_LETTERS, STEM_FIELDS
from kzsearch.engine.nodes import Node
from kzsearch.engine.ranking import DEFAULT_RANKING, QUESTION_RANKING

__all__ = ["Searcher"]

MOST_COPIES = 100
"""Copies of a hit that are fetched; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Articles that rank together, below those of the tier before: their scores by a query."""

    query: Node
    scorer: Scorer
    scores: Mapping[int, float]


class Searcher:
    """Answers requests on one snapshot. Safe to use from many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._scorer = Scorer(snapshot, DEFAULT_RANKING)
        self._question_scorer = Scorer(snapshot, QUESTION_RANKING)

    def get(self, article_id: str) -> Article | None:
        """See ``Engine.get``."""
        number = self.snapshot.find(article_id)
        return None if number is None else self.snapshot.article(number)

    def similar(self, number: int, terms: Terms, limit: int) -> tuple[EngineHit, ...]:
        """See ``Engine.similar``; ``terms`` are the article's stems with their positions."""
        found = similar_articles(self.snapshot, number, terms, limit)
        return tuple(EngineHit(self.snapshot.article(other), score) for other, score in found)

    def search(self, request: SearchRequest) -> EngineResult:
        """See ``Engine.search``."""
        matcher = Matcher(self.snapshot)
        scorer = self._question_scorer if request.question else self._scorer
        tiers = [self._tier(request.query, scorer, frozenset(), matcher)]
        folded = self._folded(tiers, request)
        if request.fallback is not None and _hits(tiers[0].scores, folded) < request.few:
            tiers.append(self._tier(request.fallback, scorer, tiers[0].scores.keys(), matcher))
            folded = self._folded(tiers, request)
        matches = [number for tier in tiers for number in tier.scores]
        hidden = {number for copies in folded.values() for number in copies}
        end = request.offset + request.limit
        if request.sort is Sort.DATE:
            order = self._newest(set(matches) - hidden, end)
        else:
            order = []
            for tier in tiers:
                order += self._best(_without(tier.scores, hidden), end - len(order))
        return EngineResult(
            total=len(matches) - len(hidden),
            articles=len(matches),
            hits=tuple(
                self._hit(number, tiers, folded, matcher, explain=request.explain)
                for number in order[request.offset :]
            ),
            facets=self._facets(matches, folded) if request.facets else {},
        )

    def count(self, query: Node) -> int:
        """See ``Engine.count``."""
        matcher = Matcher(self.snapshot)
        return len(matcher.matches(affordable(query, matcher.cost)))

    def _tier(self, query: Node, scorer: Scorer, taken: Set[int], matcher: Matcher) -> Tier:
        query = affordable(query, matcher.cost)
        articles = matcher.matches(query) - taken
        scores = scorer.scores(query, articles, matcher) if articles else {}
        return Tier(query, scorer, scores)

    def _folded(self, tiers: Sequence[Tier], request: SearchRequest) -> Folded:
        """Copies among the matches, by the article that is shown for them."""
        if not request.fold:
            return {}
        snapshot = self.snapshot
        places = {number: place for place, tier in enumerate(tiers) for number in tier.scores}

        def by_date(number: int) -> tuple[int, str]:
            return -snapshot.times[number], snapshot.ids[number]

        def by_score(number: int) -> tuple[int, float, tuple[int, str]]:
            place = places[number]
            return place, -tiers[place].scores[number], snapshot.age(number)

        order = by_date if request.sort is Sort.DATE else by_score
        return fold(places.keys(), snapshot.groups, order, snapshot.age)

    def _hit(
        self,
        number: int,
        tiers: Sequence[Tier],
        folded: Folded,
        matcher: Matcher,
        *,
        explain: bool,
    ) -> EngineHit:
        tier = next(tier for tier in tiers if number in tier.scores)
        copies = folded.get(number, ())
        return EngineHit(
            article=self.snapshot.article(number),
            score=tier.scores[number],
            fallback=tier is not tiers[0],
            explanation=tier.scorer.explain(tier.query, number, matcher) if explain else (),
            copies=tuple(map(self.snapshot.article, copies[:MOST_COPIES])),
            copy_count=len(copies),
        )

    def _best(self, scores: Mapping[int, float], count: int) -> list[int]:
        """The first ``count`` by falling score; ties newest first, then by id.

        Ties are looked into only from the last wanted score upwards.
        """
        if count < len(scores):
            least = heapq.nlargest(count, scores.values())[-1] if count else math.inf
            numbers = [number for number, score in scores.items() if score >= least]
        else:
            numbers = list(scores)
        times, ids = self.snapshot.times, self.snapshot.ids
        numbers.sort(key=lambda number: (-scores[number], -times[number], ids[number]))
        return numbers[:count]

    def _newest(self, numbers: Collection[int], count: int) -> list[int]:
        """The first ``count`` by falling time, then by id."""
        times, ids = self.snapshot.times, self.snapshot.ids
        return heapq.nsmallest(count, numbers, key=lambda number: (-times[number], ids[number]))

    def _facets(self, numbers: Collection[int], folded: Folded) -> Facets:
        """How many hits a filter by each source, category and month would leave, most first."""
        snapshot = self.snapshot
        months = Counter[str]()
        for day, count in Counter(map(snapshot.days.__getitem__, numbers)).items():
            months[_month(day)] += count
        counted = {
            "source": Counter(map(snapshot.sources.__getitem__, numbers)),
            "category": Counter(map(snapshot.categories.__getitem__, numbers)),
            "month": months,
        }
        counted["source"] -= repeats(folded, snapshot.sources.__getitem__)
        counted["category"] -= repeats(folded, snapshot.categories.__getitem__)
        counted["month"] -= repeats(folded, lambda number: _month(snapshot.days[number]))
        return {
            name: {
                value: count
                for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
                if value
            }
            for name, counts in counted.items()
        }

    def frequency(self, word: str, *, stem: bool = False) -> int:
        """See ``Engine.frequency``."""
        fields = STEM_FIELDS if stem else EXACT_FIELDS
        return len(set().union(*(self.snapshot.frequencies(field, word) for field in fields)))

    def beginning_frequency(self, start: str) -> int:
        """See ``Engine.beginning_frequency``; of words that begin alike, there are far fewer."""
        fields = START_FIELDS if len(start) <= START_LETTERS else EXACT_FIELDS
        return max(self.snapshot.terms(fields, start).values(), default=0)

    def words(self) -> Mapping[str, int]:
        """See ``Engine.words``."""
        return self.snapshot.terms(EXACT_FIELDS)


def _hits(scores: Mapping[int, float], folded: Folded) -> int:
    return len(scores) - sum(map(len, folded.values()))


def _without(scores: Mapping[int, float], hidden: Set[int]) -> Mapping[int, float]:
    if not hidden:
        return scores
    return {number: score for number, score in scores.items() if number not in hidden}


def _month(day: int) -> str:
    """The month of a day given as an ordinal, '' of no day."""
    return dt.date.fromordinal(day).isoformat()[:7] if day else ""
