"""What is a word, so that nobody corrects it."""

from __future__ import annotations

import pytest
from tests.query.spelling.conftest import Words

from kzsearch.query.spelling.real_words import is_correctable, is_listed, is_of_known_stem


@pytest.mark.parametrize(
    "word",
    ["мектептеріміздегілердің", "азық-түліктеріңіздің", "ұшақтарымызбен", "правительства", "оны"],
)
def test_forms_of_known_roots_are_words_wherever_they_stand(word: str) -> None:
    assert is_listed(word)


@pytest.mark.parametrize("word", ["мекткп", "қазақстна", "азық-тулк", "правитльства"])
def test_misspelt_words_are_none(word: str) -> None:
    assert not is_listed(word)


@pytest.mark.parametrize(
    ("word", "correctable"),
    [
        ("сенат", True),
        ("ел-жұрт", True),
        ("ёлка", True),
        ("ел", False),
        ("iphone", False),
        ("covid-19", False),
        ("2025-жылы", False),
        ("ел-", False),
        ("ш" * 65, False),
        ("", False),
    ],
)
def test_words_of_cyrillic_letters_can_be_corrected(word: str, correctable: bool) -> None:
    assert is_correctable(word) == correctable


def test_an_index_knows_a_name_by_its_other_forms(words: Words) -> None:
    assert is_of_known_stem("рахымжановтың", words)
    assert not is_of_known_stem("рхымжановтың", words)
