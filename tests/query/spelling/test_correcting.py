"""From misspelt words to the query that is searched for, and the one that is offered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.morphology import Analyzer
from kzsearch.query import MAX_TERMS, Note, NoteKind, ParsedQuery, QueryParser
from kzsearch.query.normalization import Normalized
from kzsearch.query.spelling import (
    Change,
    Misspelling,
    Speller,
    Suggestion,
    corrected,
    misspellings,
)
from kzsearch.query.syntax import parse_syntax
from kzsearch.query.tokens import QueryToken


def read(
    text: str, analyzer: Analyzer, speller: Speller
) -> tuple[tuple[QueryToken, ...], list[Misspelling]]:
    normalized = Normalized(parse_syntax(text))
    tokens = normalized.tokens(analyzer, MAX_TERMS)
    return tokens, misspellings(normalized.syntax, tokens, speller)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("мекткп", [("мекткп", "мектеп", True)]),
        ("үкімет мекткп сенатт", [("мекткп", "мектеп", True), ("сенатт", "сенат", True)]),
        ("мекткп, (сенатт)!", [("мекткп", "мектеп", True), ("сенатт", "сенат", True)]),
        ("Мекткп СЕНАТТ", [("Мекткп", "Мектеп", True)]),  # capitals: an acronym, who knows
        ("сенат OR мекткп", [("мекткп", "мектеп", True)]),
        ("title:мекткп", [("мекткп", "мектеп", True)]),
        ('"үкімет мекткп"', [("мекткп", "мектеп", False)]),
        ("«Мекткп»", [("Мекткп", "Мектеп", False)]),
        ("Қасым-Жомартт", [("Қасым-Жомартт", "Қасым-Жомарт", True)]),
    ],
)
def test_misspelt_words_are_found_in_their_places(
    analyzer: Analyzer, speller: Speller, text: str, expected: list[tuple[str, str, bool]]
) -> None:
    tokens, found = read(text, analyzer, speller)
    misspelt = [
        (text[tokens[each.number].start : tokens[each.number].end], each.meant, each.unasked)
        for each in found
    ]
    assert misspelt == expected


@pytest.mark.parametrize(
    "text",
    [
        "=мекткп",
        '="мекткп сенатт"',
        "-мекткп",
        "-(мекткп OR сенатт)",
        "мекткп*",
        "source:мекткп",
        "#мекткп",
        "мекткп.kz",
        "",
    ],
)
def test_what_is_to_be_exact_is_left_alone(analyzer: Analyzer, speller: Speller, text: str) -> None:
    assert read(text, analyzer, speller)[1] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # stateless
@given(st.text(alphabet='мектпсна =-"«»()*:', max_size=30))
def test_any_text_has_misspelt_words_in_order_or_none(
    analyzer: Analyzer, speller: Speller, text: str
) -> None:
    tokens, found = read(text, analyzer, speller)
    numbers = [each.number for each in found]
    assert numbers == sorted(set(numbers))
    right = corrected(tokens, found, analyzer)
    assert [(token.start, token.end) for token in right] == [
        (token.start, token.end) for token in tokens
    ]


def parsed(text: str, analyzer: Analyzer, speller: Speller, **more: bool) -> ParsedQuery:
    return QueryParser(analyzer, speller=speller).parse(text, **more)


def test_a_query_without_mistakes_stays_as_it_is(analyzer: Analyzer, speller: Speller) -> None:
    query = "сенат мектептерімізде"
    assert parsed(query, analyzer, speller) == QueryParser(analyzer).parse(query)


def test_sure_corrections_are_searched_for_and_told(analyzer: Analyzer, speller: Speller) -> None:
    found = parsed("үкімет (мекткп OR сенатт)", analyzer, speller)
    assert found.query == QueryParser(analyzer).parse("үкімет (мектеп OR сенат)").query
    assert found.notes == (
        Note(NoteKind.TYPO, "мекткп", "мектеп", "үкімет (=мекткп OR сенатт)"),
        Note(NoteKind.TYPO, "сенатт", "сенат", "үкімет (мекткп OR =сенатт)"),
    )
    assert found.suggestion is found.suggested is None


def test_what_is_in_doubt_is_offered_with_all_other_corrections(
    analyzer: Analyzer, speller: Speller
) -> None:
    found = parsed("мекткп прзидентң", analyzer, speller)
    assert found.query == QueryParser(analyzer).parse("мектеп прзидентң").query
    changes = (Change("мекткп", "мектеп"), Change("прзидентң", "президенті"))
    assert found.suggestion == Suggestion("мектеп президенті", changes)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('"Сенатт үкімет"', '"Сенат үкімет"'),
        ("мекткп прзидентң", "мектеп президенті"),
        ("title:(мекткп OR прзидентң) -сенатт", "title:(мектеп OR президенті) -сенатт"),
        ("кеше АҚШ сенат прзидентң", "кеше АҚШ сенат президенті"),
    ],
)
def test_a_suggestion_is_read_as_if_it_were_typed(
    analyzer: Analyzer, speller: Speller, text: str, meant: str
) -> None:
    found = parsed(text, analyzer, speller)
    assert found.suggestion
    assert found.suggestion.query == meant
    assert found.suggested
    again = QueryParser(analyzer).parse(meant)
    assert (found.suggested.query, found.suggested.fallback) == (again.query, again.fallback)


def test_quoted_words_are_only_offered(analyzer: Analyzer, speller: Speller) -> None:
    found = parsed('"Сенатт үкімет"', analyzer, speller)
    assert found.query == QueryParser(analyzer).parse('"Сенатт үкімет"').query
    assert found.notes == ()
    assert found.suggestion == Suggestion('"Сенат үкімет"', (Change("Сенатт", "Сенат"),))


def test_an_exact_search_only_offers(analyzer: Analyzer, speller: Speller) -> None:
    found = parsed("мекткп", analyzer, speller, exact=True)
    assert found.query == QueryParser(analyzer).parse("мекткп", exact=True).query
    assert found.suggestion == Suggestion("мектеп", (Change("мекткп", "мектеп"),))


def test_a_pasted_text_is_corrected_but_not_offered_corrected(
    analyzer: Analyzer, speller: Speller
) -> None:
    found = parsed("мекткп прзидентң " + "сенат " * 20, analyzer, speller)
    assert [note.meant for note in found.notes] == ["мектеп"]
    assert found.suggestion is None
