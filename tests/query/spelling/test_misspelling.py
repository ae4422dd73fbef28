"""The misspelt words of a query, and where it is nobody's business to look for them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.query.spelling import Speller
from kzsearch.query.spelling.misspelling import misspellings


def found(text: str, speller: Speller) -> list[tuple[str, str, bool]]:
    return [
        (text[word.start : word.end], word.meant, word.unasked)
        for word in misspellings(text, speller)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("мекткп", [("мекткп", "мектеп", True)]),
        ("үкімет мекткп сенатт", [("мекткп", "мектеп", True), ("сенатт", "сенат", True)]),
        ("мекткп, (сенатт)!", [("мекткп", "мектеп", True), ("сенатт", "сенат", True)]),
        ("Мекткп СЕНАТТ", [("Мекткп", "Мектеп", True)]),  # capitals: an acronym, who knows
        ("сенат OR мекткп", [("мекткп", "мектеп", True)]),
        ("title:мекткп", [("мекткп", "мектеп", True)]),
        ('"үкімет мекткп"', [("мекткп", "мектеп", False)]),
        ("«Мекткп»", [("Мекткп", "Мектеп", False)]),
        ("Қасым-Жомартт", [("Қасым-Жомартт", "Қасым-Жомарт", True)]),
    ],
)
def test_misspelt_words_are_found_in_their_places(
    speller: Speller, text: str, expected: list[tuple[str, str, bool]]
) -> None:
    assert found(text, speller) == expected


@pytest.mark.parametrize(
    "text",
    [
        "=мекткп",
        '="мекткп сенатт"',
        "-мекткп",
        "-(мекткп OR сенатт)",
        "мекткп*",
        "source:мекткп",
        "#мекткп",
        "мекткп.kz",
        "",
    ],
)
def test_what_is_to_be_exact_is_left_alone(speller: Speller, text: str) -> None:
    assert found(text, speller) == []


@settings(
    max_examples=settings.default.max_examples * 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # stateless
)
@given(st.text(alphabet='мектпсна =-"«»()*:', max_size=30))
def test_any_text_has_misspelt_words_in_order_or_none(speller: Speller, text: str) -> None:
    places = misspellings(text, speller)
    ends = [0, *(word.end for word in places)]
    assert all(end <= word.start < word.end for end, word in zip(ends, places, strict=False))
