"""Misspelt forms of words that articles hold in other forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.morphology import is_known_word, stem
from kzsearch.query.spelling.inflections import Inflections
from kzsearch.query.spelling.vocabulary import SpelledWords

COUNTS = {"мектеп": 80, "мектептер": 20, "кітабы": 9, "кітапхана": 5, "сенат": 50, "сенім": 7}


class Forms:
    """An index of these words."""

    def doc_freq(self, word: str) -> int:
        return COUNTS.get(word, 0)

    def stem_doc_freq(self, stem: str) -> int:
        return STEMS.get(stem, 0)


STEMS = {stem(word): articles for word, articles in COUNTS.items()}
INFLECTIONS = Inflections(SpelledWords(COUNTS), Forms())


@pytest.mark.parametrize(
    ("typed", "form", "nearest"),
    [
        ("мекткптеріміздегі", "мектептеріміздегі", "мектептер"),  # the mistake in the root
        ("мектебіміздне", "мектебімізден", "мектептер"),  # in the endings
        ("сенатымыызға", "сенатымызға", "сенат"),
        ("кітптарымызды", "кітаптарымызды", "кітабы"),  # кітап is in the index as кітабы only
    ],
)
def test_the_nearest_form_of_the_stem_meant_is_found(typed: str, form: str, nearest: str) -> None:
    found = INFLECTIONS.candidates(typed)[0]
    assert (found.form, found.word, found.articles) == (form, nearest, COUNTS[nearest])


@pytest.mark.parametrize(
    "typed",
    [
        "ұшағғымыздың",  # no form of ұшақ is in the index
        "мкткптріміздегі",  # three mistakes
        "сенаа",  # short words are not looked into
        "ел-жұрттт",
    ],
)
def test_nothing_is_found_for_want_of_a_stem_or_of_letters(typed: str) -> None:
    assert INFLECTIONS.candidates(typed) == []


@settings(max_examples=settings.default.max_examples * 2 // 3, deadline=None)
@given(st.sampled_from(["мектептерімізден", "сенатымызға"]), st.data())
def test_any_letter_left_out_is_put_back(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    found = INFLECTIONS.candidates(word[:place] + word[place + 1 :])
    assert all(is_known_word(candidate.form) for candidate in found)
    assert stem(word) in {stem(candidate.word) for candidate in found}
