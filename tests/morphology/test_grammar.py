"""The class of a word, its case, and the word without it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.morphology.grammar import WordClass, grammar_of


@pytest.mark.parametrize(
    ("word", "word_class", "nominative"),
    [
        ("форумында", WordClass.OBLIQUE, "форумы"),
        ("процесте", WordClass.OBLIQUE, "процесс"),
        ("үлескерлерді", WordClass.OBLIQUE, "үлескерлер"),
        ("тоқаевтың", WordClass.GENITIVE, "тоқаев"),
        ("премьер-министрінің", WordClass.GENITIVE, "премьер-министрі"),
        ("қасым-жомартқа", WordClass.OBLIQUE, "қасым-жомарт"),
        ("ақш-тың", WordClass.GENITIVE, "ақш"),
        ("ақш-тағы", WordClass.ADJECTIVE, "ақш-тағы"),
        ("халықаралық", WordClass.ADJECTIVE, "халықаралық"),
        ("қаласындағы", WordClass.ADJECTIVE, "қаласындағы"),
        ("сәуірде", WordClass.OBLIQUE, "сәуір"),
        ("бүгін", WordClass.ADVERB, "бүгін"),
        ("сатып", WordClass.CONVERB, "сатып"),
        ("ашылды", WordClass.VERB, "ашылды"),
        ("сөйлеген", WordClass.VERB, "сөйлеген"),
        ("жүргізілуде", WordClass.VERB, "жүргізілуде"),
        ("оның", WordClass.FUNCTION, "оның"),
    ],
)
def test_class_and_nominative(word: str, word_class: WordClass, nominative: str) -> None:
    found = grammar_of(word)
    assert (found.word_class, found.nominative) == (word_class, nominative)


def test_what_else_is_told() -> None:
    assert grammar_of("мектеп").bare
    assert not grammar_of("мектептер").bare
    assert grammar_of("әкімі").possessed
    assert grammar_of("жабылуына").verbal
    assert not grammar_of("мектебіне").verbal


@given(st.text(alphabet="аәбгғдеіклмнңоөпрстуұүшыі-1q", min_size=1, max_size=12))
def test_any_word_has_a_class_and_a_nominative(word: str) -> None:
    found = grammar_of(word)
    assert found.nominative
    assert found.word_class in (WordClass.GENITIVE, WordClass.OBLIQUE) or found.nominative == word
