"""Completing a query: context, readings, operators; the engine here is a list of phrases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.interface import PhraseCount
from kzsearch.query import complete

PHRASES = {
    "Қазақстан": 90,
    "Қазақстан президенті": 20,
    "Қазақстан халқы": 10,
    "президент": 50,
    "Сыртқы істер министрлігі": 8,
    "қазан": 9,
    "казахстан": 4,
    "казах": 3,
    "казак": 2,
    "ел": 40,
    "ел мен жер": 5,
    "жаңалық": 12,
    "сайлау": 7,
    "жер сілкінісі": 6,
    "көрме": 3,
    "сурет көрмесі": 1,
}

TOGETHER = {("сайлау", "президент"): 11}
"""How many titles have a phrase and a word apart from it."""


class Titles:
    """Answers like an engine, by looking at every phrase."""

    def complete(
        self, context: Sequence[str], start: str, limit: int, beside: Sequence[str] = ()
    ) -> list[PhraseCount]:
        wanted = " ".join([*context, start])
        counts = {
            text: TOGETHER.get((*beside, text.lower()), 0) if beside else count
            for text, count in PHRASES.items()
        }
        found = [
            PhraseCount(text, count, count)
            for text, count in counts.items()
            if count and text.lower().startswith(wanted)
        ]
        return sorted(found, key=lambda phrase: -phrase.articles)[:limit]

    def title_doc_freq(self, word: str) -> int:
        return sum(count for held, count in _held() if held == word)

    def title_prefix_freq(self, prefix: str) -> int:
        return sum(count for held, count in _held() if held.startswith(prefix))


def _held() -> list[tuple[str, int]]:
    return [(word, count) for text, count in PHRASES.items() for word in text.lower().split()]


def completed(typed: str, limit: int = 8) -> list[str]:
    engine: Any = Titles()
    return [
        f"{found.text[: found.typed]}|{found.text[found.typed :]}"
        for found in complete(engine, engine.complete, typed, limit)
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("қаза", "Қаза|қстан"),
        ("Қаза", "Қаза|қстан"),
        ("qazaq", "Қазақ|стан"),
        ("0fpf", "Қаза|қстан"),
        ("قازا", "Қаза|қстан"),
        ("қазақстан прези", "Қазақстан прези|денті"),
        ("казакстан прези", "Қазақстан прези|денті"),
        ("Qazaqstan Prezi", "Қазақстан прези|денті"),
        ("rfpfrcnfy ghtp", "Қазақстан през|иденті"),
        (";f4f", "жаңа|лық"),
        ("қазақстан ", "Қазақстан |президенті"),
        ("сыртқы істер ", "Сыртқы істер |министрлігі"),
        ("бүгін қазақстан хал", "бүгін Қазақстан хал|қы"),
        ("белгісіз  прези", "белгісіз  прези|дент"),
        ("ел мен ж", "ел мен ж|ер"),
        ('"қазақстан прези', '"Қазақстан прези|денті'),
        ("(қазақ", "(Қазақ|стан"),
        ("-қаза", "-Қаза|қстан"),
        ("title:қаза", "title:Қаза|қстан"),
        ("тақырып:«сырт", "тақырып:«Сырт|қы істер министрлігі"),
        ("жаңа -ел жаң", "жаңа -ел жаң|алық"),
    ],
)
def test_what_comes_first(typed: str, first: str) -> None:
    assert completed(typed)[0] == first


@pytest.mark.parametrize(
    "typed", ["", " ", "жоқ", "source:қаза", "date:2025", "қаза*", "қазақстан,", "ы" * 10_000]
)
def test_what_cannot_be_completed(typed: str) -> None:
    assert completed(typed) == []


def test_most_articles_come_first_and_what_is_as_typed_has_its_room() -> None:
    assert completed("каза") == [
        "Қаза|қстан",
        "Қаза|қстан президенті",
        "Қаза|қстан халқы",
        "қаза|н",
        "каза|хстан",
        "каза|х",
        "каза|к",
    ]
    assert completed("каза", limit=2) == ["Қаза|қстан", "каза|хстан"]


def test_what_is_typed_is_not_offered() -> None:
    assert "қазан|" not in completed("қазан")
    assert completed("Ел") == ["ел| мен жер"]


def test_the_same_titles_have_the_words_before() -> None:
    assert completed("қазақстан прези") == ["Қазақстан прези|денті"]
    assert completed("сайлау прези") == ["сайлау прези|дент"]
    assert completed("көрме прези") == [], "no title has both"


def test_what_is_in_one_title_gives_place() -> None:
    assert completed("сурет көр") == ["сурет көр|месі"]
    assert "сурет көрмесі" not in "".join(completed("с")).replace("|", "")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("выбор", "сайлау|"),
        ("землетр", "жер сілкінісі|"),
        ("Выборы", "сайлау|"),
        ("белгісіз выбор", "белгісіз сайлау|"),
    ],
)
def test_a_russian_word_becomes_a_kazakh_one(typed: str, first: str) -> None:
    assert completed(typed) == [first]


def test_no_more_than_asked_for_and_none_twice() -> None:
    assert len(completed("қ", limit=2)) == 2
    found = [text.replace("|", "").lower() for text in completed("казакстан пр")]
    assert len(found) == len(set(found))


def test_invisible_characters_are_no_beginning() -> None:
    engine: Any = Titles()
    for typed in ("\u200b", "\u00ad\u200d", "қаза \u200b"):
        assert not any(not found.typed for found in complete(engine, engine.complete, typed, 8))
    assert complete(engine, engine.complete, "\u200b", 8) == []


PIECES = st.sampled_from(["қаза", "ел", '"', "-", " ", "title:", "(", "0fp", "прези"])


@given(st.text(max_size=60) | st.lists(PIECES).map("".join))
def test_any_text(typed: str) -> None:
    engine: Any = Titles()
    for found in complete(engine, engine.complete, typed, 8):
        assert 0 < found.typed <= len(found.text)
        assert found.articles > 0
        assert found.to_json() == {
            "text": found.text,
            "articles": found.articles,
            "typed": found.typed,
        }
