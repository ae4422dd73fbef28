"""A vocabulary small enough to know by heart, as an index would give it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from kzsearch.engine.vocabulary import WordList
from kzsearch.query.spelling import Speller

WORDS = {
    "қазақстан": 90,
    "қазақстанда": 30,
    "президент": 40,
    "президенті": 60,
    "мектеп": 80,
    "мектептер": 20,
    "мектептердің": 9,
    "сенат": 50,
    "үкімет": 70,
    "объект": 12,
    "комиссия": 33,
    "қасым-жомарт": 25,
    "баға": 40,
    "бала": 40,
    "рахымжанов": 3,
    "covid": 5,
    "2025": 100,
}


@dataclass
class Words:
    """The words of an index that a test can change; ``reads`` counts how often they were read."""

    counts: dict[str, int] = field(default_factory=lambda: dict(WORDS))
    stems: dict[str, int] = field(default_factory=lambda: {"рахымжанов": 3})
    generation: int = 1
    reads: int = 0

    def doc_freq(self, word: str) -> int:
        return self.counts.get(word, 0)

    def stem_doc_freq(self, stem: str) -> int:
        return self.stems.get(stem, 0)

    def word_lists(self) -> list[WordList]:
        return [WordList(str(self.generation), self.words)]

    def words(self) -> Iterator[tuple[str, int]]:
        self.reads += 1
        return iter(self.counts.items())


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def speller(words: Words) -> Speller:
    return Speller(lambda: words)
