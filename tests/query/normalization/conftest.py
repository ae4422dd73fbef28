"""A small vocabulary, a normalizer and a parser that go by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.query.normalization import Normalized, Normalizer, letters_of
from kzsearch.query.syntax import parse_syntax

WORDS = {
    "қазақстан": 900, "үкіметі": 80, "үкімет": 120, "президенті": 200, "президент": 150,
    "жаңа": 400, "жаңалық": 30, "қазақ": 300, "казак": 4, "өскемен": 20, "өткен": 500,
    "апта": 60, "қасым": 90, "жомарт": 80, "тоқаев": 300, "ресей": 200, "мектеп": 90,
    "ит": 6, "it": 12, "топ": 40, "top": 2, "компаниясы": 50, "apple": 5, "қайрат": 20,
    "covid": 30, "өлең": 10, "март": 50, "martin": 2, "тен": 2, "тең": 57,
    "экономика": 40, "қазір": 90, "ел": 300,
    "мен": 900, "он": 80, "бес": 70, "таң": 9, "дом": 1, "көт": 1, "microsoft": 5,
    "қалай": 50, "заң": 200, "орман": 9, "ақш": 90, "ақ": 80,
}  # fmt: skip

STEMS = {"қазақстан": 950, "үкімет": 150, "президент": 300, "мектеп": 120, "тоқаев": 310}


class NewsVocabulary:
    """Words of an invented index."""

    def __init__(self, **more: int) -> None:
        self._words = WORDS | more

    def doc_freq(self, word: str) -> int:
        return self._words.get(word, 0)

    def stem_doc_freq(self, stem: str) -> int:
        return STEMS.get(stem, 0)

    def surfaces(self, stem: str) -> dict[str, bool]:
        return {}

    def prefix_doc_freq(self, prefix: str) -> int:
        return max((n for word, n in self._words.items() if word.startswith(prefix)), default=0)


@pytest.fixture(scope="session")
def vocabulary() -> NewsVocabulary:
    return NewsVocabulary()


Normalize = Callable[[str], Normalized]
"""Normalises a query."""


@pytest.fixture(scope="session")
def normalize_knowing(analyzer: Analyzer) -> Callable[..., Normalize]:
    """Normalises queries by an index that knows some more words."""

    def make(**more: int) -> Normalize:
        vocabulary = NewsVocabulary(**more)
        acronyms = frozenset(("қр", "ақш", "бұұ"))
        normalizer = Normalizer(lambda: vocabulary, analyzer.stems, acronyms)

        def normalize(text: str) -> Normalized:
            known = normalizer.known_words()
            return normalizer.normalize(parse_syntax(text, partial(letters_of, known=known)), known)

        return normalize

    return make


@pytest.fixture(scope="session")
def normalize(normalize_knowing: Callable[..., Normalize]) -> Normalize:
    return normalize_knowing()


@pytest.fixture(scope="session")
def reader(analyzer: Analyzer) -> QueryParser:
    """A parser with a vocabulary."""
    return QueryParser(analyzer, vocabulary=NewsVocabulary)
