"""Misspelt queries end to end: what they find, what is told, what is offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kzsearch.query.parser
from kzsearch import Article, Index, ResultPage, open_index
from kzsearch.query.spelling import MAX_DOUBTFUL
from kzsearch.query.syntax import Syntax

ARTICLES = [
    Article(id="mektep", title="Жаңа мектеп", body="Ауылда мектеп ашылды. Үкімет қаржы бөлді."),
    Article(id="senat", title="Сенат отырысы", body="Сенат пен үкімет бюджетті талқылады."),
    Article(id="qazaqstan", title="Қазақстан жеңді", body="Қазақстан құрамасы жеңіске жетті."),
    Article(id="kino", title="Кино күні", body="Қазақстан киносы мерекесін атап өтті. Үкімет."),
    Article(id="qate", title="Қате", body="Мұнда уакымет деп жазылған."),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("index"), create=True) as index:
        index.add(ARTICLES)
        yield index


def ids(page: ResultPage) -> set[str]:
    return {hit.article.id for hit in page.hits if not hit.fallback}


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("қазақстна", "қазақстан"),
        ("мектпе", "мектеп"),
        ("сеант үкімет", "сенат үкімет"),
        ("title:мектпе", "title:мектеп"),
        ("мектпе OR сенат", "мектеп OR сенат"),
        ("мектпе -сенат", "мектеп -сенат"),
    ],
)
def test_a_misspelt_query_finds_what_the_right_one_finds(
    index: Index, query: str, meant: str
) -> None:
    found, wanted = index.search(query), index.search(meant)
    assert ids(found) == ids(wanted) != set()
    assert [note.kind for note in found.notes] == ["typo"]
    assert wanted.notes == ()
    assert found.suggestion is wanted.suggestion is None
    assert any("<mark>" in hit.snippet or hit.title.marks for hit in found.hits)


def test_the_note_takes_the_correction_back(index: Index) -> None:
    (note,) = index.search("үкімет мектпе").notes
    assert (note.typed, note.meant, note.undo) == ("мектпе", "мектеп", "үкімет =мектпе")
    page = index.search(note.undo)
    assert ids(page) == set()
    assert page.notes == ()
    assert page.suggestion is None


def test_a_word_that_articles_hold_is_searched_as_typed(index: Index) -> None:
    page = index.search("уакымет")
    assert ids(page) == {"qate"}
    assert page.notes == ()


def test_nothing_is_corrected_in_an_exact_search_but_offered(index: Index) -> None:
    page = index.search("мектпе", exact=True)
    assert ids(page) == set()
    assert page.notes == ()
    assert page.suggestion
    assert page.suggestion.query == "мектеп"
    assert ids(index.search(page.suggestion.query, exact=True)) == {"mektep"}


def test_a_quotation_is_offered_corrected(index: Index) -> None:
    page = index.search('"сеннат пен үкімет"')
    assert ids(page) == set()
    assert page.suggestion
    assert page.suggestion.query == '"сенат пен үкімет"'
    assert [(change.typed, change.meant) for change in page.suggestion.changes] == [
        ("сеннат", "сенат")
    ]


def test_only_what_finds_more_is_offered(index: Index) -> None:
    assert index.search('"сеннат ашылды"').suggestion is None
    assert index.search('"сеннат отырысы"').suggestion
    assert index.search('"сеннат отырысы"', date_from="2025").suggestion is None


def test_finding_more_with_some_of_the_words_is_enough(index: Index) -> None:
    page = index.search("мектпе 12345", exact=True)
    assert page.total == 0
    assert page.suggestion
    assert [hit.article.id for hit in index.search(page.suggestion.query).hits] == ["mektep"]


@pytest.mark.parametrize(
    "query", ["мектеп", "мектептерімізде", "сенат үкімет", "=мектпе", "мектпе*", "-мектпе", "АҚШ"]
)
def test_other_queries_are_left_alone(index: Index, query: str) -> None:
    page = index.search(query)
    assert [note for note in page.notes if note.kind == "typo"] == []
    assert page.suggestion is None


def test_words_added_later_are_meant_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_index(tmp_path_factory.mktemp("index"), create=True) as index:
        index.add(ARTICLES[:1])
        assert ids(index.search("қазақстна")) == set()
        index.add(ARTICLES)
        assert ids(index.search("қазақстна")) == {"qazaqstan", "kino"}
        index.delete(["qazaqstan", "kino"])
        assert index.search("қазақстна").notes == ()


@given(st.lists(st.text(alphabet="мектпсназқ", min_size=3, max_size=12), max_size=300))
def test_of_a_heap_of_words_only_some_are_corrected(index: Index, words: list[str]) -> None:
    page = index.search(" ".join(words))
    corrected = {note.typed for note in page.notes if note.kind == "typo"}
    assert corrected <= set(words)
    assert len(corrected) <= MAX_DOUBTFUL


def test_where_nothing_is_found_the_likeliest_word_is_searched_at_once(index: Index) -> None:
    page = index.search("мерикесін")
    assert ids(page) == {"kino"}
    ((typed, meant),) = [(note.typed, note.meant) for note in page.notes]
    assert (typed, meant) == ("мерикесін", "мерекесін")
    assert ids(index.search(page.notes[0].undo)) == set()
    beside = index.search("мерикесін үкімет")
    assert beside.notes == ()
    assert beside.suggestion
    assert beside.suggestion.query == "мерекесін үкімет"


@pytest.mark.parametrize(
    "query",
    [
        "мектеп",
        "мектпе",
        '"сеннат пен үкімет"',
        "senat -0fpf0cnfy",
        "сенат кеше қайда?",
        ")fpf0cnfy",
    ],
)
def test_a_query_is_parsed_once_its_suggestion_included(
    index: Index, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse, parsed = kzsearch.query.parser.parse_syntax, []

    def counting(text: str, *more: Any) -> Syntax:
        parsed.append(text)
        return parse(text, *more)

    monkeypatch.setattr(kzsearch.query.parser, "parse_syntax", counting)
    page = index.search(query)
    assert parsed == [query]
    assert (page.suggestion is not None) == query.startswith('"')


def test_nothing_but_the_parser_parses(root: Path) -> None:
    rooms = root / "search/kzsearch"
    users = {
        path.relative_to(rooms).as_posix()
        for path in rooms.rglob("*.py")
        if "parse_syntax" in path.read_text(encoding="utf-8")
    }
    assert users == {"query/parser.py", "query/syntax.py"}
