"""Which words of a query are read as Russian, and what they are in Kazakh."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.morphology import Analyzer, stem
from kzsearch.query.translation import Translator
from kzsearch.query.translation.translator import MAX_MEANINGS

VOCABULARY = {
    "школа": ("мектеп",),
    "мир": ("әлем", "бейбітшілік"),
    "дом": ("үй",),
    "новый": ("жаңа",),
    "новый зеландия": ("Жаңа Зеландия",),
    "большой": ("үлкен", "ірі", "зор", "ұлы", "алып", "үлкені"),
    "сенатор": ("сенатор",),
    "ес": ("еуропалық одақ",),
    "есть": ("жеу",),
    "мыло": ("сабын",),
}


def meanings(analyzer: Analyzer, text: str) -> list[tuple[str, ...]]:
    terms = analyzer.analyze(text, query=True)
    return [found.meanings for found in Translator(VOCABULARY).translate(terms)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("школа", [("мектеп",)]),
        ("в новых школах", [("жаңа",), ("мектеп",)]),
        ("Школы мира", [("мектеп",), ("әлем", "бейбітшілік")]),
        ("дом", [("үй",)]),
    ],
)
def test_russian_words_in_any_form(
    analyzer: Analyzer, text: str, expected: list[tuple[str, ...]]
) -> None:
    assert meanings(analyzer, text) == expected


def test_the_longest_phrase_is_taken(analyzer: Analyzer) -> None:
    assert meanings(analyzer, "школы Новой Зеландии") == [("мектеп",), ("Жаңа Зеландия",)]


def test_few_meanings_none_with_the_stem_of_another(analyzer: Analyzer) -> None:
    assert meanings(analyzer, "большой дом")[0] == ("үлкен", "ірі", "зор", "ұлы")


def test_a_word_that_kazakh_shares_has_no_translation(analyzer: Analyzer) -> None:
    assert meanings(analyzer, "сенаторы") == []


@pytest.mark.parametrize("text", ["ел", "ел басы", "мектеп", "мир үшін", "үй", "12", "Audi", ""])
def test_kazakh_words_are_left_alone(analyzer: Analyzer, text: str) -> None:
    assert meanings(analyzer, text) == []


def test_stop_words_and_letters_are_left_alone(analyzer: Analyzer) -> None:
    terms = analyzer.analyze("что за дом, я не знаю", query=True)
    translator = Translator({"что": ("не",), "за": ("үшін",), "я": ("мен",)})
    assert list(translator.translate(terms)) == []


def test_an_empty_vocabulary_translates_nothing(analyzer: Analyzer) -> None:
    assert list(Translator({}).translate(analyzer.analyze("новая школа", query=True))) == []


@given(
    st.lists(st.sampled_from([*" ".join(VOCABULARY).split(), "үй", "ел", "и", "7"]), max_size=12)
)
def test_translations_are_in_order_apart_and_new(words: list[str]) -> None:
    terms = Analyzer().analyze(" ".join(words), query=True)
    end = 0
    for found in Translator(VOCABULARY).translate(terms):
        assert end <= found.first < found.end <= len(terms)
        end = found.end
        stems = [" ".join(map(stem, meaning.split())) for meaning in found.meanings]
        assert 1 <= len(stems) == len(set(stems)) <= MAX_MEANINGS
