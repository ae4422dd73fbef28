"""Plain BM25 over one kind of terms, title and body as one text: what ranking must beat."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from kzsearch.documents import Article
from kzsearch.engine.schema import prefix_of
from kzsearch.morphology import Analyzer, Term

__all__ = ["BASELINES", "PlainBM25"]

BASELINES: dict[str, Callable[[Term], str]] = {
    "BM25 on stems": lambda term: term.stems[0],
    "BM25 on five letters": lambda term: prefix_of(term.surface),
}
"""What each baseline makes of a word."""

K1, B = 1.2, 0.75


class PlainBM25:
    """Ranks articles by the sum over query words of idf and saturated frequency."""

    def __init__(
        self, articles: Iterable[Article], analyzer: Analyzer, key: Callable[[Term], str]
    ) -> None:
        self._analyzer = analyzer
        self._key = key
        self._postings: dict[str, dict[str, int]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        for article in articles:
            words = self._words(f"{article.title}\n{article.body}", query=False)
            self._lengths[article.id] = len(words)
            for word, count in Counter(words).items():
                self._postings[word][article.id] = count
        self._average = sum(self._lengths.values()) / max(len(self._lengths), 1)

    def rank(self, query: str, limit: int) -> list[str]:
        """Ids of the best articles, best first; equal scores in order of id."""
        scores: dict[str, float] = defaultdict(float)
        for word in dict.fromkeys(self._words(query, query=True)):
            found = self._postings.get(word, {})
            rarity = math.log1p((len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for id, count in found.items():
                norm = K1 * (1 - B + B * self._lengths[id] / self._average)
                scores[id] += rarity * count * (K1 + 1) / (count + norm)
        return sorted(scores, key=lambda id: (-scores[id], id))[:limit]

    def _words(self, text: str, *, query: bool) -> Sequence[str]:
        """One word a position: of a compound the whole, not its parts."""
        first: dict[int, str] = {}
        for term in self._analyzer.analyze(text, query=query):
            first.setdefault(term.position, self._key(term))
        return list(first.values())
