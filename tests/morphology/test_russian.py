"""Russian lemmas."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kzsearch.morphology.russian import is_russian_word, russian_lemma, searched_lemma


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("правительства", "правительство"),
        ("министров", "министр"),
        ("ёлку", "елка"),  # ё and е are one letter to a searcher
        ("приняла", "принять"),
        ("", ""),
    ],
)
def test_a_word_has_its_dictionary_form(word: str, lemma: str) -> None:
    assert russian_lemma(word) == lemma


def test_the_dictionary_tells_russian_words() -> None:
    assert is_russian_word("правительства")
    assert not is_russian_word("мектептің")


def test_kazakh_text_does_not_load_the_russian_dictionary() -> None:
    code = (
        "import sys; from kzsearch.morphology import Analyzer;"
        "Analyzer().analyze('Үкімет мектептерді жөндейді');"
        "sys.exit('pymorphy3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("ели", "ель"),  # of есть less often than of ель
        ("школах", "школа"),
        ("убил", "убить"),
        ("ёлки", "елка"),
        ("стой", ""),  # of стоять or of стоить
    ],
)
def test_the_lemma_that_is_searched_for(word: str, lemma: str) -> None:
    assert searched_lemma(word) == lemma
