from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.engine.nodes import TextField, Word
from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.results.marks import Mark, Marker
from kzsearch.text.scripts import Script, from_cyrillic

Marks = Callable[..., list[Mark]]


def bracketed(text: str, marks: list[Mark]) -> str:
    """The text with ``[`` and ``]`` around every mark."""
    for mark in reversed(marks):
        text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :]}"
    return text


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        # words: whole, in any form, and no others
        ("сенат", "Парламент [Сенатының] төрағасы. [Сенат] отырысы, екі ел, елу ел."),
        ("ел", "Парламент Сенатының төрағасы. Сенат отырысы, екі [ел], елу [ел]."),
        ("СЕНАТТЫҢ отырыс", "Парламент [Сенатының] төрағасы. [Сенат] [отырысы], екі ел, елу ел."),
        ("теңіз", "Парламент Сенатының төрағасы. Сенат отырысы, екі ел, елу ел."),
        # phrases: only where the words stand together in order
        ('"екі ел"', "Парламент Сенатының төрағасы. Сенат отырысы, [екі ел], елу ел."),
        ('"ел екі"', "Парламент Сенатының төрағасы. Сенат отырысы, екі ел, елу ел."),
        ('"сенат төраға"', "Парламент [Сенатының төрағасы]. Сенат отырысы, екі ел, елу ел."),
        ("«екі ел»", "Парламент Сенатының төрағасы. Сенат отырысы, [екі ел], елу ел."),
        # beginnings
        ("сена*", "Парламент [Сенатының] төрағасы. [Сенат] отырысы, екі ел, елу ел."),
        ("ел*", "Парламент Сенатының төрағасы. Сенат отырысы, екі [ел], [елу] [ел]."),
        # alternatives, groups, exclusions, filters
        ("отырыс OR екі", "Парламент Сенатының төрағасы. Сенат [отырысы], [екі] ел, елу ел."),
        ("(отырыс екі)", "Парламент Сенатының төрағасы. Сенат [отырысы], [екі] ел, елу ел."),
        ("-сенат отырыс", "Парламент Сенатының төрағасы. Сенат [отырысы], екі ел, елу ел."),
        ('отырыс -"екі ел"', "Парламент Сенатының төрағасы. Сенат [отырысы], екі ел, елу ел."),
        ("source:сенат", "Парламент Сенатының төрағасы. Сенат отырысы, екі ел, елу ел."),
        ("title:сенат", "Парламент Сенатының төрағасы. Сенат отырысы, екі ел, елу ел."),
        ('title:"екі ел"', "Парламент Сенатының төрағасы. Сенат отырысы, екі ел, елу ел."),
        ("date:2025", "Парламент Сенатының төрағасы. Сенат отырысы, екі ел, елу ел."),
        ("", "Парламент Сенатының төрағасы. Сенат отырысы, екі ел, елу ел."),
    ],
)
def test_every_kind_of_query_marks_what_it_matches(marks: Marks, query: str, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert bracketed(text, marks(query, text)) == marked


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("Қасым-Жомарт", "[Қасым-Жомарт] Тоқаев"),
        ("Қасым-Жомарт", "[Қасым] [Жомарт] Тоқаев"),
        ("жомарт", "Қасым-[Жомарт] Тоқаев"),
        ('"Қасым-Жомарт Тоқаев"', "[Қасым-Жомарт Тоқаевтың] сөзі, Жомарт Тоқаев"),
        ('"Қасым-Жомарт Тоқаев"', "[Қасым Жомарт Тоқаевтың] сөзі"),
        ('"Қасым Жомарт Тоқаев"', "[Қасым-Жомарт Тоқаевтың] сөзі"),
        ('"жомарт тоқаев"', "Қасым-[Жомарт Тоқаев]"),
    ],
)
def test_compounds_are_marked_in_either_spelling(marks: Marks, query: str, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert bracketed(text, marks(query, text)) == marked


def test_a_title_query_marks_the_title(marks: Marks) -> None:
    title = "Сенат отырысы"
    assert bracketed(title, marks("title:сенат отырыс", title, TextField.TITLE)) == (
        "[Сенат] [отырысы]"
    )
    assert bracketed(title, marks("title:сенат отырыс", title)) == "Сенат [отырысы]"


def test_offsets_are_those_of_the_text_as_written(marks: Marks) -> None:
    text = "\ufeffПарла\u00adмент  Сена\u0301тының тө\u200bрағасы"
    assert bracketed(text, marks("сенат төраға", text)) == (
        "\ufeffПарла\u00adмент  [Сена\u0301тының] [тө\u200bрағасы]"
    )


def test_matches_late_in_a_long_text_are_marked(marks: Marks) -> None:
    text = "Бүгін ауа райы жақсы. " * 2_500 + "Сенаттың отырысы."
    assert [text[mark.start : mark.end] for mark in marks("сенат", text)] == ["Сенаттың"]


def test_a_loose_word_marks_words_that_begin_alike(analyzer: Analyzer) -> None:
    word = Word("мектептану", ("мектептану",), loose=True)
    text = "Мектеп пен мекен"
    assert (
        bracketed(text, Marker(word, analyzer).marks(text, TextField.BODY)) == "[Мектеп] пен мекен"
    )


@pytest.mark.parametrize(
    ("script", "marked"),
    [
        (Script.LATIN_2018, "[Qyrǵyzstanda] halyqaralyq [is-sharalar] «Қазақ» týraly"),
        (Script.LATIN_2021, "[Qyrğyzstanda] halyqaralyq [ıs-şaralar] tendersız"),
        (Script.LATIN_DIGRAPH, "[Qyrghyzstanda] halyqaralyq [is-sharalar] tendersiz"),
        (Script.ARABIC, "[قىرعىزستاندا] حالىقارالىق [ٴىس-شارالار] تەندەرسىز"),
    ],
)
def test_other_scripts_are_marked_in_their_own_letters(
    analyzer: Analyzer, script: Script, marked: str
) -> None:
    text = marked.replace("[", "").replace("]", "")
    marker = Marker(QueryParser(analyzer).parse("Қырғызстан іс-шара").query, analyzer)
    assert bracketed(text, marker.marks(text, TextField.BODY, script)) == marked


WORDS = ["сенат", "Сенаттың", "екі", "ел", "елу", "Қасым-Жомарт", "қасым", "жомарт", "2025", "%"]
SPACES = st.sampled_from([" ", ", ", ". ", "\n", "-", ""])
TEXTS = st.lists(st.sampled_from(WORDS) | SPACES | st.text(max_size=5), max_size=40).map("".join)
QUERIES = st.lists(
    st.sampled_from(
        [*WORDS, '"екі ел"', '"Қасым Жомарт"', "ел*", "сена*", "-екі", "OR", "title:ел"]
    ),
    max_size=6,
).map(" ".join)


@settings(deadline=None)
@given(QUERIES, TEXTS, st.sampled_from(Script))
def test_marks_are_in_order_apart_and_never_empty(
    analyzer: Analyzer, query: str, text: str, script: Script
) -> None:
    marker = Marker(QueryParser(analyzer).parse(query).query, analyzer)
    if script not in (Script.CYRILLIC, Script.OTHER):
        text = from_cyrillic(text, script)
    for field in TextField:
        done = 0
        for mark in marker.marks(text, field, script):
            assert done <= mark.start < mark.end <= len(text)
            assert mark.parts
            done = mark.end
