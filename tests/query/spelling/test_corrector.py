"""Which word was meant, and how surely."""

from __future__ import annotations

import pytest
from tests.query.spelling.conftest import WORDS

from kzsearch.query.spelling.corrector import Corrector
from kzsearch.query.spelling.vocabulary import Vocabulary


def corrector(**more: int) -> Corrector:
    return Corrector(Vocabulary(WORDS | more))


def meant(word: str, **more: int) -> str | None:
    return next((found.word for found in corrector(**more).candidates(word)), None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("қазақстна", "қазақстан"),
        ("казакстна", "қазақстан"),  # Kazakh letters, and a swap
        ("мектпетрдің", "мектептердің"),  # two mistakes in a long word
        ("қасым-жормат", "қасым-жомарт"),
        ("сеан", None),  # two mistakes in a short word
        ("сенат", None),  # itself
        ("аквапарк", None),
    ],
)
def test_the_nearest_word_is_meant(typed: str, expected: str | None) -> None:
    assert meant(typed) == expected


def test_of_equal_mistakes_the_commoner_word_is_meant() -> None:
    assert meant("кала", қала=50, ала=2) == "қала"
    assert meant("бана", бата=1) == "бала" != meant("бана", бата=1000)


def test_the_likelier_mistake_is_meant() -> None:
    assert meant("буға", бұға=1, буға=1, биға=1) == "бұға"


def test_words_of_one_mistake_go_before_words_of_two() -> None:
    assert meant("мектепе", мектептер=10_000) == "мектеп"


def test_a_surely_meant_word_has_no_rival_of_another_stem() -> None:
    ours = corrector(президенте=60)
    assert ours.is_sure("президетн", ours.candidates("президетн"))
    rivals = corrector(балта=40, балға=40)
    assert not rivals.is_sure("балба", rivals.candidates("балба"))


@pytest.mark.parametrize(("typed", "likely"), [("омарова", False), ("әлімва", True)])
def test_a_name_is_likelier_a_word_of_its_own_than_a_jumble_of_letters(
    typed: str, likely: bool
) -> None:
    ours = corrector(оларова=1, әлімова=1)
    assert ours.is_likely(typed, ours.candidates(typed)[0]) == likely
