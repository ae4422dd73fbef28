"""Every repair is told, and its way back searches for what was typed, letter by letter."""

from __future__ import annotations

import pytest

from kzsearch.engine.nodes import Any, Phrase, Prefix, Word
from kzsearch.query import Note, NoteKind, QueryParser


@pytest.mark.parametrize(
    ("query", "kind", "typed", "meant", "undo"),
    [
        ("казакстан", "letters", "казакстан", "қазақстан", "=казакстан"),
        ("0fpf0cnfy", "keyboard", "0fpf0cnfy", "қазақстан", "=0fpf0cnfy"),
        (")fpf0cnfy", "keyboard", ")fpf0cnfy", "Қазақстан", '=")fpf0cnfy"'),
        ("قازاقستان", "script", "قازاقستان", "қазақстан", "=قازاقستان"),
        (
            "Qazaqstan prezidenti, жаңа",
            "script",
            "Qazaqstan prezidenti",
            "Қазақстан президенті",
            "=Qazaqstan =prezidenti , жаңа",
        ),
        (
            '"Qazaqstan prezidenti" жаңа',
            "script",
            "Qazaqstan prezidenti",
            "Қазақстан президенті",
            '="Qazaqstan prezidenti" жаңа',
        ),
        ("«Qazaqstan»", "script", "Qazaqstan", "Қазақстан", "=Qazaqstan"),
        ("-Qazaqstan", "script", "Qazaqstan", "Қазақстан", "-=Qazaqstan"),
        ("title:Qazaqstan", "script", "Qazaqstan", "Қазақстан", "title:=Qazaqstan"),
        ("Qazaqs*", "script", "Qazaqs", "Қазақс", "=Qazaqs*"),
        ("Qasym-Jomart", "script", "Qasym-Jomart", "Қасым-Жомарт", "=Qasym-Jomart"),
        ("казак", "letters", "казак", "қазақ", "=казак"),
        ("ten", "script", "ten", "тен, тең", "=ten"),
        ("otken apta", "date", "otken apta", None, '"otken apta"'),
        ("QR", "acronym", "QR", "Қазақстан Республикасы", '"QR"'),
    ],
)
def test_a_note_shows_what_is_searched_and_how_to_undo_it(
    reader: QueryParser, query: str, kind: str, typed: str, meant: str | None, undo: str
) -> None:
    notes = {note.kind: note for note in reader.parse(query).notes}
    found = notes[NoteKind(kind)]
    assert found == Note(NoteKind(kind), typed, meant or found.meant, undo)


@pytest.mark.parametrize(
    "query",
    ["казакстан", "0fpf0cnfy", "قازاقستان", "Qazaqstan prezidenti", '"Qazaqstan ел"', "-Qazaqstan",
     "title:Qazaqstan", "Qazaqs*", "Qasym-Jomart", ")fpf0cnfy", "-crtvty", '"rjyjvbrf', "«Qaırat»"],
)  # fmt: skip
def test_what_was_undone_is_not_repaired_again(reader: QueryParser, query: str) -> None:
    for note in reader.parse(query).notes:
        again = reader.parse(note.undo).notes
        assert not {NoteKind.SCRIPT, NoteKind.KEYBOARD, NoteKind.LETTERS} & {n.kind for n in again}


def test_exact_repairs_nothing(reader: QueryParser) -> None:
    parsed = reader.parse("Qazaqstan", exact=True)
    assert isinstance(parsed.query, Word)
    assert (parsed.query.surface, parsed.notes) == ("qazaqstan", ())


def test_a_word_typed_that_the_index_has_keeps_matching(reader: QueryParser) -> None:
    query = reader.parse("казак").query
    assert isinstance(query, Word)
    assert query.surface == "қазақ"
    assert "казак" in query.stems


def test_a_phrase_is_one_in_any_script(reader: QueryParser) -> None:
    query = reader.parse('"Qazaqstan prezidenti"').query
    assert isinstance(query, Any)
    phrase = query.parts[0]
    assert isinstance(phrase, Phrase)
    assert [word.surface for word in phrase.words] == ["қазақстан", "президенті"]


def test_the_beginning_of_a_word_keeps_matching_as_typed(reader: QueryParser) -> None:
    assert reader.parse("=mart*").query == Prefix("mart", ())
    found = reader.parse("mart*").query
    assert isinstance(found, Any)
    assert {part.text for part in found.parts if isinstance(part, Prefix)} == {"март", "mart"}


def test_a_pasted_headline_is_repaired_although_sentences_are_not_read(
    reader: QueryParser,
) -> None:
    parsed = reader.parse("Qazaqstan úkimeti jańa mektep zań prezıdenti")
    assert [note.kind for note in parsed.notes] == [NoteKind.SCRIPT]
    assert parsed.notes[0].meant == "Қазақстан үкіметі жаңа мектеп заң президенті"
