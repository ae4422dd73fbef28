"""Words that are near others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from tests.query.spelling.conftest import WORDS

from kzsearch.query.spelling.real_words import is_correctable
from kzsearch.query.spelling.vocabulary import Vocabulary
from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts import skeleton

words = st.text(alphabet="аәбекқнңтыьұ-", min_size=1, max_size=9)


def near(word: str, mistakes: int) -> dict[str, int]:
    return dict(Vocabulary(WORDS).near(word, mistakes))


def test_words_are_found_with_their_counts() -> None:
    assert near("сентат", 1) == {"сенат": 50}
    assert near("мектептр", 1) == {"мектептер": 20}
    assert near("мектептр", 2) == {"мектеп": 80, "мектептер": 20}


def test_letters_taken_for_each_other_are_no_mistakes() -> None:
    assert near("казакстан", 1) == {"қазақстан": 90}
    assert near("укимет", 1) == {"үкімет": 70}
    assert near("обект", 1) == {"объект": 12}


def test_numbers_and_latin_words_are_never_meant() -> None:
    assert len(Vocabulary(WORDS)) == len(WORDS) - 2
    assert near("covod", 2) == near("2026", 2) == {}


def test_an_empty_index_has_no_words() -> None:
    assert list(Vocabulary({}).near("сенат", 2)) == []
    assert list(Vocabulary({}).near("ььь", 2)) == []


@settings(max_examples=200)
@given(st.dictionaries(words, st.integers(1, 1000)), words, st.integers(1, 2))
def test_exactly_the_words_are_found_whose_skeletons_are_near(
    counts: dict[str, int], word: str, mistakes: int
) -> None:
    expected = {
        other: count
        for other, count in counts.items()
        if is_correctable(other) and OSA.distance(skeleton(word), skeleton(other)) <= mistakes
    }
    assert dict(Vocabulary(counts).near(word, mistakes)) == expected


@given(st.text(alphabet=LETTERS, min_size=3, max_size=64))
def test_a_word_is_near_itself(word: str) -> None:
    assert dict(Vocabulary({word: 7}).near(word, 1)) == {word: 7}
