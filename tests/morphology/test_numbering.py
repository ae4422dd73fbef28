"""Texts as rows of numbers: the same terms as ``Analyzer.analyze`` gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzsearch.morphology import Analyzer, numbering
from kzsearch.morphology.numbering import TextNumberer
from kzsearch.text.scripts import Script, from_cyrillic

ANALYZER = Analyzer()
NUMBERER = TextNumberer(ANALYZER)

WRITINGS = """
мектептерімізде Премьер-Министрдің адам мая сала и в Президент сказал, что это дом
https://baq.kz/1 #мектеп a@b.kz 100-ден 5%-ке АҚШ-тың Google-дың «Қазақстан» — ... ӘӘ дала
"""

TEXTS = st.one_of(
    st.lists(st.sampled_from(WRITINGS.split()), max_size=30).map(" ".join),
    st.text(max_size=60),
    st.text(st.sampled_from("аәмсказдалы -–.,\n1gG#@:/"), max_size=60),
)


def check(numberer: TextNumberer, texts: list[tuple[str, Script]]) -> None:
    numbered = numberer.number(texts)
    for number, (text, script) in enumerate(texts):
        assert list(numbered.terms(number)) == ANALYZER.analyze(text, script=script)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(Script)), max_size=5))
@example([])
@example([("", Script.CYRILLIC)])
@example([("   ", Script.CYRILLIC), ("мектеп", Script.CYRILLIC), ("", Script.OTHER)])
def test_terms_are_those_of_the_analyzer(texts: list[tuple[str, Script]]) -> None:
    check(NUMBERER, texts)


def test_a_word_is_read_in_the_language_of_its_text() -> None:
    texts = ["Он сказал, что его дом там и мая сала нет", "Қазақ мая сала ғой өзі"]
    check(NUMBERER, [(text, Script.CYRILLIC) for text in texts])
    numbered = NUMBERER.number([(text, Script.CYRILLIC) for text in texts])
    stems = [{t.surface: t.stems for t in numbered.terms(number)} for number in range(2)]
    assert stems[0]["мая"] != stems[1]["мая"]


def test_each_script_has_runs_of_its_own() -> None:
    text = from_cyrillic("мектептерімізде оқушылар бар", Script.LATIN_2021)
    check(NUMBERER, [(text, Script.LATIN_2021), (text, Script.CYRILLIC)])


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "MEMORY", 10 * numbering.RUN)
    numberer = TextNumberer(ANALYZER)
    for number in range(30):
        check(numberer, [(f"мектеп{number} дала {number}-ші сөз", Script.CYRILLIC)])
        assert len(numberer.words) < 20


def test_a_word_has_one_number() -> None:
    numbered = TextNumberer(ANALYZER).number([("дала дала, дала", Script.CYRILLIC)])
    assert len(set(numbered.words.tolist())) == 1
