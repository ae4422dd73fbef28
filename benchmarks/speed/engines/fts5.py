"""SQLite's FTS5, its text kept out of the index (``content=''``), optimised after building."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.speed.corpus import Document, Word
from benchmarks.speed.engines import K

__all__ = ["Peer"]

TABLE = """create virtual table a
    using fts5(body, content='', tokenize='unicode61 remove_diacritics 0')"""
SEARCH = "select rowid from a where a match ? order by rank limit ?"


class Peer:
    """See ``Engine``."""

    own_seconds = None

    def __init__(self, readings: Sequence[str]) -> None: ...

    def version(self) -> str:
        return f"SQLite FTS5 {sqlite3.sqlite_version}"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        base = sqlite3.connect(folder / "fts.db")
        base.execute(TABLE)
        rows = ((document.number, document.fields[0]) for document in documents)
        base.executemany("insert into a(rowid, body) values (?, ?)", rows)
        base.execute("insert into a(a) values ('optimize')")
        base.commit()
        base.close()

    def open(self, folder: Path) -> None:
        self.base = sqlite3.connect(folder / "fts.db")

    def _search(self, match: str) -> list[int]:
        return [row[0] for row in self.base.execute(SEARCH, (match, K))]

    def search_term(self, word: Word) -> list[int]:
        return self._search(f'"{word.stem}"')

    def search_or(self, words: Sequence[Word]) -> list[int]:
        return self._search(" OR ".join(f'"{word.stem}"' for word in words))

    def search_and(self, words: Sequence[Word]) -> list[int]:
        return self._search(" AND ".join(f'"{word.stem}"' for word in words))

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        return self._search('"' + " ".join(word.stem for word in words) + '"')

    def close(self) -> None:
        self.base.close()
