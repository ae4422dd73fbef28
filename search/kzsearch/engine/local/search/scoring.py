"""BM25F over the readings of a query's words.

For each reading (stem, exact form, first five and six letters) the frequencies in title and
body are first added up, weighted by field and field length, and only then
saturated (Robertson, Zaragoza and Taylor 2004), so that a word in the title
and in the body is one word, not two. An article's score is the sum over the
readings of all words of the query.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import cached_property

from kzsearch.engine.interface import Match, Place, ScorePart
from kzsearch.engine.local.search.leaves import Leaf, Reading
from kzsearch.engine.local.search.matching import Matcher, scoring_leaves
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.segment_api import (
    EXACT_FIELDS,
    LONG_START_FIELDS,
    START_FIELDS,
    STEM_FIELDS,
    Field,
)
from kzsearch.engine.nodes import Node, Phrase, Word
from kzsearch.engine.ranking import DEFAULT_RANKING, Ranking

__all__ = ["Scorer"]

TITLES = frozenset(
    fields[0] for fields in (STEM_FIELDS, EXACT_FIELDS, START_FIELDS, LONG_START_FIELDS)
)
MATCHES = {"lead": Match.STEM, "long_start": Match.START}
"""Of the readings that are not called as they match."""


class Scorer:
    """Scores articles of one snapshot; made once per snapshot."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking = DEFAULT_RANKING) -> None:
        self._snapshot = snapshot
        self._ranking = ranking

    @cached_property
    def _title_gains(self) -> list[float]:
        ranking = self._ranking
        return self._gains(STEM_FIELDS[0], ranking.title, ranking.b_title)

    @cached_property
    def _body_gains(self) -> list[float]:
        return self._gains(STEM_FIELDS[1], 1.0, self._ranking.b_body)

    @cached_property
    def _lead_gains(self) -> list[float]:
        return [1.0] * len(self._body_gains)

    def _gains(self, field: Field, weight: float, b: float) -> list[float]:
        """What one occurrence counts for in each article: less in a longer text."""
        lengths = self._snapshot.lengths(field)
        live = [lengths[number] for number in self._snapshot.everything if lengths[number]]
        average = sum(live) / len(live) if live else 1.0
        return [weight / (1.0 - b + b * length / average) for length in lengths]

    def scores(self, query: Node, articles: Set[int], matcher: Matcher) -> dict[int, float]:
        """Scores of some articles."""
        scores = dict.fromkeys(articles, 0.0)
        k1 = self._ranking.k1
        for reading, weight in self._weighted(query, matcher):
            for number, frequency in self._counted(reading, scores.keys()).items():
                scores[number] += weight * frequency / (k1 + frequency)
        return scores

    def explain(self, query: Node, number: int, matcher: Matcher) -> tuple[ScorePart, ...]:
        """The parts of one article's score, greatest first; they add up to it."""
        scores: defaultdict[tuple[str, Place, Match], float] = defaultdict(float)
        for reading, weight in self._weighted(query, matcher):
            whole = self._counted(reading, {number}).get(number, 0.0)
            match = MATCHES.get(reading.kind) or Match(reading.kind)
            for field, found in reading.fields.items():
                if number in found:
                    what = reading.words[field][number] if reading.words else reading.what
                    share = found[number] * self._gains_of(field)[number]
                    score = weight * share / (self._ranking.k1 + whole)
                    scores[what, _place(field), match] += score
        parts = (ScorePart(*named, score) for named, score in scores.items())
        return tuple(sorted(parts, key=lambda part: (-part.score, part.what, part.where)))

    def _weighted(self, query: Node, matcher: Matcher) -> Iterator[tuple[Reading, float]]:
        """Readings of a query with idf and weight multiplied out."""
        for leaf, times in scoring_leaves(query).items():
            for reading in matcher.evidence(leaf).readings:
                weight = getattr(self._ranking, reading.kind) * _weight_of(leaf)
                if weight and (holders := reading.holders):
                    rarity = (self._snapshot.count - holders + 0.5) / (holders + 0.5)
                    yield reading, times * weight * (self._ranking.k1 + 1) * math.log1p(rarity)

    def _counted(self, reading: Reading, articles: Set[int]) -> dict[int, float]:
        """Frequencies over the fields of a reading, in words of an average body."""
        counted: dict[int, float] = {}
        for field, found in reversed(reading.fields.items()):  # bodies, then the few titles
            gains = self._gains_of(field)
            in_field = {number: found[number] * gains[number] for number in found.keys() & articles}
            if counted:
                for number, frequency in in_field.items():
                    counted[number] = counted.get(number, 0.0) + frequency
            else:
                counted = in_field
        return counted

    def _gains_of(self, field: Field) -> list[float]:
        match _place(field):
            case Place.TITLE:
                return self._title_gains
            case Place.LEAD:
                return self._lead_gains
            case Place.BODY:
                return self._body_gains


def _place(field: Field) -> Place:
    if field in TITLES:
        return Place.TITLE
    return Place.LEAD if field is Field.LEAD else Place.BODY


def _weight_of(leaf: Leaf) -> float:
    """What the query says a leaf counts for."""
    return leaf.weight if isinstance(leaf, Word | Phrase) else 1.0
