"""The written lists of names and loanwords, and what other scripts are read as thanks to them."""

from __future__ import annotations

import pytest

from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts import Script, listed_words, readings, to_cyrillic
from kzsearch.text.scripts.names import name_elements, personal_names
from kzsearch.text.scripts.tables import rows

ENDING = "тдн"
"""What the genitive ending of an example begins with."""


@pytest.mark.parametrize("table", ["names.tsv", "loans.tsv"])
def test_a_list_is_in_order_and_shows_each_word_with_an_ending(table: str) -> None:
    listed = list(rows(table))
    words = [row[0] for row in listed]
    assert words == sorted(set(words), key=lambda word: [LETTERS.index(letter) for letter in word])
    for word, *_, example in listed:
        assert example.startswith(word)
        assert example[len(word)] in ENDING


def test_names_tell_what_they_are_of() -> None:
    assert {of for _, of, _ in rows("names.tsv")} == {"man", "woman", "both", "place", "people"}
    assert "нұрсұлтан" in personal_names()
    assert "алматы" not in personal_names()
    assert {"нұрсұлтан", "алматы", "галстук"} <= listed_words()


def test_an_element_is_seen_in_a_listed_name() -> None:
    for element, place, example in rows("name_elements.tsv"):
        assert example in personal_names()
        assert example != element
        assert example.startswith(element) if place == "first" else example.endswith(element)
    assert "нұр" in name_elements("first")
    assert "бек" in name_elements("last")


@pytest.mark.parametrize(
    ("arabic", "name"),
    [
        ("تاستەمىر", "тастемір"),  # harmony ends where the second element begins
        ("ءابدىقادىر", "әбдіқадыр"),
        ("شەرالى", "шерәлі"),
        ("گالستۋك", "галстук"),  # a loanword, not гальстук
        ("بەرىكاسىل", "берікасыл"),  # elements that no listed name combines
    ],
)
def test_names_in_arabic_script_need_no_vocabulary(arabic: str, name: str) -> None:
    assert to_cyrillic(arabic, Script.ARABIC).text == name


@pytest.mark.parametrize(
    ("latin", "name"),
    [("Aqqoja", "аққожа"), ("Nuray", "нұрай"), ("Jupar", "жұпар"), ("Qamar", "қамар")],
)
def test_names_in_latin_are_read_before_they_are_taken_for_english(latin: str, name: str) -> None:
    assert readings(latin, lambda word: 0.0)[0].text == name


def test_a_name_of_no_kazakh_letters_stays_first() -> None:
    assert readings("Henley", lambda word: 0.0)[0].text == "henley"


def test_an_acronym_that_is_spelled_by_letters_is_read_if_it_is_known() -> None:
    assert readings("جىيىو", lambda word: float(word == "жіө"))[0].text == "жіө"
