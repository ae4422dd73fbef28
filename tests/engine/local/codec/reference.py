"""A segment in plain Python, slow and simple: what every codec must give back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens, aside_of
from kzsearch.engine.local.segment_api import (
    BODY_GAP,
    Columns,
    Dictionary,
    KeywordColumn,
    Positions,
    Postings,
)
from kzsearch.engine.schema import (
    LEAD_WORDS,
    KeywordField,
    TermKind,
    TextField,
    long_prefix_of,
    prefix_of,
)

U32 = NDArray[np.uint32]
Places = dict[str, dict[int, set[tuple[TextField, int]]]]
"""For each term and article where it stands."""


def terms_of(kind: TermKind, word: AnalysedWord) -> Iterable[str]:
    surface, stems = word
    if kind is TermKind.STEM:
        return stems
    if kind is TermKind.EXACT:
        return (surface,)
    if kind is TermKind.PREFIX:
        return (prefix_of(surface),)
    long = long_prefix_of(surface)
    return () if long is None else (long,)


class ReferenceDictionary:
    def __init__(self, places: Places) -> None:
        self._terms = sorted(places)
        self.places = [places[term] for term in self._terms]

    def __len__(self) -> int:
        return len(self._terms)

    def terms(self) -> list[str]:
        return list(self._terms)

    def term(self, number: int) -> str:
        return self._terms[number]

    def number(self, term: str) -> int:
        return self._terms.index(term) if term in self._terms else -1

    def span(self, prefix: str) -> tuple[int, int]:
        below = sum(term < prefix for term in self._terms)
        return below, below + sum(term.startswith(prefix) for term in self._terms)

    @cached_property
    def doc_freqs(self) -> U32:
        return np.array([len(docs) for docs in self.places], np.uint32)


class ReferenceSegment:
    """Implements ``SegmentReader``."""

    def __init__(self, articles: Sequence[AnalysedArticle], offsets: Sequence[int]) -> None:
        self._articles = articles
        self._offsets = offsets
        self._words = sorted(
            {a.words[w] for a in articles for t in (a.title, a.body) for w in t.words.tolist()}
        )
        self._dictionaries = {kind: self._invert(kind) for kind in TermKind}

    def _invert(self, kind: TermKind) -> ReferenceDictionary:
        places: Places = defaultdict(lambda: defaultdict(set))
        for number, article in enumerate(self._articles):
            for field in TextField:
                tokens: Tokens = getattr(article, field.value)
                for word, position in zip(
                    tokens.words.tolist(), tokens.positions.tolist(), strict=True
                ):
                    for term in terms_of(kind, article.words[word]):
                        places[term][number].add((field, position))
        return ReferenceDictionary(places)

    @property
    def articles(self) -> int:
        return len(self._articles)

    @property
    def columns(self) -> Columns:
        def column(read: Callable[[AnalysedArticle], int], dtype: type) -> NDArray[np.generic]:
            return np.array([read(article) for article in self._articles], dtype)

        return Columns(
            column(lambda a: a.time, np.int64),  # type: ignore[arg-type]
            column(lambda a: a.day, np.int32),  # type: ignore[arg-type]
            column(lambda a: a.title.length, np.uint32),  # type: ignore[arg-type]
            column(lambda a: a.body.length, np.uint32),  # type: ignore[arg-type]
        )

    def offsets(self) -> NDArray[np.uint64]:
        return np.array(self._offsets, np.uint64)

    def offset(self, number: int) -> int:
        return self._offsets[number]

    def ids(self) -> Sequence[str]:
        return [article.id for article in self._articles]

    def digest(self, number: int) -> str:
        return self._articles[number].digest

    def keyword(self, field: KeywordField) -> KeywordColumn:
        written = [getattr(article, field.value) for article in self._articles]
        values = sorted({"", *written})
        return KeywordColumn(values, np.array([values.index(v) for v in written], np.uint32))

    def find(self, article_id: str) -> Sequence[int]:
        return [n for n, article in enumerate(self._articles) if article.id == article_id]

    def dictionary(self, kind: TermKind) -> Dictionary:
        return self._dictionaries[kind]

    def postings(self, kind: TermKind, number: int) -> Postings:
        docs = self._dictionaries[kind].places[number]
        asides = [
            set(article.body.positions[aside_of(article)].tolist()) for article in self._articles
        ]

        def counts(wanted: Callable[[TextField, int, bool], bool]) -> U32:
            return np.array(
                [
                    sum(
                        wanted(field, at, field is TextField.BODY and at in asides[doc])
                        for field, at in docs[doc]
                    )
                    for doc in sorted(docs)
                ],
                np.uint32,
            )

        lead = None
        if kind is TermKind.STEM:
            lead = counts(
                lambda field, at, aside: field is TextField.BODY and at < LEAD_WORDS and not aside
            )
        aside = counts(lambda _field, _at, aside: aside)
        return Postings(
            np.array(sorted(docs), np.uint32),
            counts(lambda field, *_: field is TextField.TITLE),
            counts(lambda field, *_: field is TextField.BODY),
            lead,
            aside if aside.any() else None,
        )

    def positions(self, number: int) -> Positions:
        ends: list[int] = []
        values: list[int] = []
        for doc, places in sorted(self._dictionaries[TermKind.STEM].places[number].items()):
            shift = {
                TextField.TITLE: 0,
                TextField.BODY: self._articles[doc].title.length + BODY_GAP,
            }
            values += sorted(at + shift[field] for field, at in places)
            ends.append(len(values))
        return Positions(np.array(ends, np.uint32), np.array(values, np.uint32))

    def tokens(self, article: int) -> tuple[Tokens, Tokens]:
        given = self._articles[article]
        numbers = np.array([self._number(word) for word in given.words], np.uint32)
        return self._renumbered(given.title, numbers), self._renumbered(given.body, numbers)

    def _number(self, word: AnalysedWord) -> int:
        return self._words.index(word) if word in self._words else 0

    @staticmethod
    def _renumbered(tokens: Tokens, numbers: U32) -> Tokens:
        words = numbers[tokens.words] if len(tokens) else tokens.words
        return Tokens(words, tokens.positions, tokens.starts, tokens.ends)

    @property
    def word_surfaces(self) -> U32:
        exact = self._dictionaries[TermKind.EXACT]
        return np.array([exact.number(surface) for surface, _ in self._words], np.uint32)

    @property
    def word_stems(self) -> tuple[U32, U32]:
        stem = self._dictionaries[TermKind.STEM]
        numbers = [[stem.number(each) for each in stems] for _, stems in self._words]
        ends = np.cumsum([len(each) for each in numbers], dtype=np.uint32)
        return ends, np.array([number for each in numbers for number in each], np.uint32)

    def close(self) -> None:
        """Nothing to let go of."""
