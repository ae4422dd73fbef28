"""CSV and TSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.formats.table import read
from kzsearch.documents.inputs import open_bytes
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Record

HEADER = "id,title,text\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "id,title,text\n1,Жиын,бір\n2,Сот,екі\n"),
        ("a.csv", "id;title;text\r\n1;Жиын;бір\r\n2;Сот;екі"),
        ("a.csv", '"id","title","text"\n"1","Жиын","бір"\n"2","Сот","екі"\n'),
        ("a.csv", "\ufeffid,title,text\n1,Жиын,бір\n\n2,Сот,екі\n,,\n"),
        ("a.tsv", "id\ttitle\ttext\n1\tЖиын\tбір\n2\tСот\tекі\n"),
        ("a.tab", "Id\tТақырып\tМәтін\n1\tЖиын\tбір\n2\tСот\tекі\n"),
        ("a", "id|title|text\n1|Жиын|бір\n2|Сот|екі\n"),
        ("a", "id|title|text\r1|Жиын|бір\r2|Сот|екі\r"),
    ],
)
def test_tables(read_file: Any, name: str, content: str) -> None:
    outcome = read_file(name, content)
    assert outcome.problems == []
    assert [(a.id, a.title, a.body) for a in outcome.articles] == [
        ("a:1", "Жиын", "бір"),
        ("a:2", "Сот", "екі"),
    ]


def test_quoted_lines_and_quotes(read_file: Any) -> None:
    content = HEADER + '1,"Ол: ""Иә"", деді","бір\n\nекі, үш"\n2,б,в\n'
    outcome = read_file("a.csv", content)
    assert outcome.problems == []
    assert outcome.articles[0].title == 'Ол: "Иә", деді'
    assert outcome.bodies == ["бір\n\nекі, үш", "в"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1,бір", "the row has 2 columns, the header 3"),
        ("1,а,бір,екі", "the row has 4 columns, the header 3"),
        ('1,а"б",бір,"екі', "the row is not proper CSV"),
        ("1,а,", "there is no text"),
    ],
)
def test_ragged_row_costs_only_itself(read_file: Any, row: str, message: str) -> None:
    outcome = read_file("a.csv", f"{HEADER}0,а,нөл\n{row}\n2,в,екі\n3,г,үш\n")
    assert outcome.bodies == ["нөл", "екі", "үш"]
    [problem] = outcome.problems
    assert problem.startswith(f"a.csv:3: {message}")


def test_quote_that_is_never_closed_does_not_eat_the_file(read_file: Any) -> None:
    outcome = read_file("a.csv", f'{HEADER}1,"а,бір\n2,б,екі\n3,в,үш\n')
    assert outcome.bodies == ["бір", "екі", "үш"]
    assert outcome.articles[0].title == '"а'


def test_literal_quotes_of_tsv(read_file: Any) -> None:
    outcome = read_file("a.tsv", 'id\ttext\n1\t"Сұңқар" ұшты\n2\t24" экран\n')
    assert outcome.bodies == ['"Сұңқар" ұшты', '24" экран']
    assert outcome.problems == []


@pytest.mark.parametrize("content", ["а,б\n1,2\n", "1,Жиын,бір\n", "id;title\n1;а\n"])
def test_table_without_a_text_column(read_file: Any, content: str) -> None:
    [problem] = read_file("a.csv", content).problems
    first = content[0]
    assert problem.startswith("a.csv: the header line names no column with the text, only: ")
    assert first in problem
    assert "--map body=" in problem


def test_header_alone(read_file: Any) -> None:
    assert read_file("a.csv", HEADER).problems == ["a.csv: there are no articles in the file"]


def test_endless_line(read_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.documents.records.MAX_CHARS", 100)
    outcome = read_file("a.csv", f"{HEADER}1,а,бір\n2,б,{'а' * 1000}\n3,в,үш\n")
    assert outcome.bodies == ["бір", "үш"]
    assert outcome.problems == ["a.csv:3: the line is longer than 100 characters"]
    inside_quotes = read_file("a.csv", f'{HEADER}1,а,"бір\n{"а" * 1000}"\n3,в,үш\n')
    assert inside_quotes.bodies == ['"бір', "үш"]


def test_open_quote_is_given_up_after_many_lines(read_file: Any) -> None:
    rows = "".join(f"{n},б,мәтін {n}\n" for n in range(2, 12_000))
    outcome = read_file("a.csv", f'{HEADER}1,"а,бір\n{rows}')
    assert len(outcome.bodies) == 11_999
    assert outcome.problems == []


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=20)


@given(
    st.lists(st.tuples(CELL, CELL.filter(lambda cell: cell.strip(" ,;\t|")))),
    st.sampled_from(",;\t|"),
)
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("title", "text"), *rows])
    file.seek(0)
    found = [
        record.fields
        for record in read(open_bytes(file.getvalue().encode()))
        if isinstance(record, Record)
    ]
    written = [{"title": title, "text": text} for title, text in rows]
    assert found == [row for row in written if "".join(row.values()).strip(f" {delimiter}")]


@given(st.text(st.sampled_from('",\nаб \t')))
def test_any_text_ends_and_nothing_is_lost(text: str) -> None:
    found = list(read(open_bytes(f"id,text\n{text}".encode())))
    for record in found:
        assert isinstance(record, Record | Problem)
    filled = sum(bool(line.strip(", ")) for line in text.split("\n"))
    assert len(found) <= filled
    assert bool(found) == bool(filled)
