"""What is a word, so that nobody corrects it."""

from __future__ import annotations

from typing import Any

import pytest

from kzsearch.query.spelling.real_words import FEW, is_correctable, is_doubtful


@pytest.mark.parametrize(
    "word",
    ["мектептеріміздегілердің", "азық-түліктеріңіздің", "ұшақтарымызбен", "правительства", "оны"],
)
def test_forms_of_known_roots_are_words_wherever_they_stand(words: Any, word: str) -> None:
    assert not is_doubtful(word, words)


@pytest.mark.parametrize("word", ["мекткп", "қазақстна", "азық-тулк", "правитльства"])
def test_misspelt_words_are_none(words: Any, word: str) -> None:
    assert is_doubtful(word, words)


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


def test_an_index_knows_a_name_by_its_other_forms(words: Any) -> None:
    assert not is_doubtful("рахымжановтың", words)
    assert is_doubtful("рхымжановтың", words)


def test_a_word_that_hardly_any_article_holds_may_be_misspelt(words: Any) -> None:
    words.counts |= {"рхымжанов": FEW, "рахмжанов": FEW + 1}
    assert is_doubtful("рхымжанов", words)
    assert not is_doubtful("рахмжанов", words)
