from __future__ import annotations

import pytest

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Analyzer
from kzsearch.query.normalization import KnownWords
from kzsearch.query.normalization.typed_words import typed_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Qasym-Jomart, jan'a ел!", ["Qasym", "Jomart", "jan'a", "ел"]),
        ("5G COVID-19 A4 iPhone15 XIV Z-ұрпақ", ["COVID", "ұрпақ"]),
        ("Q. Toqaev Q", ["Q", "Toqaev"]),
        ("baq.kz/news news@baq.kz #сенат", []),
        (";f4fks0, 0fpf0cnfy.", [";f4fks0", "0fpf0cnfy"]),
        ("сол-жақ 100-ге", ["сол", "жақ", "ге"]),
        ("", []),
    ],
)
def test_words_of_a_stretch(
    vocabulary: Vocabulary, analyzer: Analyzer, text: str, words: list[str]
) -> None:
    known = KnownWords(vocabulary, analyzer.stems)
    found = list(typed_words(text, 0, len(text), known))
    assert [word.typed for word in found] == words
    assert all(text[word.start : word.end] == word.typed for word in found)


def test_a_short_beginning_may_begin_anything(vocabulary: Vocabulary, analyzer: Analyzer) -> None:
    known = KnownWords(vocabulary, analyzer.stems)
    assert list(typed_words("qa", 0, 2, known, unfinished=True)) == []
    (word,) = typed_words("qaz", 0, 3, known, unfinished=True)
    assert word.first.text == "қаз"
