"""BM25F over the kinds of terms that a clause of a query is found by.

For each kind (stem, exact form, first five and six letters) the counts in title and body are
first added up, weighted by field and field length, and only then saturated (Robertson, Zaragoza
and Taylor 2004), so that a word in the title and in the body is one word, not two. An article's
score is the sum over the kinds of all clauses.

Scores are float32 and each is added up in the order of the query, whatever the segments.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.cache import BoundedCache, once
from kzsearch.engine.local.search.clauses import ScoredTerm
from kzsearch.engine.local.search.postings import Docs, looked_up
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.segment_api import Counts
from kzsearch.engine.ranking import Ranking

__all__ = ["Norms", "Scorer", "WeightedTerm"]

Scores = NDArray[np.float32]

KINDS = ("stem", "exact", "prefix", "long_prefix", "lead", "related", "phrase")

SATURATED_BYTES = 16 << 20

_SPARSE = 8
"""Postings are looked up for the documents to score where these are so many times fewer."""

_FEW = 2_000
"""So few documents are scored by themselves, more in an array of all documents."""


class Norms:
    """What one occurrence in a field counts for in each document: less in a longer text."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking) -> None:
        self._snapshot = snapshot
        self._ranking = ranking
        self.saturated: BoundedCache[Scores] = BoundedCache(SATURATED_BYTES)
        """Saturated counts of terms that are asked for all the time, by ``Postings.key``."""

    @once
    def title(self) -> Scores:
        """Of titles, by document."""
        ranking = self._ranking
        return self._norms(self._snapshot.title_lengths, ranking.title, ranking.b_title)

    @once
    def body(self) -> Scores:
        """Of bodies, by document."""
        return self._norms(self._snapshot.body_lengths, 1.0, self._ranking.b_body)

    def prepare(self) -> None:
        """Compute both."""
        _ = self.title, self.body

    def _norms(self, lengths: Counts, weight: float, b: float) -> Scores:
        counted = lengths[self._snapshot.live & (lengths > 0)]
        average = int(counted.sum(dtype=np.int64)) / len(counted) if len(counted) else 1.0
        norms: Scores = (weight / (1.0 - b + b * lengths / average)).astype(np.float32)
        return norms


class WeightedTerm(NamedTuple):
    """A scored term with everything multiplied out but what differs by document.

    weight: what a document gains at most: idf, weights of kind and clause, k1 + 1.
    """

    term: ScoredTerm
    weight: float


class Scorer:
    """Scores documents of one snapshot by one ranking."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking, norms: Norms) -> None:
        self._snapshot = snapshot
        self._ranking = ranking
        self._norms = norms

    @property
    def documents(self) -> int:
        """How many documents there are, deleted ones included."""
        return self._snapshot.documents

    @once
    def kinds(self) -> frozenset[str]:
        """The kinds of terms that add score."""
        return frozenset(kind for kind in KINDS if getattr(self._ranking, kind))

    @property
    def k1(self) -> float:
        """How soon repeating a word stops helping."""
        return self._ranking.k1

    @property
    def partial(self) -> float:
        """See ``Ranking.partial``."""
        return self._ranking.partial

    def shares(self, term: ScoredTerm, at: int) -> tuple[float, float]:
        """The part of a posting's frequency that is its title's, and its body's."""
        postings = term.postings
        document = postings.docs[at]
        title = float(postings.title[at] * self._norms.title[document])
        norm = 1.0 if term.kind == "lead" else self._norms.body[document]
        body = float(postings.body[at])
        if postings.aside is not None:
            body -= float(postings.aside[at] * self._discount)
        return title, float(body * norm)

    @property
    def _discount(self) -> np.float32:
        """What an occurrence in page furniture counts less than one in running text."""
        return np.float32(1.0 - self._ranking.aside)

    def weighted(self, terms: Sequence[ScoredTerm], times: float) -> list[WeightedTerm]:
        """The terms of a clause that add score; ``times``: what the query says it counts for."""
        found = []
        for term in terms:
            weight = getattr(self._ranking, term.kind) * times
            if weight and term.doc_freq:
                rarity = (self._snapshot.count - term.doc_freq + 0.5) / (term.doc_freq + 0.5)
                gain = weight * (self._ranking.k1 + 1.0) * math.log1p(rarity)
                found.append(WeightedTerm(term, gain))
        return found

    def scores(self, terms: Sequence[WeightedTerm], docs: Docs) -> Scores:
        """Scores of some documents, in their order.

        Terms are added up one after the other, so a score is the same to the last bit whichever
        other documents are scored with it.
        """
        if len(docs) > _FEW:
            return self._scores_of_many(terms, docs)
        scores = np.zeros(len(docs), np.float32)
        for weighted in terms:
            held = weighted.term.postings.docs
            if held is docs:
                scores += self._gains(weighted, None)
            elif len(docs) <= len(held):
                if len(docs):
                    at, hit = looked_up(docs, held)
                    scores[hit] += self._gains(weighted, at[hit])
            elif len(held):  # what is shorter is looked up: it takes longest
                at, hit = looked_up(held, docs)
                if hit.all():
                    scores[at] += self._gains(weighted, None)
                else:
                    scores[at[hit]] += self._gains(weighted, hit.nonzero()[0])
        return scores

    def _scores_of_many(self, terms: Sequence[WeightedTerm], docs: Docs) -> Scores:
        """The same, added up in an array of all documents."""
        scores = np.zeros(self._snapshot.documents, np.float32)
        for weighted in terms:
            held = weighted.term.postings.docs
            if len(docs) * _SPARSE < len(held):
                at, hit = looked_up(docs, held)
                scores[docs[hit]] += self._gains(weighted, at[hit])
            else:
                scores[held] += self._gains(weighted, None)
        return scores[docs]

    def _gains(self, weighted: WeightedTerm, chosen: NDArray[np.intp] | None) -> Scores:
        """What a term adds to the documents of all or some of its postings."""
        term, weight = weighted.term, np.float32(weighted.weight)
        key = term.postings.key
        if key is None:
            gains = self._saturated(term, chosen)
            gains *= weight
            return gains
        known = self._norms.saturated.get(key)
        if known is None:
            known = self._saturated(term, None)
            self._norms.saturated.put(key, known, known.nbytes)
        return (known if chosen is None else known[chosen]) * weight

    def _saturated(self, term: ScoredTerm, chosen: NDArray[np.intp] | None) -> Scores:
        """Counts of a term, of which each one more says less."""
        frequency = self._frequency(term, chosen)
        saturated: Scores = frequency / (frequency + np.float32(self._ranking.k1))
        return saturated

    def _frequency(self, term: ScoredTerm, chosen: NDArray[np.intp] | None) -> Scores:
        """Counts over the fields of a term, in words of a body of average length."""
        postings = term.postings
        docs, title, body, titled = postings.docs, postings.title, postings.body, postings.titled
        if postings.aside is not None:
            body = body - postings.aside * self._discount
        if chosen is not None:
            docs, body = docs[chosen], body[chosen]
            if titled is None or len(titled):
                title, titled = title[chosen], None
        if titled is None:
            titled = title.nonzero()[0]
        if term.kind == "lead":
            frequency = body.astype(np.float32)  # first words count alike in every article
        else:
            frequency = self._norms.body[docs]
            frequency *= body.astype(np.float32, copy=False)
        if len(titled):
            in_titles = self._norms.title[docs[titled]]
            in_titles *= title[titled].astype(np.float32, copy=False)
            frequency[titled] += in_titles
        return frequency
