"""What a query is searched as: repaired where that is meant, left alone where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.nodes import Word
from kzsearch.morphology import Analyzer
from kzsearch.morphology.russian import russian_lemma
from kzsearch.query import QueryParser
from kzsearch.query.normalization import MAX_REPAIRED, Normalized

Normalize = Callable[[str], Normalized]


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("казакстан укимети", "қазақстан үкіметі"),
        ("Qazaqstan prezıdenti", "Қазақстан президенті"),  # 2018
        ("Qazaqstan prezidentı", "Қазақстан президенті"),  # 2021
        ("Qazaqstan prezi'denti", "Қазақстан президенті"),  # 2017
        ("Qazaqstan prezïdenti", "Қазақстан президенті"),  # KazInform
        ("Kazakhstan prezidenti", "Қазақстан президенті"),  # English, ASCII
        ("قازاقستان ۇكىمەتى", "қазақстан үкіметі"),
        ("0fpf0cnfy", "қазақстан"),
        ("0аза0стан", "қазақстан"),
        ("rfpfrcnfy", "қазақстан"),  # казакстан on US keys
        (";f4fks0", "жаңалық"),
        ("0fpf0cnfy, 8r3vtn.", "қазақстан, үкімет."),
        ("Ьшскщыщае", "Microsoft"),
        ("Qasym-Jomart Toqaev", "Қасым-Жомарт Тоқаев"),
        ("QAZAQSTAN", "ҚАЗАҚСТАН"),
        ("QR-nyń prezidenti", "ҚР-ның президенті"),
        ("AQSH", "АҚШ"),
        ("Apple kompaniıasy", "Apple компаниясы"),
        ("kompaniıasy on bes", "компаниясы он бес"),
        ("Tynymbaı Qazaqstan", "Тынымбай Қазақстан"),  # unknown, but in Kazakh company
    ],
)
def test_what_was_meant_is_searched(normalize: Normalize, typed: str, searched: str) -> None:
    assert normalize(typed).text == searched


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("title:Qazaqstan", "title:Қазақстан"),
        ("-Qazaqstan", "-Қазақстан"),
        ("-0fpf0cnfy", "-қазақстан"),
        ('"Qazaqstan prezidenti"', '"Қазақстан президенті"'),
        ('"0fpf0cnfy 8r3vtn"', '"қазақстан үкімет"'),
        ("Qazaqs* 0fpf0*", "Қазақс* қазақ*"),
        ("(Qazaqstan OR Reseı)", "(Қазақстан OR Ресей)"),
        ("«Qaırat»-tyń", "«Қайрат»-tyń"),
        ("date:2025-09 source:Qazaqstan mektep", "date:2025-09 source:Qazaqstan мектеп"),
        # The marks of operators type letters where they make no sense otherwise.
        ("-crtvty", "өскемен"),
        ("-скемен", "өскемен"),
        (")fpf0cnfy", "Қазақстан"),
        ('"rjyjvbrf', "Экономика"),
        ("(0fpf0cnfy)", "(қазақстан)"),
        ("-лең", "өлең"),
    ],
)
def test_operators_stay_operators(normalize: Normalize, typed: str, searched: str) -> None:
    assert normalize(typed).text == searched


@pytest.mark.parametrize(
    "typed",
    [
        "5G", "COVID-19", "Z-ұрпақ", "A4", "iPhone15", "B2B", "4K", "XIX", "100-ге",
        "https://qazaqstan.kz/mektep", "mektep@qazaqstan.kz", "IT", "Top Gear", "Henley",
        "Henley & Partners", "Wyndham", "=Qazaqstan", "=0fpf0cnfy", '="Qazaqstan prezidenti"',
        "=Qazaqs*", "source:Qazaqstan", "новый закон о доме", "дом закон", "Абердин",
        "қазақстан", "-мектеп", "OR", "", "!!!", "(((",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(normalize: Normalize, typed: str) -> None:
    repaired = normalize(typed)
    assert (repaired.text, repaired.notes) == (typed, ())


def test_a_word_that_the_index_has_as_typed_is_searched_with_its_reading(
    normalize: Normalize,
) -> None:
    repaired = normalize("мектеп казак")
    assert repaired.text == "мектеп қазақ"
    assert [repair.also for repair in repaired.repairs] == [("казак",)]


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        # One by one a word is what the index has; in Russian company it is Russian.
        ("казак", "қазақ"),
        ("новый закон казак", "новый закон казак"),
        ("новый закон Токаевта", "новый закон Тоқаевта"),
        ("новый закон токаевта", "новый закон токаевта"),
        # Who types Kazakh letters elsewhere means a word that the index has.
        ("жаңа казак", "жаңа казак"),
        ("жаңа казакстан", "жаңа қазақстан"),
        # Short Latin words are Kazakh in Kazakh company only.
        ("ten bes", "тен бес"),
        ("Top Gear ten", "Top Gear ten"),
        ("Qazaqstan bes", "Қазақстан бес"),
        # Unknown words follow the others, or their own letters.
        ("Tynymbaı", "Тынымбай"),
        ("Curaçao", "Curaçao"),
        ("Qazaqstan prezıdenti jańa mektep Bogdan", "Қазақстан президенті жаңа мектеп Богдан"),
        # Of a few words an unknown one may be English.
        ("Bogdan mektep", "Bogdan мектеп"),
    ],
)
def test_the_words_of_a_query_are_judged_together(
    normalize: Normalize, typed: str, searched: str
) -> None:
    assert normalize(typed).text == searched


def test_readings_nearly_as_likely_are_searched_together(normalize: Normalize) -> None:
    repaired = normalize("ten")
    (repair,) = repaired.repairs
    assert {repair.text, *repair.also} == {"тен", "тең"}


def test_capitals_are_an_acronym_before_anything_else(normalize: Normalize) -> None:
    assert normalize("QR").text == "ҚР"
    assert normalize("AQ").text == "AQ"
    assert normalize("QR жаңа").text == "ҚР жаңа"


def test_capitals_beside_cyrillic_words_are_what_the_index_has(
    normalize_knowing: Callable[..., Normalize],
) -> None:
    normalize = normalize_knowing(qr=3)
    assert normalize("QR жаңа").text == "QR жаңа"
    repaired = normalize("QR prezıdenti")
    assert repaired.text == "ҚР президенті"
    assert [repair.also for repair in repaired.repairs] == [("qr",), ()]


def test_only_so_many_words_are_looked_at(normalize: Normalize) -> None:
    repaired = normalize("mektep " * (MAX_REPAIRED + 1))
    assert repaired.text.split().count("мектеп") == MAX_REPAIRED


@given(st.text(alphabet='Qazqstn0fpr;-"()*:= éمق\u200dказак«»', max_size=40))
def test_every_token_has_a_place_in_what_was_typed(
    normalize: Normalize, analyzer: Analyzer, text: str
) -> None:
    normalized = normalize(text)
    typed = normalized.syntax.text
    assert len(typed) == len(text)
    places = [(token.start, token.end) for token in normalized.tokens(analyzer, 100)]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(note.typed in typed for note in normalized.notes)


@given(st.text(alphabet='Qazqstn0fpr;-"()*:= éмق\u200dказак«»', max_size=40))
def test_any_text_can_be_searched_and_undone(reader: QueryParser, text: str) -> None:
    for note in reader.parse(text).notes:
        reader.parse(note.undo)


@pytest.mark.parametrize(
    "text",
    ["iyuiyuiyuiyu " * 1000, "(-" * 5000, '"aq ' * 2500, "aqa* " * 2000, "-0f;[ " * 2000,
     "يوۋا" * 2500, "title:" * 1500, "a'" * 5000, "куиыгхс " * 1200],
)  # fmt: skip
def test_hostile_queries_ask_little_of_the_vocabulary(analyzer: Analyzer, text: str) -> None:
    class Counting:
        asked = 0

        def count(self, word: str) -> int:
            Counting.asked += 1
            return 0

        def surfaces(self, stem: str) -> dict[str, bool]:
            Counting.asked += 1
            return {}

        doc_freq = stem_doc_freq = prefix_doc_freq = count

    vocabulary: Any = Counting
    QueryParser(analyzer, vocabulary=vocabulary).parse(text)
    assert Counting.asked < 10_000


def test_a_word_that_the_index_has_as_typed_is_found_in_russian_texts_too(
    reader: QueryParser,
) -> None:
    """An article typed without Kazakh letters may be taken for Russian, and its stems with it."""
    word = reader.parse("казак").query
    assert isinstance(word, Word)
    assert {"қазақ", "казак"} <= set(word.stems)
    assert russian_lemma("казак") in word.stems
