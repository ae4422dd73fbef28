"""A small vocabulary, a repairer and a parser that go by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.query.normalization import Repairer

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

    def prefix_doc_freq(self, prefix: str) -> int:
        return max((n for word, n in self._words.items() if word.startswith(prefix)), default=0)


@pytest.fixture(scope="session")
def vocabulary() -> NewsVocabulary:
    return NewsVocabulary()


@pytest.fixture(scope="session")
def repairer_knowing(analyzer: Analyzer) -> Callable[..., Repairer]:
    """Makes a repairer that knows some more words."""

    def make(**more: int) -> Repairer:
        vocabulary = NewsVocabulary(**more)
        return Repairer(lambda: vocabulary, analyzer.stems, frozenset(("қр", "ақш", "бұұ")))

    return make


@pytest.fixture(scope="session")
def repairer(repairer_knowing: Callable[..., Repairer]) -> Repairer:
    return repairer_knowing()


@pytest.fixture(scope="session")
def reader(analyzer: Analyzer) -> QueryParser:
    """A parser with a vocabulary."""
    return QueryParser(analyzer, vocabulary=NewsVocabulary)
