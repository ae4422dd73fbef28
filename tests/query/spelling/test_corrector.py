"""Which word was meant, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kzsearch.query.spelling.corrector import Corrector, Weights
from kzsearch.query.spelling.vocabulary import SpelledWords


@pytest.fixture
def corrector(words: Any) -> Callable[..., Corrector]:
    """Makes a corrector whose index holds some more words."""
    return lambda **more: Corrector(SpelledWords({**words.counts, **more}))


Meant = Callable[..., str | None]


@pytest.fixture
def meant(corrector: Callable[..., Corrector]) -> Meant:
    """The first candidate for a word, among some more words."""

    def first(word: str, **more: int) -> str | None:
        return next((found.word for found in corrector(**more).candidates(word)), None)

    return first


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
def test_the_nearest_word_is_meant(meant: Meant, typed: str, expected: str | None) -> None:
    assert meant(typed) == expected


def test_of_equal_mistakes_the_commoner_word_is_meant(meant: Meant) -> None:
    assert meant("кала", қала=50, ала=2) == "қала"
    assert meant("бана", бата=1) == "бала" != meant("бана", бата=1000)


def test_the_likelier_mistake_is_meant(meant: Meant) -> None:
    assert meant("буға", бұға=1, буға=1, биға=1) == "бұға"


def test_words_of_one_mistake_go_before_words_of_two(meant: Meant) -> None:
    assert meant("мектепе", мектептер=10_000) == "мектеп"


def test_a_surely_meant_word_has_no_rival_of_another_stem(
    corrector: Callable[..., Corrector],
) -> None:
    ours = corrector(президенте=60)
    assert ours.is_sure("президетн", ours.candidates("президетн"))
    rivals = corrector(балта=40, балға=40)
    assert not rivals.is_sure("балба", rivals.candidates("балба"))


@pytest.mark.parametrize(("typed", "likely"), [("омарова", False), ("әлімва", True)])
def test_a_name_is_likelier_a_word_of_its_own_than_a_jumble_of_letters(
    corrector: Callable[..., Corrector], typed: str, likely: bool
) -> None:
    ours = corrector(оларова=1, әлімова=1)
    assert ours.is_likely(typed, ours.candidates(typed)[0]) == likely


def test_it_takes_a_likelier_mistake_to_doubt_a_word_that_articles_hold() -> None:
    class Near:
        def near(self, word: str, mistakes: int) -> Iterator[tuple[str, int]]:
            yield "мектеп", 80

    (best,) = Corrector(Near()).candidates("мекткп")
    price = Corrector(Near()).price_of_mistake("мекткп", best)
    for held, likely in ((price - 0.1, False), (price + 0.1, True)):
        corrector = Corrector(Near(), weights=Weights(held=held))
        assert corrector.is_likely_although_held("мекткп", best) is likely
        assert corrector.is_likely("мекткп", best)
