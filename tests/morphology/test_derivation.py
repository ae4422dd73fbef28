"""Which word a root was made from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.derivation import Derivation, derived_from, derived_words, family_of
from kzsearch.morphology.lexicon import Lexicon, load_parts
from kzsearch.morphology.stemmer import shipped_stemmer

LEXICON = Lexicon(
    {
        "мемлекет": "n",
        "балық": "n",
        "айтақ": "n",
        "қымбат": "adj",
        "жүр": "v",
        "шеш": "v",
        "оқы": "v",
    },
    {},
)


@pytest.mark.parametrize(
    ("root", "base", "suffix"),
    [
        ("мемлекеттік", "мемлекет", "тік"),
        ("жүргіз", "жүр", "гіз"),
        ("балықшы", "балық", "шы"),
        ("шешім", "шеш", "ім"),
        ("қымбатта", "қымбат", "та"),
        ("оқушы", "оқы", "ушы"),
        ("шешуші", "шеш", "уші"),
    ],
)
def test_the_base_is_a_known_root_of_the_right_kind(root: str, base: str, suffix: str) -> None:
    found = derived_from(root, LEXICON)
    assert found is not None
    assert (found.base, found.suffix) == (base, suffix)


@pytest.mark.parametrize(
    "root",
    [
        "кенттік",  # кент is not known here
        "жүрлік",  # a verb takes no -лік
        "мемлекетлік",  # л does not follow т
        "мемлекет",
        "шы",
    ],
)
def test_nothing_is_guessed(root: str) -> None:
    assert derived_from(root, LEXICON) is None


def test_the_words_that_only_look_derived_would_be_taken_for_derived() -> None:
    """Else their row would be idle; the base is named there for the reader."""
    rows = read_rows("underived.tsv")
    assert [row for row in rows if derived_from(row[0], shipped_stemmer().lexicon)] == []
    assert all(row[0].startswith(row[1][:-1]) for row in rows)


def test_a_softened_base_is_found_again() -> None:
    assert derived_from("тілегім", Lexicon({"тілек": "v"}, {})) == Derivation("тілек", "ім", "deed")


def test_the_words_made_from_a_word() -> None:
    roots = {"ой": "n", "ойла": "v", "ойшыл": "adj", "ойлан": "v", "ойын": "n", "ойсыз": "adj"}
    assert sorted(derived_words("ой", Lexicon(roots, {}))) == ["ойла", "ойлан", "ойсыз", "ойшыл"]


def test_a_family_is_told_from_any_of_its_words() -> None:
    family = family_of("мемлекет")
    assert {"мемлекет", "мемлекеттік"} <= family
    assert family_of("мемлекеттік") == family
    assert {"жүр", "жүргіз", "жүргізуші"} <= family_of("жүргіз")
    assert "жұм" not in family_of("жұмыс")  # work has nothing to do with closing the eyes


@given(st.sampled_from(sorted(load_parts())))
def test_a_word_is_of_its_own_family_and_so_are_all_its_relatives(stem: str) -> None:
    family = family_of(stem)
    assert stem in family
    assert all(family_of(relative) & family for relative in family)


@pytest.mark.parametrize("word", ["", "ш", "42", "шпрыңгал", "hello"])
def test_a_word_that_is_not_known_is_alone(word: str) -> None:
    assert family_of(word) == {word}
