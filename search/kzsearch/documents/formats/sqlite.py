"""SQLite databases: the rows of the table that holds the articles.

It is the one named with ``--table``, else the one with a column for the text that has most other
fields of an article.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

from kzsearch.documents.fields import field_of, is_body_name
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Found, Record, unusable
from kzsearch.errors import DocumentError

__all__ = ["RANK", "read", "sniff"]

RANK = 10


def sniff(head: bytes) -> bool:
    """Whether it is a SQLite database."""
    return head.startswith(b"SQLite format 3\0")


def read(stream: InputStream) -> Iterator[Found]:
    """The rows of the table of articles."""
    try:
        if stream.path:
            yield from _rows(stream.path, stream)
            return
        with tempfile.NamedTemporaryFile(suffix=".sqlite") as copy:
            while data := stream.read(1 << 20):
                copy.write(data)
            copy.flush()
            yield from _rows(copy.name, stream)
    except sqlite3.Error as error:
        raise DocumentError(f"the database cannot be read: {error}") from error


def _rows(path: str, stream: InputStream) -> Iterator[Found]:
    has_journal = os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal") > 0
    address = f"file:{quote(path)}?mode=ro{'' if has_journal else '&immutable=1'}"
    with closing(sqlite3.connect(address, uri=True)) as database:
        database.text_factory = lambda data: data.decode("utf-8", "replace")
        tables = _tables(database)
        wanted = stream.options.table
        if wanted:
            chosen = [name for name in tables if name.casefold() == wanted.casefold()]
        else:
            chosen = [
                name
                for name, columns in tables.items()
                if any(is_body_name(column, stream.options) for column in columns)
            ]
            fields = {name: len(set(map(field_of, tables[name]))) for name in chosen}
            best = [name for name in chosen if fields[name] == max(fields.values())]
            if len(best) == 1 < len(chosen):
                others = ", ".join(name for name in chosen if name not in best)
                message = f"of its tables {best[0]} is read; with --table also: {others}"
                yield Problem("", None, message, "table")
                chosen = best
        if len(chosen) != 1:
            yield unusable(_which(tables, chosen, wanted))
            return
        table = chosen[0].replace('"', '""')
        names = tables[chosen[0]]
        for number, row in enumerate(database.execute(f'SELECT * FROM "{table}"'), start=1):
            yield Record(number, dict(zip(names, row, strict=False)))


def _tables(database: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables and views, with their columns; those of search indexes inside are left out."""
    found = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
    ).fetchall()
    virtual = [name for name, sql in found if "virtual table" in (sql or "").lower()]
    tables = {}
    for name, _sql in found:
        if name.startswith("sqlite_") or any(name.startswith(f"{other}_") for other in virtual):
            continue
        if name in virtual:
            continue
        quoted = name.replace('"', '""')
        tables[name] = [row[1] for row in database.execute(f'PRAGMA table_info("{quoted}")')]
    return tables


def _which(tables: dict[str, list[str]], chosen: list[str], wanted: str) -> str:
    all_names = ", ".join(list(tables)[:20]) or "none"
    if wanted:
        return f"there is no table {wanted!r} in the database; its tables: {all_names}"
    if chosen:
        return (
            f"several tables hold texts ({', '.join(chosen)}): say which with --table {chosen[0]}"
        )
    shown = list(tables.items())[:5]
    columns = ", ".join(f"{name} ({', '.join(names[:8])})" for name, names in shown)
    return (
        "no table of the database has a column known to hold the text; if one does, say which: "
        f"--table NAME --map body=COLUMN. Its tables: {columns or 'none'}"
    )
