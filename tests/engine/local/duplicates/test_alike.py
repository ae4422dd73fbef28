from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.duplicates import take_fingerprint
from kzsearch.engine.local.duplicates.alike import are_copies

VOCABULARY = [first + second for first in "бвгджзклмн" for second in "аәеоөуүы"]


def story(length: int, seed: int) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=length)


def codes(words: list[str]) -> bytes:
    found = take_fingerprint(words)
    assert found
    return found.codes


def alike(one: list[str], other: list[str]) -> bool:
    return are_copies(codes(one), codes(other))


def changed(words: list[str], every: int) -> list[str]:
    return [word if n % every else "өзгерді" for n, word in enumerate(words)]


@pytest.mark.parametrize("length", [8, 20, 70, 300, 3000])
def test_a_text_is_a_copy_of_itself(length: int) -> None:
    assert alike(story(length, 1), story(length, 1))


@pytest.mark.parametrize("length", [8, 20, 70, 300, 3000])
def test_other_words_are_another_story(length: int) -> None:
    assert not alike(story(length, 1), story(length, 2))


def test_every_tenth_word_may_be_another() -> None:
    assert alike(story(300, 1), changed(story(300, 1), 10))
    assert not alike(story(300, 1), changed(story(300, 1), 3))


def test_a_part_may_be_cut_but_a_quotation_is_no_copy() -> None:
    words = story(300, 1)
    assert alike(words, words[:100] + words[160:])
    assert alike(words, words[:150])
    assert not alike(words, words[:90])


def test_pages_with_one_menu_are_two_articles() -> None:
    menu = story(200, 1)
    assert not alike(menu + story(100, 2), menu + story(100, 3))


def test_a_line_of_its_own_does_not_hide_a_reprint() -> None:
    words = story(200, 1)
    assert alike(words, words + story(12, 2))


def test_of_a_short_text_hardly_a_word_may_be_another() -> None:
    words = story(16, 1)
    assert alike(words, [*words[:-1], "өзгерді"])
    assert not alike(words, [*words[:5], "өзгерді", *words[6:11], "өзгерді", *words[12:]])


@pytest.mark.parametrize("length", [20, 70, 150])
def test_news_from_a_template_differ_in_their_numbers(length: int) -> None:
    def rates(day: int) -> list[str]:
        words = story(length, 1)
        for place in range(4, length, 8):
            words[place] = str(500 + 37 * day + place)
        return words

    assert alike(rates(1), rates(1))
    assert not alike(rates(1), rates(2))


def test_one_number_may_be_put_right() -> None:
    words = story(200, 1)
    one, other = [*words], [*words]
    one[50], other[50] = "12", "13"
    assert alike(one, other)


texts = st.lists(st.sampled_from([*VOCABULARY[:6], "1", "2", "3"]), min_size=8, max_size=80)


@given(texts, texts)
def test_it_is_the_same_both_ways(one: list[str], other: list[str]) -> None:
    assert alike(one, other) == alike(other, one)
    assert alike(one, one)
