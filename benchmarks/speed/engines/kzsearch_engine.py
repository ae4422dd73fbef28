"""kzsearch's own engine on ready tokens, with one stem field or all readings.

Everything this knows of the engine's inside is between the two lines of the seam.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.speed.corpus import Document, Word
from benchmarks.speed.engines import K
from kzsearch import Article, __version__
from kzsearch.engine import All, Node, Phrase, SearchRequest, open_engine
from kzsearch.engine import Any as AnyOf
from kzsearch.engine import Word as WordNode

__all__ = ["Peer"]

# ---- Seam: how ready tokens get into the engine, and how it is told to rank by stems alone ----

from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens
from kzsearch.engine.local import analysing
from kzsearch.engine.local.search import searcher
from kzsearch.engine.ranking import Ranking
from kzsearch.engine.schema import NO_TIME

STEMS_ONLY = Ranking(k1=1.2, exact=0.0, prefix=0.0, long_prefix=0.0, lead=0.0)
FOUR_READINGS = Ranking(lead=0.0)
NO_TOKENS = np.zeros(0, np.uint32)


class _Numbered(dict[Any, int]):
    """Values numbered as they come; ``met`` has them by number."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[Any] = []

    def __missing__(self, value: object) -> int:
        self.met.append(value)
        number = self[value] = len(self)
        return number


class ReadyTokens:
    """Documents as the engine gets them from its analyzer: rows of word numbers."""

    def __init__(self) -> None:
        self._written, self._stems, self._pairs = _Numbered(), _Numbered(), _Numbered()
        self._words: list[AnalysedWord] = []

    def analysed(self, article: Article, document: Document) -> AnalysedArticle:
        """What the engine takes in of a document."""
        stems = document.fields[0].split()
        words = numbers = _looked_up(self._stems, stems)
        written = stems
        if len(document.fields) > 1:
            written = document.fields[1].split()
            pairs = _looked_up(self._written, written).astype(np.uint64) << np.uint64(32) | numbers
            words = _looked_up(self._pairs, pairs.tolist())
        self._name_words()
        lengths = np.fromiter(map(len, written), np.uint32, len(written))
        ends = np.cumsum(lengths + np.uint32(1), dtype=np.uint32) - np.uint32(1)
        positions = np.arange(len(words), dtype=np.uint32)
        return AnalysedArticle(
            id=article.id,
            source="",
            category="",
            language="",
            digest=article.content_digest,
            time=NO_TIME,
            day=0,
            words=self._words,
            title=Tokens(NO_TOKENS, NO_TOKENS, NO_TOKENS, NO_TOKENS),
            body=Tokens(words, positions, ends - lengths, ends),
        )

    def _name_words(self) -> None:
        """Add to the table the words that were met for the first time."""
        known = len(self._words)
        if not self._written:
            self._words += [(stem, (stem,)) for stem in self._stems.met[known:]]
        else:
            written, stems = self._written.met, self._stems.met
            fresh = self._pairs.met[known:]
            self._words += [(written[pair >> 32], (stems[pair & 0xFFFFFFFF],)) for pair in fresh]


def _looked_up(numbers: _Numbered, values: Sequence[object]) -> NDArray[np.uint32]:
    return np.fromiter(map(numbers.__getitem__, values), np.uint32, len(values))


def _add(folder: Path, documents: Iterable[Document]) -> None:
    """Index documents without analysing them."""
    waiting: dict[str, Document] = {}
    tokens = ReadyTokens()

    def articles() -> Iterator[Article]:
        for document in documents:
            article = Article(id=str(document.number), body=document.fields[0])
            waiting[article.id] = document
            yield article

    def all_analysed(chosen: Sequence[Article], _numberer: object) -> list[AnalysedArticle]:
        return [tokens.analysed(article, waiting.pop(article.id)) for article in chosen]

    with patch.object(analysing, "analyse_articles", all_analysed):
        open_engine(folder, create=True).add(articles())


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
        _add(folder, documents)

    def open(self, folder: Path) -> None:
        _rank_by(self.readings)
        self.engine = open_engine(folder)

    def _search(self, query: Node) -> list[int]:
        request = SearchRequest(query=query, limit=K, facets=False)
        return [int(id) for id, _ in self.engine.rank(request)]

    def _words(self, words: Sequence[Word]) -> tuple[WordNode, ...]:
        """With one reading, the stem stands for the word as written too."""
        one = len(self.readings) == 1
        return tuple(WordNode(word.stem if one else word.exact, (word.stem,)) for word in words)

    def search_term(self, word: Word) -> list[int]:
        return self._search(self._words([word])[0])

    def search_or(self, words: Sequence[Word]) -> list[int]:
        return self._search(AnyOf(self._words(words)))

    def search_and(self, words: Sequence[Word]) -> list[int]:
        return self._search(All(self._words(words)))

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        return self._search(Phrase(self._words(words), tuple(range(len(words)))))

    def close(self) -> None:
        self.engine.close()
