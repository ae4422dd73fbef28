"""Text in, terms out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzsearch.morphology import Analyzer
from kzsearch.morphology.user_words import WORDS_VARIABLE
from kzsearch.text import Language, TokenKind
from kzsearch.text.scripts import Script, from_cyrillic

ANALYZER = Analyzer()


def stems(text: str, *, query: bool = False) -> list[tuple[str, ...]]:
    return [term.stems for term in ANALYZER.analyze(text, query=query)]


def test_each_term_has_its_surface_stem_and_place() -> None:
    text = "Мектептерімізде оқушылар оқиды."
    terms = ANALYZER.analyze(text)
    assert [term.stems for term in terms] == [("мектеп",), ("оқушы",), ("оқы",)]
    assert [text[term.start : term.end].lower() for term in terms] == [t.surface for t in terms]
    assert [term.position for term in terms] == [0, 1, 2]


def test_numbers_signs_and_acronyms_lose_their_endings() -> None:
    assert stems("АҚШ-тың 100-ден 5%-ке") == [
        *(("ақш",), ("100",), ("5",), ("%", "пайыз", "процент")),
    ]


def test_a_compound_gives_its_parts_too() -> None:
    terms = ANALYZER.analyze("Премьер-Министрдің")
    assert {term.stems for term in terms} == {
        *(("премьер-министр", "премьерминистр"), ("премьер",), ("министр",)),
    }
    assert {term.position for term in terms} == {terms[0].position, terms[-1].position}


def test_addresses_stay_as_they_are() -> None:
    terms = ANALYZER.analyze("https://baq.kz/zhana сайтында")
    addresses = {term.surface: term.stems for term in terms if term.kind is TokenKind.URL}
    assert addresses["https://baq.kz/zhana"] == ("https://baq.kz/zhana",)
    assert all(stems == (surface,) for surface, stems in addresses.items())


def test_a_russian_quotation_is_lemmatised_and_the_kazakh_around_it_is_not() -> None:
    text = "Министр: «Решение правительства было принято вчера вечером», – деді журналистерге."
    terms = {term.surface: term for term in ANALYZER.analyze(text)}
    assert terms["правительства"].stems == ("правительство",)
    assert terms["правительства"].language is Language.RUSSIAN
    assert terms["журналистерге"].stems == ("журналист",)


def test_a_query_word_in_doubt_carries_both_readings() -> None:
    assert set(stems("министра", query=True)[0]) >= {"министр"}
    (both,) = stems("правительства", query=True)
    assert "правительство" in both
    assert 1 <= len(both) <= 2


def test_a_query_with_kazakh_letters_is_not_in_doubt() -> None:
    assert all(len(found) == 1 for found in stems("үкімет адам мая", query=True))


@pytest.mark.parametrize(
    ("script", "text"),
    [
        (Script.LATIN_2018, "Prezıdent Toqaevtyń jarlyǵyna qol qoıdy"),
        (Script.LATIN_2021, "Prezident Toqaevtyñ jarlyğyna qol qoidy"),
        (Script.LATIN_DIGRAPH, "Prezident Toqaevtyng zharlyghyna qol qojdy"),
        (Script.ARABIC, "پرەزيدەنت توقاەۆتىڭ جارلىعىنا قول قويدى"),
    ],
)
def test_other_scripts_give_the_terms_of_cyrillic_at_their_own_places(
    script: Script, text: str
) -> None:
    terms = ANALYZER.analyze(text, script=script)
    cyrillic = ANALYZER.analyze("Президент Тоқаевтың жарлығына қол қойды")
    assert [(t.surface, t.stems, t.position, t.language) for t in terms] == [
        (t.surface, t.stems, t.position, t.language) for t in cyrillic
    ]
    assert [text[term.start : term.end] for term in terms] == text.split()


def test_english_in_a_latin_article_is_found_as_written_with_its_ending_cut() -> None:
    terms = ANALYZER.analyze("Real klýby Netflix-te", script=Script.LATIN_2018)
    assert {("real",), ("netflix",), ("клуб",)} <= {term.stems for term in terms}


def test_cyrillic_in_a_latin_article_is_read_as_ever() -> None:
    terms = ANALYZER.analyze("«Жаңа мектептер» týraly", script=Script.LATIN_2018)
    assert [term.stems[0] for term in terms] == ["жаңа", "мектеп", "туралы"]


def test_the_fingerprint_is_steady_and_follows_the_users_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kzsearch.morphology.analyzer import _fingerprint

    assert ANALYZER.fingerprint == Analyzer().fingerprint
    monkeypatch.setenv(WORDS_VARIABLE, str(tmp_path))
    before = _fingerprint.__wrapped__()
    (tmp_path / "protected.txt").write_text("балалар\n", encoding="utf-8")
    assert _fingerprint.__wrapped__() != before


@given(st.text(max_size=60), st.booleans())
def test_every_term_of_any_text_has_a_few_stems(text: str, query: bool) -> None:
    terms = ANALYZER.analyze(text, query=query)
    assert all(1 <= len(set(term.stems)) <= 4 and all(term.stems) for term in terms)
    assert all(len(set(term.stems)) == len(term.stems) for term in terms)
    assert terms == ANALYZER.analyze(text, query=query)


WRITINGS = """
Мектептер мектебіміз Қасым-Жомарт Тоқаев 2025 АҚШ-тың https://baq.kz Telegram сенат ел елу а.б
Решение правительства было принято вчера вечером детям людей школы министра адам мая сала дала
"""
SPACES = st.sampled_from([" ", " ", " ", ", ", ". ", "\n", "-", "\xa0", "«", "» "])
TEXTS = st.lists(st.sampled_from(WRITINGS.split()) | SPACES, max_size=30).map("".join)
KEYS = ["мектеп", "тоқаев", "2025", "елу", "решение", "ребенок", "человек", "министр", "telegram"]


@given(
    TEXTS,
    st.sets(st.sampled_from(KEYS), max_size=3),
    st.sampled_from([(), ("ел",), ("жом", "при")]),
    st.sampled_from(Script),
)
@example("Решение было принято вчера", {"решение", "человек"}, (), Script.CYRILLIC)
def test_what_is_found_is_what_is_looked_for_among_all_terms(
    text: str, words: set[str], beginnings: tuple[str, ...], script: Script
) -> None:
    if script not in (Script.CYRILLIC, Script.OTHER):
        text = from_cyrillic(text, script)
    for _ in range(2):
        assert ANALYZER.find(text, words, beginnings, script=script) == [
            term
            for term in ANALYZER.analyze(text, script=script)
            if term.surface in words
            or words.intersection(term.stems)
            or term.surface.startswith(beginnings)
        ]


def test_a_word_is_found_in_the_language_it_is_read_in() -> None:
    quoted = "Ол: «Решение правительства было принято вчера вечером», – деді журналистерге."
    assert [term.surface for term in ANALYZER.find(quoted, {"решение"})] == ["решение"]
    assert ANALYZER.find("Мектептер туралы", {"решение"}) == []
