"""Names in queries: with a capital, in Russian spelling, in Latin letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzsearch import Article, Index, open_index

TEXTS = {
    "city": "Семей қаласында жаңа көпір ашылды.",
    "family": "Отбасы мүшелері түгел жиналды.",
    "russian": "Семьи погибших получат помощь от государства.",
    "nurlan": "Нұрлан жеңіске жетті, дейді бапкері.",
    "spelled": "Нурлан жеңіске жетті, дейді бапкері.",
    "headline": "Ректор университетте жаңа зертхана ашылғанын айтты.",
    "menu": "Зертхана Мектеп Мәзір\nБүгін зертхана ашылды" + ", оған көп адам келді" * 8 + ".",
    "trump": "Дональд Трамп мәлімдеме жасады.",
    "other": "ТРҰМП деп жазылған жарнама ілінді.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("names"), create=True) as index:
        index.add(Article(id=id, title="", body=body) for id, body in TEXTS.items())
        yield index


def found(index: Index, query: str) -> set[str]:
    return {hit.article.id for hit in index.search(query).hits}


def test_a_name_with_a_capital_is_no_form_of_a_russian_word(index: Index) -> None:
    page = index.search("Семей")
    assert [hit.article.id for hit in page.hits] == ["city"]
    assert not page.notes


def test_in_small_letters_both_are_meant_with_a_note(index: Index) -> None:
    page = index.search("семей")
    assert found(index, "семей") == {"city", "family", "russian"}
    assert [note.meant for note in page.notes] == ["отбасы"]
    assert "family" not in found(index, page.notes[0].undo)


def test_beside_russian_words_a_capital_tells_nothing(index: Index) -> None:
    assert {"family", "russian"} <= found(index, "Семей погибших государства")


def test_a_kazakh_name_finds_its_russian_spelling_with_a_note(index: Index) -> None:
    page = index.search("Нұрлан")
    assert [hit.article.id for hit in page.hits] == ["nurlan", "spelled"]
    assert [(note.typed, note.meant) for note in page.notes] == [("Нұрлан", "нурлан")]
    assert found(index, page.notes[0].undo) == {"nurlan"}


def test_a_russian_spelling_finds_the_kazakh_name_and_says_so_once(index: Index) -> None:
    page = index.search("Нурлан")
    assert {hit.article.id for hit in page.hits} == {"nurlan", "spelled"}
    assert len(page.notes) == 1


def test_a_listed_name_in_latin_letters_is_no_kazakh_word_by_its_letters(index: Index) -> None:
    assert found(index, "Trump") == {"trump"}


def test_words_of_a_quotation_that_is_given_up_are_marked_in_the_article(index: Index) -> None:
    query = '"зертхана университет" ректор жаңа көпір айтты'
    article = index.get("headline")
    assert article is not None
    _, body = index.mark(article, query)
    assert "зертхана" in {body.text[start:end] for start, end in body.marks}


def test_a_sentence_is_shown_before_a_line_of_a_menu(index: Index) -> None:
    hits = {hit.article.id: hit for hit in index.search("зертхана").hits}
    assert [each.text.partition(" ")[0] for each in hits["menu"].fragments] == ["Бүгін"]
