"""Words that are near others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kzsearch.query.spelling.real_words import is_correctable
from kzsearch.query.spelling.vocabulary import JoinedWords, SpelledWords
from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts import skeleton

some_words = st.text(alphabet="аәбекқнңтыьұ-", min_size=1, max_size=9)


@pytest.fixture
def vocabulary(words: Any) -> SpelledWords:
    return SpelledWords(words.counts)


def near(vocabulary: SpelledWords, word: str, mistakes: int) -> dict[str, int]:
    return dict(vocabulary.near(word, mistakes))


def test_words_are_found_with_their_counts(vocabulary: SpelledWords) -> None:
    assert near(vocabulary, "сентат", 1) == {"сенат": 50}
    assert near(vocabulary, "мектептр", 1) == {"мектептер": 20}
    assert near(vocabulary, "мектептр", 2) == {"мектеп": 80, "мектептер": 20}


def test_letters_taken_for_each_other_are_no_mistakes(vocabulary: SpelledWords) -> None:
    assert near(vocabulary, "казакстан", 1) == {"қазақстан": 90}
    assert near(vocabulary, "укимет", 1) == {"үкімет": 70}
    assert near(vocabulary, "обект", 1) == {"объект": 12}


def test_numbers_and_latin_words_are_never_meant(words: Any, vocabulary: SpelledWords) -> None:
    assert len(vocabulary) == len(words.counts) - 2
    assert near(vocabulary, "covod", 2) == near(vocabulary, "2026", 2) == {}


def test_words_are_found_by_their_beginning(vocabulary: SpelledWords) -> None:
    found = dict(vocabulary.beginning_with("мектеп"))
    assert found == {"мектеп": 80, "мектептер": 20, "мектептердің": 9}
    assert dict(vocabulary.beginning_with("ектеп")) == {}


def test_an_empty_index_has_no_words() -> None:
    assert list(SpelledWords({}).near("сенат", 2)) == []
    assert list(SpelledWords({}).near("ььь", 2)) == []
    assert list(SpelledWords({}).beginning_with("")) == []


def test_counts_of_several_lists_add_up() -> None:
    lists = [{"сенат": 50, "мектеп": 1}, {"сенат": 2, "сенаты": 3}, {}]
    joined = JoinedWords(list(map(SpelledWords, lists)))
    assert dict(joined.near("сенат", 1)) == {"сенат": 52, "сенаты": 3}
    assert dict(joined.beginning_with("сен")) == {"сенат": 52, "сенаты": 3}


@settings(max_examples=settings.default.max_examples * 2)
@given(st.dictionaries(some_words, st.integers(1, 1000)), some_words, st.integers(1, 2))
def test_exactly_the_words_are_found_whose_skeletons_are_near(
    counts: dict[str, int], word: str, mistakes: int
) -> None:
    expected = {
        other: count
        for other, count in counts.items()
        if is_correctable(other) and OSA.distance(skeleton(word), skeleton(other)) <= mistakes
    }
    assert dict(SpelledWords(counts).near(word, mistakes)) == expected


@given(st.text(alphabet=LETTERS, min_size=3, max_size=64))
def test_a_word_is_near_itself(word: str) -> None:
    assert dict(SpelledWords({word: 7}).near(word, 1)) == {word: 7}
