from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kzsearch.engine.local.store.owner_lists import read_owner_list
from kzsearch.errors import WordListError
from kzsearch.morphology import Analyzer
from kzsearch.query import NoteKind, QueryParser
from kzsearch.query.clauses import SENTENCE_WORDS
from kzsearch.query.expansion.word_lists import MAX_ROWS, Equivalents, read_equivalents
from kzsearch.text.data_files import table_rows


def rows(name: str) -> list[tuple[str, ...]]:
    return list(table_rows("kzsearch.query", name))


@pytest.mark.parametrize("row", rows("acronyms.tsv"), ids=lambda row: f"{row[0]} {row[1]}")
def test_every_acronym_and_its_expansion_are_read(parser: QueryParser, row: list[str]) -> None:
    acronym, expansion, example = row
    assert acronym in example
    (note,) = [note for note in parser.parse(example).notes if note.typed.startswith(acronym)]
    assert expansion in note.meant.split(", ")
    if len(expansion.split()) < SENTENCE_WORDS:  # what is longer holds its words already
        assert any(acronym in note.meant.split(", ") for note in parser.parse(expansion).notes)


@pytest.mark.parametrize(
    "row",
    [row for name in ("synonyms", "names", "compounds") for row in rows(f"{name}.tsv")],
    ids=lambda row: row[0],
)
def test_every_synonym_is_read_as_the_others(parser: QueryParser, row: list[str]) -> None:
    members = row[0].split(", ")
    assert parser.parse(row[1]).notes
    for member in members:
        meant = {word for note in parser.parse(member).notes for word in note.meant.split(", ")}
        assert meant >= set(members) - {member}


@pytest.mark.parametrize("row", rows("english.tsv"), ids=lambda row: row[0])
def test_an_english_name_is_read_as_the_kazakh_one_only(
    parser: QueryParser, row: list[str]
) -> None:
    english, *kazakh = row[0].split(", ")
    assert english in row[1]
    (note,) = parser.parse(english).notes
    assert set(note.meant.split(", ")) == set(kazakh)
    assert all(english not in n.meant for name in kazakh for n in parser.parse(name).notes)


def test_there_are_enough_acronyms_and_none_is_listed_twice() -> None:
    pairs = [tuple(row[:2]) for row in rows("acronyms.tsv")]
    assert len(set(pairs)) == len(pairs) >= 80


def test_an_owner_adds_lists_of_their_own(analyzer: Analyzer, tmp_path: Path) -> None:
    (tmp_path / "acronyms.tsv").write_text(
        "\ufeff# біздікі\n\nҚБК\tҚала баспасөз клубы\n", encoding="utf-8"
    )
    (tmp_path / "synonyms.tsv").write_text("гүлзар, саябақ,\n", encoding="utf-8")
    own = Equivalents(NoteKind.SYNONYM, ("гүлзар", "саябақ"))
    assert own in read_equivalents(partial(read_owner_list, tmp_path))
    parser = QueryParser(analyzer, lists=partial(read_owner_list, tmp_path))
    assert [note.meant for note in parser.parse("ҚБК-ның гүлзары").notes] == [
        "Қала баспасөз клубы",
        "саябақ",
    ]
    assert parser.parse("АҚШ").notes  # the shipped ones stay


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("acronyms.tsv", "# ок\nҚБК\n".encode(), "Line 2 of .* must hold an acronym, a tab and"),
        ("synonyms.tsv", "гүлзар\n".encode(), "Line 1 of .* must hold two or more synonyms"),
        ("synonyms.tsv", b"\xff\xfe", "is not UTF-8 text; save it as UTF-8."),
        ("acronyms.tsv", b"#\n" * (MAX_ROWS + 1), "has more than .* lines; shorten it."),
    ],
)
def test_a_wrong_list_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WordListError, match=sentence) as error:
        read_equivalents(partial(read_owner_list, tmp_path))
    assert name in str(error.value)


def test_a_folder_in_place_of_a_list_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "acronyms.tsv").mkdir()
    with pytest.raises(WordListError, match="cannot be read"):
        read_equivalents(partial(read_owner_list, tmp_path))


def test_a_synonym_that_no_article_holds_is_not_spoken_of(analyzer: Analyzer) -> None:
    class Held:
        words = frozenset({"футбол", "тікұшақ", "вертолет"})

        def doc_freq(self, word: str) -> int:
            return word in self.words

        def surfaces(self, stem: str) -> dict[str, bool]:
            return {}

        stem_doc_freq = prefix_doc_freq = doc_freq

    vocabulary: Any = Held()
    parser = QueryParser(analyzer, vocabulary=lambda: vocabulary)
    assert parser.parse("футбол").notes == ()
    assert [note.meant for note in parser.parse("тікұшақ").notes] == ["вертолет"]
    assert [note.kind for note in parser.parse("АҚШ").notes] == [NoteKind.ACRONYM]
