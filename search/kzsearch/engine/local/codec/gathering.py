"""Gathering: analysed articles as they come, put into flat arrays some at a time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
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

TABLES = 64
"""Tables of words that are remembered; then all are forgotten, so no order need be kept."""

UNKNOWN = 2**32 - 1

Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]
Key = TypeVar("Key", bound=Hashable)


class _Numbered(dict[Key, int]):
    """Values numbered as they come."""

    def __missing__(self, value: Key) -> int:
        number = self[value] = len(self)
        return number


class _Table:
    """A table of words that articles share, and the number of each in the segment.

    A word is looked up once a table, when a token first stands for it.
    """

    def __init__(self, words: Sequence[AnalysedWord], numbered: _Numbered[AnalysedWord]) -> None:
        self._words = words  # kept, so that no other table gets its id
        self._numbered = numbered
        self._numbers: U32 = np.zeros(0, np.uint32)

    def numbers_of(self, tokens: U32) -> U32:
        """The number in the segment of the word of each token, given its number in the table."""
        more = len(self._words) - len(self._numbers)
        self._numbers = np.concatenate([self._numbers, np.full(more, UNKNOWN, np.uint32)])
        found = self._numbers[tokens]
        fresh = np.unique(tokens[found == UNKNOWN])
        if len(fresh):
            words = map(self._words.__getitem__, fresh.tolist())
            numbers = map(self._numbered.__getitem__, words)
            self._numbers[fresh] = np.fromiter(numbers, np.uint32, len(fresh))
            found = self._numbers[tokens]
        return found


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
        self._tables: dict[int, _Table] = {}

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
        words = self._number_words(articles)
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

    def _number_words(self, articles: Sequence[AnalysedArticle]) -> U32:
        """The number of the word of each token."""
        words: list[U32] = []
        for _, sharing in groupby(articles, key=lambda article: id(article.words)):
            some = list(sharing)
            table = self._table(some[0].words)
            texts = [text.words for article in some for text in (article.title, article.body)]
            words.append(table.numbers_of(np.concatenate(texts)))
        fresh = list(islice(self.words, len(self.lengths), None))
        self.lengths = np.concatenate([self.lengths, surface_lengths(fresh)])
        return np.concatenate(words)

    def _table(self, words: Sequence[AnalysedWord]) -> _Table:
        """What is known of a table of words."""
        table = self._tables.get(id(words))
        if table is None:
            if len(self._tables) >= TABLES:
                self._tables.clear()
            table = self._tables[id(words)] = _Table(words, self.words)
        return table

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
