"""From a request to its result: match, score, collapse, order, count, fetch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kzsearch.documents.article import Article
from kzsearch.engine.interface import (
    EngineHit,
    EngineResult,
    EngineScan,
    Period,
    SearchRequest,
    SignificantTerms,
    Sort,
    Timeline,
)
from kzsearch.engine.local.search.clause_limit import affordable
from kzsearch.engine.local.search.collapsing import NOTHING_COLLAPSED, Collapsed, collapse
from kzsearch.engine.local.search.explaining import explain
from kzsearch.engine.local.search.facets import count_facets
from kzsearch.engine.local.search.forward import ForwardTerms, forward_terms
from kzsearch.engine.local.search.matching import Matcher, scoring_clauses
from kzsearch.engine.local.search.more_like_this import more_like_this
from kzsearch.engine.local.search.ordering import first, in_order
from kzsearch.engine.local.search.postings import Docs, united
from kzsearch.engine.local.search.pruning import pruned_scores
from kzsearch.engine.local.search.scoring import Norms, Scorer, WeightedTerm
from kzsearch.engine.local.search.significant import significant_terms
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.search.timeline import count_timeline
from kzsearch.engine.nodes import Node, Phrase, Word
from kzsearch.engine.ranking import DEFAULT_RANKING, QUESTION_RANKING
from kzsearch.text.scripts.detection import LetterFamily, letter_family

__all__ = ["Searcher"]

MOST_COPIES = 100
"""Near-duplicates of a hit that are fetched; all of them are counted."""

MOST_LOOKED_AT = 20
"""Near-duplicates of a hit that are read to find one in the letters asked for."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents a request finds.

    docs: rising. whole: for each whether it answers the query itself; None where all do.
    divided: whether those that do rank above the others, whatever they score.
    """

    docs: Docs
    whole: NDArray[np.bool_] | None = None
    divided: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a request found. terms: what its documents are scored by. scores: of each document.

    places: in ``matches.docs``, of the hits asked for, in order.
    """

    matches: Matches
    terms: Sequence[WeightedTerm]
    scores: NDArray[np.float32]
    collapsed: Collapsed
    places: Sequence[int]
    scorer: Scorer

    def is_whole(self, place: int) -> bool:
        """Whether a document answers the query itself, rather than only the fallback."""
        return self.matches.whole is None or bool(self.matches.whole[place])


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
        found = self._in_letters(found, request)
        docs, whole, collapsed = found.matches.docs, found.matches.whole, found.collapsed
        total = len(docs) - len(collapsed.hidden)
        complete = total
        if whole is not None:
            complete = int(whole.sum()) - int(whole[collapsed.hidden].sum())
        terms = forward_terms(self.snapshot, docs[found.places].tolist())
        return EngineResult(
            total=total,
            complete=complete,
            articles=len(docs),
            hits=tuple(self._hit(place, found, request, terms) for place in found.places),
            facets=count_facets(self.snapshot, docs, collapsed) if request.facets else {},
            generation=self.snapshot.name,
        )

    def _in_letters(self, found: Found, request: SearchRequest) -> Found:
        """What was found with near-duplicates in the letters asked for in the place of hits.

        Their scores may have been left out for not being the first; so they are reckoned anew.
        """
        letters = request.letters
        if not letters or not len(found.collapsed.places) or request.sort is not Sort.RELEVANCE:
            return found
        places = [self._copy_in(letters, place, found) for place in found.places]
        if places == list(found.places):
            return found
        scores = found.scores.copy()
        for place in set(places).difference(found.places):
            (score,) = found.scorer.scores(found.terms, found.matches.docs[[place]])
            scores[place] = score * (1.0 if found.is_whole(place) else found.scorer.partial)
        return replace(found, places=places, scores=scores)

    def _copy_in(self, letters: LetterFamily, place: int, found: Found) -> int:
        """The place of a hit, or of the first of its near-duplicates that is in some letters.

        One that has only some of the words does not stand for one that has all.
        """
        docs = found.matches.docs
        group = int(self.snapshot.group_of[docs[place]])
        if group < 0 or self._letters_of(int(docs[place])) is letters:
            return place
        copies = found.collapsed.copies(place, group)[:MOST_LOOKED_AT]
        return next(
            (
                other
                for other in copies
                if found.is_whole(other) or not found.is_whole(place)
                if self._letters_of(int(docs[other])) is letters
            ),
            place,
        )

    def _letters_of(self, document: int) -> LetterFamily | None:
        article = self.snapshot.article(document)
        return letter_family(f"{article.title}\n{article.body}")

    def scan(self, request: SearchRequest) -> EngineScan:
        """See ``Engine.scan``."""
        every = replace(request, offset=0, limit=self.snapshot.documents, explain=False)
        found = self._find(every, choose=False)
        docs = found.matches.docs
        return EngineScan(
            total=len(docs) - len(found.collapsed.hidden),
            articles=len(docs),
            generation=self.snapshot.name,
            hits=self._every_hit(found, every),
        )

    def _every_hit(self, found: Found, request: SearchRequest) -> Iterator[EngineHit]:
        matches = found.matches
        shown = np.ones(len(matches.docs), np.bool_)
        shown[found.collapsed.hidden] = False
        places = np.flatnonzero(shown)
        docs = matches.docs[places]
        by_score = request.sort is Sort.RELEVANCE
        tiers = np.zeros(len(places), np.intp)
        if by_score and matches.divided and matches.whole is not None:
            tiers += ~matches.whole[places]
        scores = found.scores[places] if by_score else None
        for place in in_order(docs, scores, tiers, self.snapshot.times, self.snapshot.id):
            hit = self._in_letters(replace(found, places=[int(places[place])]), request)
            terms = forward_terms(self.snapshot, matches.docs[hit.places].tolist())
            yield self._hit(hit.places[0], hit, request, terms, most_copies=0)

    def timeline(self, request: SearchRequest, unit: Period | None, most: int) -> Timeline:
        """See ``Engine.timeline``."""
        by_date = replace(request, sort=Sort.DATE)  # nothing is ranked
        found = self._find(by_date, choose=False)
        return count_timeline(self.snapshot, found.matches.docs, found.collapsed, unit, most)

    def significant_terms(
        self, request: SearchRequest, most: int, wanted: Callable[[str], bool]
    ) -> SignificantTerms:
        """See ``Engine.significant_terms``."""
        found = self._find(request)
        docs = found.matches.docs[found.places].tolist()
        return SignificantTerms(
            articles=tuple(map(self.snapshot.article, docs)),
            everything=self.snapshot.count,
            total=len(found.matches.docs) - len(found.collapsed.hidden),
            terms=significant_terms(self.snapshot, docs, most, wanted) if docs else (),
            generation=self.snapshot.name,
        )

    def matching(self, query: Node, ids: Iterable[str]) -> list[Article]:
        """See ``Engine.matching``."""
        matcher = Matcher(self.snapshot)
        matches = matcher.matches(affordable(query, matcher.cost))
        found = (self.snapshot.find(article_id) for article_id in set(ids))
        chosen = np.array(sorted(number for number in found if number is not None), np.intp)
        chosen = chosen[np.isin(chosen, matches)]
        order = in_order(
            chosen, None, np.zeros(len(chosen), np.intp), self.snapshot.times, self.snapshot.id
        )
        return [self.snapshot.article(int(chosen[place])) for place in order]

    def rank(self, request: SearchRequest) -> list[tuple[str, float]]:
        """See ``Engine.rank``."""
        found = self._find(request)
        docs = found.matches.docs[found.places].tolist()
        scores = found.scores[found.places].tolist()
        return list(zip(map(self.snapshot.id, docs), scores, strict=True))

    def _find(self, request: SearchRequest, *, choose: bool = True) -> Found:
        """Match, score, collapse and order.

        choose: the hits asked for; else there are no ``places``.
        """
        matcher = Matcher(self.snapshot)
        scorer = self._question_scorer if request.question else self._scorer
        queries = [affordable(request.query, matcher.cost)]
        matches = Matches(matcher.matches(queries[0]))
        few = request.few
        if request.fallback is not None and (few is None or self._hits(matches, request) < few):
            queries.append(affordable(request.fallback, matcher.cost))
            matches = self._with_fallback(
                matches.docs, matcher.matches(queries[1]), divided=few is not None
            )
        terms, scores = self._scored(queries, matches, request, scorer, matcher)
        collapsed = self._collapsed(matches, scores, request)
        places = self._chosen(matches, scores, collapsed, request) if choose else []
        return Found(matches, terms, scores, collapsed, places, scorer)

    def _with_fallback(self, docs: Docs, below: Docs, *, divided: bool) -> Matches:
        """Documents that answer the query together with those that answer only the fallback."""
        every = united([docs, below], self.snapshot.documents)
        whole = np.zeros(len(every), np.bool_)
        whole[every.searchsorted(docs)] = True
        return Matches(every, whole, divided)

    def _hits(self, matches: Matches, request: SearchRequest) -> int:
        """How many hits some documents make."""
        none = np.zeros(len(matches.docs), np.float32)
        return len(matches.docs) - len(self._collapsed(matches, none, request).hidden)

    def count(self, query: Node) -> int:
        """See ``Engine.count``."""
        matcher = Matcher(self.snapshot)
        return len(matcher.matches(affordable(query, matcher.cost)))

    def _scored(
        self,
        queries: Sequence[Node],
        matches: Matches,
        request: SearchRequest,
        scorer: Scorer,
        matcher: Matcher,
    ) -> tuple[Sequence[WeightedTerm], NDArray[np.float32]]:
        """The terms of the queries, and what each document scores by them."""
        docs, whole = matches.docs, matches.whole
        if not len(docs):
            return [], np.zeros(0, np.float32)
        wanted = scoring_clauses(queries[0])
        for query in queries[1:]:
            wanted = Counter(wanted) | Counter(scoring_clauses(query))
        clauses = [
            scorer.weighted(matcher.clause(node).terms(scorer.kinds), times * _weight_of(node))
            for node, times in wanted.items()
        ]
        terms = [weighted for clause in clauses for weighted in clause]
        shares = None
        if whole is not None:
            shares = np.where(whole, np.float32(1.0), np.float32(scorer.partial))
        if request.sort is Sort.RELEVANCE and not matches.divided:
            groups = self.snapshot.group_of if request.collapse else None
            first = request.offset + request.limit
            scores = pruned_scores(scorer, clauses, docs, first, groups, shares)
            if scores is not None:
                return terms, scores
        scores = scorer.scores(terms, docs)
        return terms, scores if shares is None else scores * shares

    def _collapsed(
        self, matches: Matches, scores: NDArray[np.float32], request: SearchRequest
    ) -> Collapsed:
        """Near-duplicates among the matches."""
        docs = matches.docs
        if not request.collapse or not len(self.snapshot.copies.members):
            return NOTHING_COLLAPSED
        ages, dates = self.snapshot.member_ranks
        if request.sort is Sort.DATE:
            return collapse(self.snapshot, docs, [dates[docs]])
        order: list[NDArray[np.generic]] = [-scores, ages[docs]]
        if matches.divided and matches.whole is not None:
            order.insert(0, ~matches.whole)
        return collapse(self.snapshot, docs, order)

    def _chosen(
        self,
        matches: Matches,
        scores: NDArray[np.float32],
        collapsed: Collapsed,
        request: SearchRequest,
    ) -> list[int]:
        """Places of the hits asked for, in order."""
        docs, whole = matches.docs, matches.whole
        end = request.offset + request.limit
        times, id = self.snapshot.times, self.snapshot.id
        by_score = request.sort is Sort.RELEVANCE
        if not len(collapsed.hidden) and not matches.divided:
            return first(docs, scores if by_score else None, times, end, id)[request.offset :]
        shown = np.ones(len(docs), np.bool_)
        shown[collapsed.hidden] = False
        rows = [shown]
        if matches.divided and by_score and whole is not None:
            rows = [shown & whole, shown & ~whole]
        chosen: list[int] = []
        for places in map(np.flatnonzero, rows):
            ranked = scores[places] if by_score else None
            found = first(docs[places], ranked, times, end - len(chosen), id)
            chosen += places[found].tolist()
        return chosen[request.offset :]

    def _hit(
        self,
        place: int,
        found: Found,
        request: SearchRequest,
        terms: Mapping[int, ForwardTerms],
        most_copies: int = MOST_COPIES,
    ) -> EngineHit:
        snapshot = self.snapshot
        docs = found.matches.docs
        document, is_whole = int(docs[place]), found.is_whole(place)
        copies: list[int] = []
        if len(found.collapsed.places):
            group = int(snapshot.group_of[document])
            if group >= 0:
                others = found.collapsed.copies(place, group)
                copies = [int(docs[other]) for other in others]
        factor = 1.0 if is_whole else found.scorer.partial
        return EngineHit(
            article=snapshot.article(document),
            score=float(found.scores[place]),
            fallback=not is_whole,
            explanation=explain(found.scorer, found.terms, document, factor)
            if request.explain
            else (),
            copies=self._oldest(copies, most_copies),
            copy_count=len(copies),
            terms=terms[document],
        )

    def _oldest(self, documents: Sequence[int], most: int) -> tuple[Article, ...]:
        """The oldest of some documents."""
        oldest = sorted(documents, key=self.snapshot.age)[:most] if most else []
        return tuple(map(self.snapshot.article, oldest))


def _weight_of(node: object) -> float:
    """What the query says a clause counts for."""
    return node.weight if isinstance(node, Word | Phrase) else 1.0
