"""Pieces of articles in other scripts, marks on the same words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.results import Fragment, Letters, rewriting, to_html
from kzsearch.results.rewriting import in_script
from kzsearch.text.scripts import Script, from_cyrillic

TEXT = "Үкімет отырысында «ҚазМұнайГаз» пен 25 объект талқыланды."


def marked(text: str, *words: str) -> Fragment:
    spans = tuple((text.index(word), text.index(word) + len(word)) for word in words)
    return Fragment(text, spans, before=True)


@pytest.mark.parametrize(
    ("target", "html"),
    [
        (
            Script.LATIN_2021,
            "…<mark>Ükımet</mark> otyrysynda «QazMūnaiGaz» pen 25 <mark>obekt</mark> talqylandy.",
        ),
        (
            Script.ARABIC,
            "…<mark>ۇكىمەت</mark> وتىرىسىندا «قازمۇنايگاز» پەن 25 <mark>وبەكت</mark> تالقىلاندى.",
        ),
    ],
)
def test_marks_stand_on_the_same_words(target: Script, html: str) -> None:
    fragment = in_script(marked(TEXT, "Үкімет", "объект"), Script.CYRILLIC, target)
    assert to_html(fragment) == html
    assert fragment.before


@pytest.mark.parametrize("source", [Script.LATIN_2018, Script.LATIN_2021, Script.ARABIC])
@pytest.mark.parametrize("target", [Script.CYRILLIC, Script.LATIN_2021, Script.ARABIC])
def test_any_script_can_be_shown_in_any(source: Script, target: Script) -> None:
    text = from_cyrillic("үкімет отырысы өтті", source)
    word = from_cyrillic("отырысы", source)
    shown = in_script(marked(text, word), source, target)
    start, end = shown.marks[0]
    meant = "отырысы" if target is Script.CYRILLIC else from_cyrillic("отырысы", target)
    assert shown.text[start:end] == meant


def test_punctuation_is_that_of_the_script() -> None:
    shown = in_script(Fragment("Бар ма? Иә, 1,5 бар; жоқ."), Script.CYRILLIC, Script.ARABIC)
    assert re.sub(r"[^،؟؛,;?]", "", shown.text) == "؟،,؛"


@given(st.text("аәгқұъйКЁ .,1\u0306Qz"), st.data())
def test_marks_stay_inside_and_apart(text: str, data: st.DataObject) -> None:
    borders = data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    marks = tuple(zip(borders[::2], borders[1::2], strict=False))
    for target in (Script.CYRILLIC, Script.LATIN_2021, Script.ARABIC):
        shown = in_script(Fragment(text, marks), Script.CYRILLIC, target)
        places = [place for mark in shown.marks for place in mark]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(shown.text) for start, end in shown.marks)
        assert len(shown.marks) <= len(marks)


@pytest.mark.parametrize(
    ("language", "body", "letters", "shown"),
    [
        ("kk", "Үкімет отырысы өтті.", Letters.LATIN, "Ükımet otyrysy öttı."),
        ("", "Үкімет отырысы өтті.", Letters.LATIN, "Ükımet otyrysy öttı."),
        ("kk", "Үкімет отырысы өтті.", Letters.CYRILLIC, None),
        ("kk", "Úkimet otyrysy ótti.", Letters.LATIN, None),
        ("kk", "Úkimet otyrysy ótti.", Letters.CYRILLIC, "Үкімет отырысы өтті."),
        ("kk", "The government met.", Letters.CYRILLIC, None),
        ("ru", "Заседание правительства.", Letters.LATIN, None),
    ],
)
def test_only_kazakh_in_other_letters_is_rewritten(
    language: str, body: str, letters: Letters, shown: str | None
) -> None:
    rewrite = rewriting(Article(id="a", body=body, language=language), letters)
    assert (rewrite and rewrite(Fragment(body)).text) == shown
