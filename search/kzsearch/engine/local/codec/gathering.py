"""Gathering: analysed articles as they come, put into flat arrays some at a time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens, aside_of
from kzsearch.engine.local.codec.forward import Rows, shapes_of
from kzsearch.engine.local.codec.inversion import Places, places_of
from kzsearch.engine.local.codec.lexicon import surface_lengths
from kzsearch.engine.local.codec.packing import ends_of
from kzsearch.engine.local.codec.segment_file import ArticleValues
from kzsearch.engine.schema import KeywordField

__all__ = ["Chunk", "Gathered"]

CHUNK = 1 << 17
"""Tokens that wait as articles before they are put into flat arrays."""

Numbers = NDArray[np.int64]
Key = TypeVar("Key", bound=Hashable)


class _Numbered(dict[Key, int]):
    """Values numbered as they come."""

    def __missing__(self, value: Key) -> int:
        number = self[value] = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Chunk:
    """The tokens of some articles: rows whose words are numbered as they came, and places."""

    rows: Rows
    places: Places


class Gathered:
    """What a segment is made from.

    count: articles so far.
    words: the distinct words, numbered as they came.
    lengths: how many code points the surface of each word has.
    chunks: the tokens; complete after ``flush``.
    """

    def __init__(self) -> None:
        self.count = 0
        self.words: _Numbered[AnalysedWord] = _Numbered()
        self.lengths: Numbers = np.zeros(0, np.int64)
        self.chunks: list[Chunk] = []
        self._waiting: list[AnalysedArticle] = []
        self._waiting_tokens = 0
        self._offsets: list[int] = []
        self._ids: list[str] = []
        self._digests: list[str] = []
        self._keywords: dict[KeywordField, _Numbered[str]] = {
            field: _Numbered() for field in KeywordField
        }
        self._columns: list[Numbers] = []

    def add(self, article: AnalysedArticle, offset: int) -> int:
        """Take in an article; returns its number."""
        self._offsets.append(offset)
        self._waiting.append(article)
        self._waiting_tokens += len(article.title.words) + len(article.body.words)
        if self._waiting_tokens >= CHUNK:
            self.flush()
        self.count += 1
        return self.count - 1

    def flush(self) -> None:
        """Put the tokens of the articles that wait into flat arrays."""
        articles, self._waiting, self._waiting_tokens = self._waiting, [], 0
        if not articles:
            return
        texts = [text for article in articles for text in (article.title, article.body)]
        counts = np.fromiter((len(text.words) for text in texts), np.int64, len(texts))
        words = self._number_words(articles, texts, counts)
        positions = _joined(texts, "positions")
        filled = counts > 0
        ends = ends_of(counts)
        shapes, plain = shapes_of(
            positions,
            _joined(texts, "starts"),
            _joined(texts, "ends"),
            self.lengths[words],
            ends[:-1][filled],
        )
        base = len(self._ids)
        docs = np.repeat(np.arange(2 * base, 2 * (base + len(articles))), counts)
        places = places_of(docs, positions, _aside(articles))
        self.chunks.append(Chunk(Rows(counts[::2] + counts[1::2], words, shapes, plain), places))
        lengths = np.zeros(len(texts), np.int64)
        lengths[filled] = positions[ends[1:][filled] - 1] + 1
        self._keep_values(articles, lengths, counts)

    def _number_words(
        self, articles: Sequence[AnalysedArticle], texts: Sequence[Tokens], counts: Numbers
    ) -> NDArray[np.uint32]:
        """The number of the word of each token.

        A table that articles share is read once, a word that tables share is looked up once.
        """
        tables = {id(article.words): article.words for article in articles}
        sizes = np.fromiter(map(len, tables.values()), np.int64, len(tables))
        bases = dict(zip(tables, ends_of(sizes).tolist(), strict=False))
        every = list(chain.from_iterable(tables.values()))
        _, first, of_word = np.unique(
            np.fromiter(map(id, every), np.int64, len(every)),
            return_index=True,
            return_inverse=True,
        )
        found = map(self.words.__getitem__, map(every.__getitem__, first.tolist()))
        table = np.fromiter(found, np.uint32, len(first))[of_word]
        fresh = list(islice(self.words, len(self.lengths), None))
        self.lengths = np.concatenate([self.lengths, surface_lengths(fresh)])
        base_of = np.array([bases[id(article.words)] for article in articles])
        of_token = _joined(texts, "words") + np.repeat(base_of.repeat(2), counts)
        words: NDArray[np.uint32] = table[of_token]
        return words

    def _keep_values(
        self, articles: Sequence[AnalysedArticle], lengths: Numbers, counts: Numbers
    ) -> None:
        self._ids += [article.id for article in articles]
        self._digests += [article.digest for article in articles]
        keywords = [
            [numbered[getattr(article, field.value)] for article in articles]
            for field, numbered in self._keywords.items()
        ]
        plain: list[Any] = [
            [article.time for article in articles],
            [article.day for article in articles],
            lengths[::2],
            lengths[1::2],
            counts[::2],
            counts[::2] + counts[1::2],
        ]
        self._columns.append(np.array(plain + keywords, np.int64))

    def values(self) -> ArticleValues:
        """What is kept of the articles apart from their words."""
        columns = np.concatenate(
            [np.zeros((6 + len(KeywordField), 0), np.int64), *self._columns], 1
        )
        time, day, title_length, body_length, title_tokens, tokens, *ordinals = columns
        return ArticleValues(
            self._ids,
            self._digests,
            {
                field: (list(numbered), each)
                for (field, numbered), each in zip(self._keywords.items(), ordinals, strict=True)
            },
            time,
            day.astype(np.int32),
            title_length.astype(np.uint32),
            body_length.astype(np.uint32),
            np.array(self._offsets, np.uint64),
            title_tokens,
            tokens,
        )


def _aside(articles: Sequence[AnalysedArticle]) -> NDArray[np.bool_]:
    """For each token of titles and bodies whether it is page furniture."""
    rows = []
    for article in articles:
        rows.append(np.zeros(len(article.title), np.bool_))
        rows.append(aside_of(article))
    return np.concatenate(rows)


def _joined(texts: Sequence[Tokens], column: str) -> Numbers:
    return np.concatenate([getattr(text, column) for text in texts]).astype(np.int64)
