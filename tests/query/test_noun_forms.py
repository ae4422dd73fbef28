"""Nouns and verbs of one stem: «Орал» and «оралды», «тіл» and «тіледі»."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzsearch import Article, Index, open_index
from kzsearch.query.notes import NoteKind

TEXTS = {
    "city": "Оралдағы зауыт ашылды.",
    "genitive": "Оралдың көшелері кеңейді.",
    "returned": "Жолаушы үйіне оралды.",
    "will return": "Жолаушы ертең оралады.",
    "name": "Болаттың кітабы шықты.",
    "being": "Жиналыс ертең болатын.",
    "tongue": "Қазақ тілінің күні.",
    "wished": "Төрағаға сәттілік тіледі.",
    "both": "Қазақ тілін білетін төраға сәттілік тіледі.",
    "bi": "Төле би көшесі жабылды.",
    "paid": "Компания би мен салық төледі, төлеу мерзімі өтті.",
    "our town": "Біз тұрған қаламыз үлкен.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("nouns"), create=True) as index:
        index.add(Article(id=id, title="", body=body) for id, body in TEXTS.items())
        yield index


def found(index: Index, query: str, *, exact: bool = False) -> set[str]:
    return {hit.article.id for hit in index.search(query, exact=exact).hits}


def test_a_name_with_a_capital_is_no_form_of_a_verb(index: Index) -> None:
    assert found(index, "Орал") == {"city", "genitive"}
    assert found(index, "Оралдағы") == {"city", "genitive"}
    assert found(index, "Болат") == {"name"}
    assert not index.search("Орал").notes


def test_a_name_of_two_words_is_found_before_its_words_as_others(index: Index) -> None:
    assert index.search("Төле би").hits[0].article.id == "bi"
    assert found(index, "Төле") == {"bi"}


def test_a_name_in_small_letters_finds_the_verb_too_and_says_so(index: Index) -> None:
    page = index.search("орал зауыты")
    assert {hit.article.id for hit in page.hits} >= {"city", "returned"}
    (note,) = page.notes
    assert (note.kind, note.typed, note.meant) == (NoteKind.NAME, "орал", "Орал, оралды")
    assert note.undo == "Орал зауыты"


def test_a_verb_is_found_as_ever(index: Index) -> None:
    assert {"returned", "will return"} <= found(index, "оралды")
    assert "being" in found(index, "болатын")


def test_a_noun_leaves_out_what_can_be_no_form_of_it(index: Index) -> None:
    assert found(index, "тіл") == {"tongue", "both"}
    assert "our town" in found(index, "қала")  # also: we stay


def test_an_exact_search_leaves_nothing_out(index: Index) -> None:
    assert "returned" in found(index, "Орал", exact=True)
    assert "wished" in found(index, "тіл", exact=True)


def test_only_forms_of_the_noun_are_marked(index: Index) -> None:
    article = index.get("both")
    assert article is not None
    _, body = index.mark(article, "тіл")
    assert {body.text[start:end] for start, end in body.marks} == {"тілін"}
