"""The ranking by its definition: BM25F of every kind of term, article by article, in plain Python.

What the vectorised searcher must agree with, to within rounding.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable

from kzsearch.documents import Article
from kzsearch.engine import Node, Phrase, Prefix, TextField, Word
from kzsearch.engine.nodes import All, Any, Not
from kzsearch.engine.ranking import DEFAULT_RANKING, Ranking
from kzsearch.engine.schema import LEAD_WORDS, PREFIX_LETTERS, long_prefix_of, prefix_of
from kzsearch.morphology import Analyzer, Term

FIELDS = (TextField.TITLE, TextField.BODY)
Counts = dict[str, tuple[float, float]]
"""By article id: how often its title and its body hold something."""


class ReferenceScores:
    """Scores of some live articles."""

    def __init__(self, articles: Iterable[Article], analyzer: Analyzer) -> None:
        self._terms = {
            article.id: (analyzer.analyze(article.title), analyzer.analyze(article.body))
            for article in articles
        }
        lengths = {
            id: [terms[-1].position + 1 if terms else 0 for terms in both]
            for id, both in self._terms.items()
        }
        self._averages = [_average([both[field] for both in lengths.values()]) for field in (0, 1)]
        self._lengths = lengths

    def scores(
        self, query: Node, ranking: Ranking = DEFAULT_RANKING, below: Node | None = None
    ) -> dict[str, float]:
        """Scores of all articles by a query, whether they match it or not.

        below: its fallback, the clauses of which count too; those of both count once.
        """
        totals = dict.fromkeys(self._terms, 0.0)
        wanted = Counter(_scoring(query))
        if below is not None:
            wanted |= Counter(_scoring(below))
        for clause in wanted.elements():
            for kind, counts in self._kinds(clause):
                weight = getattr(ranking, kind) * getattr(clause, "weight", 1.0)
                of_idf = counts if kind != "lead" else dict(self._kinds(clause))["stem"]
                if not of_idf:
                    continue
                rarity = (len(self._terms) - len(of_idf) + 0.5) / (len(of_idf) + 0.5)
                for id, (title, body) in counts.items():
                    frequency = self._frequency(id, title, body, kind, ranking)
                    saturated = frequency * (ranking.k1 + 1) / (ranking.k1 + frequency)
                    totals[id] += weight * math.log1p(rarity) * saturated
        return totals

    def _frequency(self, id: str, title: float, body: float, kind: str, ranking: Ranking) -> float:
        lengths = self._lengths[id]
        norms = [
            1 - b + b * length / average
            for b, length, average in zip(
                (ranking.b_title, ranking.b_body), lengths, self._averages, strict=True
            )
        ]
        return ranking.title * title / norms[0] + (body if kind == "lead" else body / norms[1])

    def _kinds(self, clause: Node) -> list[tuple[str, Counts]]:
        match clause:
            case Word(surface, stems, field):
                long = long_prefix_of(surface)
                stem = self._most(stems, lambda t, stem: stem in t.stems, field)
                begun = self._most([prefix_of(surface)], _is_prefix, field)
                if len(surface) < PREFIX_LETTERS and stems:
                    begun = stem
                begun_long = self._most([long], _is_long_prefix, field) if long else begun
                kinds = [
                    ("stem", stem),
                    ("exact", self._most([surface], _is_surface, field)),
                    ("prefix", begun),
                    ("long_prefix", begun_long),
                ]
                if field is not TextField.TITLE:
                    early = self._most(stems, lambda t, stem: stem in t.stems, field, LEAD_WORDS)
                    kinds.append(("lead", early))
                return kinds
            case Prefix(text, stems, field):
                begun = self._summed(text, field)
                return [
                    ("exact", begun),
                    ("stem", self._most(stems, lambda t, stem: stem in t.stems, field)),
                ]
            case Phrase():
                return [("phrase", self._phrase(clause))]
            case _:
                return []

    def _most(
        self,
        wanted: Iterable[str],
        holds: Callable[[Term, str], bool],
        field: TextField | None,
        within: int | None = None,
    ) -> Counts:
        """Of several terms the most frequent of each field counts."""

        def count(terms: list[Term], term: str, most: float) -> int:
            return len({t.position for t in terms if holds(t, term) and t.position < most})

        found = {}
        limits = (math.inf, within or math.inf)
        for id, both in self._terms.items():
            counts = [
                max((count(terms, term, limit) for term in wanted), default=0)
                if field in (None, place)
                else 0
                for place, terms, limit in zip(FIELDS, both, limits, strict=True)
            ]
            if any(counts):
                found[id] = (counts[0], counts[1])
        return found

    def _summed(self, text: str, field: TextField | None) -> Counts:
        """Every term that begins so, its positions added up; up to five letters by prefixes."""
        found: Counts = {}
        for id, both in self._terms.items():
            counts = []
            for place, terms in zip(FIELDS, both, strict=True):
                begun = {
                    (prefix_of(t.surface) if len(text) <= 5 else t.surface, t.position)
                    for t in terms
                    if t.surface.startswith(text)
                }
                counts.append(len(begun) if field in (None, place) else 0)
            if any(counts):
                found[id] = (counts[0], counts[1])
        return found

    def _phrase(self, phrase: Phrase) -> Counts:
        found: Counts = {}
        for id, both in self._terms.items():
            counts = []
            for place, terms in zip(FIELDS, both, strict=True):
                rows = [
                    {
                        t.position - gap
                        for t in terms
                        if t.surface == word.surface or set(word.stems) & set(t.stems)
                    }
                    for word, gap in zip(phrase.words, phrase.gaps, strict=True)
                ]
                counts.append(len(set.intersection(*rows)) if phrase.field in (None, place) else 0)
            if any(counts):
                found[id] = (counts[0], counts[1])
        return found


def _average(lengths: list[int]) -> float:
    counted = [length for length in lengths if length]
    return sum(counted) / len(counted) if counted else 1.0


def _is_surface(term: Term, surface: str) -> bool:
    return term.surface == surface


def _is_prefix(term: Term, prefix: str) -> bool:
    return prefix_of(term.surface) == prefix


def _is_long_prefix(term: Term, prefix: str) -> bool:
    return long_prefix_of(term.surface) == prefix


def _scoring(query: Node) -> list[Node]:
    match query:
        case All(parts) | Any(parts):
            return [clause for part in parts for clause in _scoring(part)]
        case Not():
            return []
        case clause:
            return [clause]
