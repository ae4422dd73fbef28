"""kzsearch's own engine on ready tokens, with one stem field or all readings.

Everything this knows of the engine's inside is between the two lines of the seam.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from benchmarks.speed.corpus import Document, Word
from benchmarks.speed.engines import K
from kzsearch import Article, __version__
from kzsearch.engine import All, Any, Node, Phrase, SearchRequest, open_engine
from kzsearch.engine import Word as WordNode

__all__ = ["Peer"]

# ---- Seam: how ready tokens get into the engine, and how it is told to rank by stems alone ----

from kzsearch.engine import batch
from kzsearch.engine.codec import Field, IndexedArticle
from kzsearch.engine.search import searcher
from kzsearch.engine.search.ranking import Ranking

FIELDS = {
    "stem": Field.BODY,
    "exact": Field.BODY_EXACT,
    "five": Field.BODY_START,
    "six": Field.BODY_LONG_START,
}
STEMS_ONLY = Ranking(k1=1.2, exact=0.0, start=0.0, long_start=0.0, lead=0.0)
FOUR_READINGS = Ranking(lead=0.0)


def _add(folder: Path, readings: Sequence[str], documents: Iterable[Document]) -> None:
    """Index documents without analysing them."""
    waiting: dict[str, Document] = {}

    def indexed(article: Article, _analyzer: object) -> IndexedArticle:
        document = waiting.pop(article.id)
        return IndexedArticle(
            id=article.id,
            source="",
            category="",
            digest=article.content_digest,
            time=-(2**63),
            day=0,
            title_length=0,
            body_length=document.fields[0].count(" ") + 1,
            terms={
                FIELDS[reading]: _positions(text)
                for reading, text in zip(readings, document.fields, strict=True)
            },
        )

    def articles() -> Iterator[Article]:
        for document in documents:
            article = Article(id=str(document.number), body=document.fields[0])
            waiting[article.id] = document
            yield article

    with patch.object(batch, "index_article", indexed):
        open_engine(folder, create=True).add(articles())


def _positions(text: str) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(text.split()):
        found[token].append(position)
    return found


def _rank_by(readings: Sequence[str]) -> None:
    ranking = STEMS_ONLY if len(readings) == 1 else FOUR_READINGS
    patch.object(searcher, "DEFAULT_RANKING", ranking).start()  # this process does nothing else


# ---- End of the seam ----


class Peer:
    """See ``Engine``."""

    own_seconds = None

    def __init__(self, readings: Sequence[str]) -> None:
        self.readings = readings

    def version(self) -> str:
        return f"kzsearch {__version__}"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        _add(folder, self.readings, documents)

    def open(self, folder: Path) -> None:
        _rank_by(self.readings)
        self.engine = open_engine(folder)

    def _search(self, query: Node) -> list[int]:
        request = SearchRequest(query=query, limit=K, facets=False)
        return [int(hit.article.id) for hit in self.engine.search(request).hits]

    def _words(self, words: Sequence[Word]) -> tuple[WordNode, ...]:
        """With one reading, the stem stands for the word as written too."""
        one = len(self.readings) == 1
        return tuple(WordNode(word.stem if one else word.exact, (word.stem,)) for word in words)

    def search_term(self, word: Word) -> list[int]:
        return self._search(self._words([word])[0])

    def search_or(self, words: Sequence[Word]) -> list[int]:
        return self._search(Any(self._words(words)))

    def search_and(self, words: Sequence[Word]) -> list[int]:
        return self._search(All(self._words(words)))

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        return self._search(Phrase(self._words(words), tuple(range(len(words)))))

    def close(self) -> None:
        self.engine.close()
