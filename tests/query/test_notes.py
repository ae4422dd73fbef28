from __future__ import annotations

import datetime as dt

import pytest

from kzsearch.morphology import Analyzer
from kzsearch.query import Note, NoteKind, QueryParser
from kzsearch.query.expansion.expansion import MAX_EXPANSIONS
from kzsearch.query.notes import undo_exactly


@pytest.fixture(scope="module")
def parser(analyzer: Analyzer) -> QueryParser:
    return QueryParser(analyzer, today=lambda: dt.date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "kind", "typed", "meant", "undo"),
    [
        (
            "өткен апта сайлау",
            "date",
            "өткен апта",
            "2026-11-09 – 2026-11-15",
            '"өткен апта" сайлау',
        ),
        ("сайлау,кеше", "date", "кеше", "2026-11-21", 'сайлау, "кеше"'),
        ("он бес адам", "number", "он бес", "15", '"он бес" адам'),
        ("15-ші сынып", "number", "15-ші", "он бес", '"15-ші" сынып'),
        ("500 мың сом", "number", "500 мың", "500000", '"500 мың" сом'),
        ("зілзалада", "synonym", "зілзалада", "жер сілкінісі", '"зілзалада"'),
        ("ҚР-ның заңы", "acronym", "ҚР-ның", "Қазақстан Республикасы", '"ҚР-ның" заңы'),
        ("АҚШтың ісі", "acronym", "АҚШтың", "Америка Құрама Штаттары", '"АҚШтың" ісі'),
        ("title:15", "number", "15", "он бес", 'title:"15"'),
        ("(АҚШ OR сом)", "acronym", "АҚШ", "Америка Құрама Штаттары", '("АҚШ" OR сом)'),
        ("а:15", "number", "15", "он бес", 'а: "15"'),
    ],
)
def test_a_note_tells_what_was_read_and_how_to_undo_it(
    parser: QueryParser, text: str, kind: str, typed: str, meant: str, undo: str
) -> None:
    assert Note(NoteKind(kind), typed, meant, undo) in parser.parse(text).notes


@pytest.mark.parametrize(
    "text",
    ['"өткен апта"', "=АҚШ", "-АҚШ", '="он бес"', "мекте*", "source:АҚШ", "date:2025", "бір"],
)
def test_operators_leave_nothing_to_read(parser: QueryParser, text: str) -> None:
    assert parser.parse(text).notes == ()


def test_notes_stand_in_the_order_of_the_text(parser: QueryParser) -> None:
    notes = parser.parse("АҚШ кеше 15 ұшақ").notes
    assert [note.kind for note in notes] == ["acronym", "date", "number", "synonym"]


def test_a_sentence_is_not_read(parser: QueryParser) -> None:
    words = "сенат мәжіліс үкімет әкімдік"
    assert parser.parse(f"кеше АҚШ {words}").notes == ()
    assert len(parser.parse("кеше АҚШ сенат мәжіліс").notes) == 2


def test_not_everything_is_read(parser: QueryParser) -> None:
    alternatives = " OR ".join(map(str, range(2, 100)))
    assert len(parser.parse(alternatives).notes) == MAX_EXPANSIONS


def test_today_is_almatys(analyzer: Analyzer) -> None:
    import time_machine

    # In Almaty it is the 1st of March 2024 already, the first day of UTC+5.
    with time_machine.travel(dt.datetime(2024, 2, 29, 19, 30, tzinfo=dt.UTC), tick=False):
        (note,) = QueryParser(analyzer).parse("бүгін").notes
    assert note.meant == "2024-03-01"


def test_searching_exactly_is_an_operator() -> None:
    assert undo_exactly("а казакстан б", 2, 11) == "а =казакстан б"
    assert undo_exactly("а,екі сөз", 2, 9) == 'а, ="екі сөз"'


def test_the_words_of_a_date_make_no_sentence(parser: QueryParser) -> None:
    for text in ("сенат 2025 жылдың үшінші тоқсаны", "сенат 2025 жылғы 29 қыркүйек күні"):
        assert [note.kind for note in parser.parse(text).notes] == [NoteKind.DATE]
    sentence = "сенат мәжіліс үкімет әкімдік мектеп 2025 жылдың үшінші тоқсаны"
    assert parser.parse(sentence).notes == ()
