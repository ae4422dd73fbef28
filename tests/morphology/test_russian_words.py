"""The list of Russian words by itself tells what pymorphy3 tells with it."""

from __future__ import annotations

import pytest
from pymorphy3 import MorphAnalyzer

from kzsearch.morphology.russian import is_russian_word


@pytest.fixture(scope="module")
def analyzer() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


@pytest.mark.parametrize(
    "word",
    ["закон", "законами", "еще", "ещё", "елка", "ёлка", "Москва", "мектеп", "қала", "адам", "кот",
     "котт", "", "из-за", "qazaq", "2025", "алматы", "шел", "осел"],
)  # fmt: skip
def test_as_pymorphy3_knows_words(word: str, analyzer: MorphAnalyzer) -> None:
    assert is_russian_word(word) == bool(analyzer.word_is_known(word))
