"""Compounds joined and parted, by the words of an index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzsearch import Article, Index, open_index

TEXTS = {
    "parted": "Құпия сөз ұмыт болды.",
    "joined": "Тауарөндіруші көбейді.",
    "glued": "Денсаулық сақтау министрі келді.",
    "both": "Аяқкиім мен аяқ киім сатылды.",
    "hyphened": "Сұрақ-жауап айдары.",
    "apart": "Киім тігілді, аяқ ауырды.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("compounds")
    with open_index(folder, create=True) as index:
        index.add(Article(id=name, title="", body=text) for name, text in TEXTS.items())
        yield index


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("құпиясөз", ["parted"]),
        ("құпиясөзді", ["parted"]),
        ("тауар өндіруші", ["joined"]),
        ("тауар өндірушілер", ["joined"]),
        ("сақтауминистрі", ["glued"]),
        ("министрденсаулық", []),  # not in this order
        ("аяқкиім", ["both"]),
        ("сұрақжауап", ["hyphened"]),
        ("киімаяқ", []),
        ("пенсаулық", []),
        ('"құпиясөз"', []),
        ("=құпиясөз", []),
    ],
)
def test_a_compound_is_found_in_the_other_spelling(
    index: Index, query: str, found: list[str]
) -> None:
    assert [hit.article.id for hit in index.search(query).hits if not hit.fallback] == found


def test_the_other_spelling_is_told_and_can_be_undone(index: Index) -> None:
    (note,) = index.search("құпиясөз").notes
    assert (note.typed, note.meant, note.undo) == ("құпиясөз", "құпия сөз", '"құпиясөз"')
    assert not index.search(note.undo).notes


def test_words_that_the_index_has_are_not_parted(index: Index) -> None:
    assert not index.search("денсаулық").notes
    assert not index.search("тауарөндіруші").notes
