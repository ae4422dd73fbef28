"""A pasted headline with a quotation in straight quotes, which stands in no article like that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzsearch import Article, Index, open_index
from kzsearch.query import NoteKind

BODIES = {
    "road": "Министр Нұрлы жол туралы баяндады. Жолға қаржы бөлінеді деді ол.",
    "land": "Жаңа жер кодексі қабылданды.",
}
HEADLINE = 'Министр "жаңа Нұрлы жол" бағдарламасына қаржы бөлінетінін айтты'


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("quoted"), create=True) as index:
        index.add(Article(id=name, body=body) for name, body in BODIES.items())
        yield index


def found(index: Index, query: str, **arguments: bool) -> list[str]:
    return [hit.article.id for hit in index.search(query, **arguments).hits]


def test_its_words_are_searched_and_told(index: Index) -> None:
    page = index.search(HEADLINE)
    assert page.hits[0].article.id == "road"
    (note,) = page.notes
    assert (note.kind, note.typed) == (NoteKind.PHRASE, '"жаңа Нұрлы жол"')
    assert note.meant == "жаңа, Нұрлы, жол"
    assert found(index, note.undo) == []


def test_a_phrase_that_is_found_stays_one(index: Index) -> None:
    page = index.search(HEADLINE.replace("жаңа ", ""))
    assert [hit.article.id for hit in page.hits] == ["road"]
    assert page.notes == ()


@pytest.mark.parametrize(
    "query", ['"жол нұрлы"', '"жол нұрлы" министр', '-"бөлінеді" министр қаржы жол бөлу ол']
)
def test_what_is_no_headline_must_hold_its_phrase(index: Index, query: str) -> None:
    page = index.search(query)
    assert all(note.kind is not NoteKind.PHRASE for note in page.notes)
    assert page.hits == ()


def test_an_exact_search_gives_nothing_up(index: Index) -> None:
    assert found(index, HEADLINE, exact=True) == []


def test_filters_hold_for_the_words_too(index: Index) -> None:
    assert found(index, HEADLINE + " source:Айқын") == []
