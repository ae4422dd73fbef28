"""SQLite, Parquet and Arrow: rows of named columns, and what is said of tables without texts."""

from __future__ import annotations

import io
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from kzsearch.documents import ReadOptions, read_articles

pyarrow = pytest.importorskip("pyarrow", reason="needs kzsearch[parquet]")
parquet = pytest.importorskip("pyarrow.parquet", reason="needs kzsearch[parquet]")

TEXT = "Қалада жаңа көпір ашылды."
ROWS = [
    {"id": 1, "title": "Көпір", "text": TEXT, "date": "2025-09-29", "views": 3},
    {"id": 2, "title": "Жол", "text": "Ауылда жол жөнделді.", "date": None, "views": 4},
]


def database(path: Path, *statements: str, table: str = "news") -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE {table} (id INTEGER, title TEXT, text TEXT, date TEXT)")
        for row in ROWS:
            values = (row["id"], row["title"], row["text"], row["date"])
            connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", values)
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


def test_sqlite(read: Any, tmp_path: Path) -> None:
    outcome = read(database(tmp_path / "news.db", "CREATE TABLE users (name TEXT, mail TEXT)"))
    assert outcome.problems == []
    assert [(a.id, a.title, a.body) for a in outcome.articles] == [
        (f"news:{row['id']}", row["title"], row["text"]) for row in ROWS
    ]
    assert outcome.articles[0].day.isoformat() == "2025-09-29"


def test_sqlite_from_standard_input(
    read: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = database(tmp_path / "news.db").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert len(read("-").articles) == 2


def test_table_is_named(tmp_path: Path) -> None:
    second = "CREATE TABLE archive (id INTEGER, title TEXT, text TEXT, date TEXT)"
    path = database(tmp_path / "a.db", second)
    problems: list[Any] = []
    assert list(read_articles(path, on_problem=problems.append)) == []
    assert "several tables hold texts (archive, news): say which with --table" in str(problems[0])
    options = ReadOptions(table="News")
    assert len(list(read_articles(path, on_problem=pytest.fail, options=options))) == 2
    problems.clear()
    options = ReadOptions(table="none")
    assert list(read_articles(path, on_problem=problems.append, options=options)) == []
    assert "there is no table 'none' in the database; its tables: archive" in str(problems[0])


def test_table_that_has_most_fields(read: Any, tmp_path: Path) -> None:
    outcome = read(database(tmp_path / "a.db", "CREATE TABLE comments (id INTEGER, text TEXT)"))
    assert len(outcome.articles) == 2
    assert outcome.problems == ["a.db: of its tables news is read; with --table also: comments"]


def test_rows_of_a_journal_are_not_lost(read: Any, tmp_path: Path) -> None:
    path = database(tmp_path / "a.db")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("INSERT INTO news VALUES (3, 'Өзен', 'Өзен тасыды.', NULL)")
    connection.commit()
    assert len(read(path).articles) == 3
    connection.close()


def test_database_without_a_text(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a TEXT, b TEXT)")
    connection.close()
    [problem] = read(path).problems
    assert "no table of the database has a column known to hold the text" in problem
    assert "t (a, b)" in problem


def test_full_text_tables_inside_are_left_out(read: Any, tmp_path: Path) -> None:
    path = database(
        tmp_path / "a.db", "CREATE VIRTUAL TABLE found USING fts5(title, text, content='news')"
    )
    assert len(read(path).articles) == 2


def test_damaged_database(read_file: Any) -> None:
    outcome = read_file("a.db", b"SQLite format 3\0" + b"\1" * 4000)
    assert outcome.articles == []
    assert "the database cannot be read" in outcome.problems[0]


def table_bytes(kind: str, rows: list[dict[str, Any]]) -> bytes:
    table = pyarrow.Table.from_pylist(rows)
    sink = io.BytesIO()
    if kind == "parquet":
        parquet.write_table(table, sink, row_group_size=1)
    elif kind == "arrow file":
        with pyarrow.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    else:
        with pyarrow.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
    return sink.getvalue()


KINDS = ["parquet", "arrow file", "arrow stream"]


@pytest.mark.parametrize("kind", KINDS)
def test_columns(read_file: Any, kind: str) -> None:
    outcome = read_file("train-00000-of-00001", table_bytes(kind, ROWS))
    assert outcome.problems == []
    assert [(a.id, a.title, a.body) for a in outcome.articles] == [
        (f"train-00000-of-00001:{row['id']}", row["title"], row["text"]) for row in ROWS
    ]


def test_nested_columns(read_file: Any) -> None:
    rows = [
        {"article": {"title": "К", "text": TEXT}, "metadata": {"url": "https://ulgi.example/1"}}
    ]
    [article] = read_file("a.parquet", table_bytes("parquet", rows)).articles
    assert (article.title, article.body, article.url) == ("К", TEXT, "https://ulgi.example/1")


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_text(read_file: Any, kind: str) -> None:
    [problem] = read_file("a", table_bytes(kind, [{"a": "x", "b": 1}])).problems
    assert "no column is known to hold the text, only: a, b" in problem
    assert "--map body=a" in problem


def test_stated_column(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(table_bytes("parquet", [{"prose": TEXT, "x": 1}]))
    options = ReadOptions(names={"body": "prose"})
    [article] = read_articles(tmp_path, on_problem=pytest.fail, options=options)
    assert article.body == TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_damaged(read_file: Any, kind: str) -> None:
    content = table_bytes(kind, ROWS)
    outcome = read_file("a", content[: len(content) // 2])
    assert outcome.articles == []
    assert "damaged" in outcome.problems[0]


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_extra(read_file: Any, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [problem] = read_file("a", table_bytes(kind, ROWS)).problems
    assert problem.endswith("which needs: pip install 'kzsearch[parquet]'")
