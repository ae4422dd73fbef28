"""A small vocabulary, a repairer and a parser that go by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.query.repairs import Repairer

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


@dataclass(frozen=True)
class Count:
    articles: int


class NewsVocabulary:
    """Words of an invented index."""

    def frequency(self, word: str, *, stem: bool = False) -> int:
        return (STEMS if stem else WORDS).get(word, 0)

    def suggest(self, prefix: str, limit: int = 10) -> Sequence[Count]:
        counts = (count for word, count in WORDS.items() if word.startswith(prefix))
        return [Count(count) for count in sorted(counts, reverse=True)[:limit]]


@pytest.fixture(scope="session")
def repairer(analyzer: Analyzer) -> Repairer:
    return Repairer(NewsVocabulary(), analyzer.stems, frozenset(("қр", "ақш", "бұұ")))


@pytest.fixture(scope="session")
def reader(analyzer: Analyzer) -> QueryParser:
    """A parser with a vocabulary."""
    return QueryParser(analyzer, vocabulary=NewsVocabulary())
