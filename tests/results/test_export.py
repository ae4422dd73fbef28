"""Files of hits: CSV for Excel, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.errors import QueryError
from kzsearch.results import Fragment, Hit
from kzsearch.results import export as exporting
from kzsearch.results.export import (
    DEFAULT_FIELDS,
    EXPORT_FIELDS,
    ExportFormat,
    batches,
    check_export,
    encode_export,
    export_fields,
)

ALMATY = dt.timezone(dt.timedelta(hours=5))


def a_hit(number: int = 1, title: str = "Мектеп ашылды", body: str = "Мәтін.") -> Hit:
    article = Article(
        id=f"a{number}",
        title=title,
        body=body,
        date=dt.datetime(2025, 9, 29, 1, 30, tzinfo=ALMATY),
        source="BAQ.KZ",
        url="https://baq.kz/1",
    )
    fragments = (Fragment("Біздің мектеп", ((7, 13),), after=True), Fragment("Екінші"))
    return Hit(article, 7.25, Fragment(title), fragments, "", copy_count=2)


def written(form: ExportFormat, fields: tuple[str, ...], *hits: Hit) -> bytes:
    return b"".join(encode_export(hits, form, fields))


def table_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_is_what_excel_reads() -> None:
    data = written(ExportFormat.CSV, ("id", "title", "score", "fallback"), a_hit())
    assert data == "\ufeffid,title,score,fallback\r\na1,Мектеп ашылды,7.25,0\r\n".encode()


@pytest.mark.parametrize(
    "title", ["=1+1", "+7 701", "-5 градус", "@kz", "\t=1", " =1", "＝1", "\n=1"]
)
def test_no_cell_is_a_formula(title: str) -> None:
    rows = table_of(written(ExportFormat.CSV, ("title",), a_hit(title=title)))
    assert rows == [["title"], ["'" + title]]


def test_dashes_and_quotation_marks_of_kazakh_stay() -> None:
    title = '– «Иә», – деді ол: "a, b"'
    assert table_of(written(ExportFormat.CSV, ("title",), a_hit(title=title)))[1] == [title]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_every_text_comes_back_from_csv(titles: list[str]) -> None:
    hits = [a_hit(number, title) for number, title in enumerate(titles)]
    rows = table_of(written(ExportFormat.CSV, ("id", "title"), *hits))
    assert [row[0] for row in rows[1:]] == [hit.article.id for hit in hits]
    for row, hit in zip(rows[1:], hits, strict=True):
        assert row[1] in {hit.article.title, "'" + hit.article.title}


def test_json_lines_have_values_as_they_are() -> None:
    fields = export_fields(list(EXPORT_FIELDS))
    (line,) = written(ExportFormat.JSONL, fields, a_hit(body="Бір\nекі")).decode().splitlines()
    assert json.loads(line) == {
        "id": "a1",
        "title": "Мектеп ашылды",
        "date": "2025-09-29T01:30:00+05:00",
        "day": "2025-09-29",
        "source": "BAQ.KZ",
        "category": "",
        "author": "",
        "language": "",
        "url": "https://baq.kz/1",
        "score": 7.25,
        "fallback": False,
        "copy_count": 2,
        "snippet": "Біздің мектеп… … Екінші",
        "body": "Бір\nекі",
    }
    assert "Мектеп" in line


def test_parquet_has_types() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    undated = Hit(Article(id="b", title="Күнсіз"), 0.5, Fragment(""), (), "")
    data = written(ExportFormat.PARQUET, export_fields([]), a_hit(), undated)
    rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    assert [row["title"] for row in rows] == ["Мектеп ашылды", "Күнсіз"]
    assert [row["date"] for row in rows] == ["2025-09-29T01:30:00+05:00", None]
    assert [row["score"] for row in rows] == [7.25, 0.5]
    assert tuple(rows[0]) == DEFAULT_FIELDS


@pytest.mark.parametrize("form", ExportFormat)
def test_no_hits_are_a_file_too(form: ExportFormat) -> None:
    data = written(form, ("id",))
    match form:
        case ExportFormat.CSV:
            assert data == b"\xef\xbb\xbfid\r\n"
        case ExportFormat.JSONL:
            assert data == b""
        case ExportFormat.PARQUET:
            table = pytest.importorskip("pyarrow.parquet").read_table(io.BytesIO(data))
            assert (table.num_rows, table.column_names) == (0, ["id"])


@pytest.mark.parametrize("form", ExportFormat)
def test_hits_are_read_only_as_they_are_written(form: ExportFormat) -> None:
    read = 0

    def hits() -> Iterator[Hit]:
        nonlocal read
        for number in range(2_500):
            read += 1
            yield a_hit(number)

    pieces = encode_export(hits(), form, ("id", "title"))
    seen = [read for _ in pieces]
    assert max(after - before for before, after in zip([0, *seen], seen, strict=False)) <= 1_000
    assert read == 2_500


def test_batches_are_all_hits_in_order() -> None:
    for count in (0, 1, 999, 1_000, 1_001):
        hits = [a_hit(number) for number in range(count)]
        assert [hit for batch in batches(hits) for hit in batch] == hits


def test_fields_are_chosen_by_name() -> None:
    assert export_fields([" body", "id", "id", ""]) == ("body", "id")
    assert export_fields([]) == DEFAULT_FIELDS
    with pytest.raises(QueryError, match=r"no field 'text'; there are id, title"):
        export_fields(["text"])


def test_parquet_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "find_spec", lambda name: None)
    with pytest.raises(QueryError, match=r"pip install 'kzsearch\[parquet\]'"):
        check_export(ExportFormat.PARQUET)
    check_export(ExportFormat.CSV)
    monkeypatch.setattr(exporting, "find_spec", find_spec)
    check_export(ExportFormat.JSONL)


def test_the_manual_lists_every_field(root: Path) -> None:
    manual = (root / "docs" / "web.md").read_text(encoding="utf-8")
    for name, meaning in EXPORT_FIELDS.items():
        assert f"| `{name}` | {meaning} |" in manual
