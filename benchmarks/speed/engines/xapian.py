"""Xapian, as Debian's python3-xapian or the wheel xapian-bindings-binary brings it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import xapian

from benchmarks.speed.corpus import Document, Word
from benchmarks.speed.engines import K1, B, K

__all__ = ["Peer"]

FLUSH_EVERY = "20000"
"""Documents between writes: with Xapian's default of 10,000 indexing is slower."""


class Peer:
    """See ``Engine``. Document numbers of Xapian begin with 1."""

    own_seconds = None

    def __init__(self, readings: Sequence[str]) -> None: ...

    def version(self) -> str:
        return f"Xapian {xapian.version_string()}"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        os.environ["XAPIAN_FLUSH_THRESHOLD"] = FLUSH_EVERY
        flags = xapian.DB_CREATE | xapian.DB_BACKEND_GLASS
        base = xapian.WritableDatabase(str(folder / "xapian"), flags)
        generator = xapian.TermGenerator()  # splits in C++; each word by itself is slower
        for _, fields in documents:
            document = xapian.Document()
            generator.set_document(document)
            generator.set_termpos(0)
            generator.index_text(fields[0])
            base.add_document(document)
        base.commit()
        base.close()

    def open(self, folder: Path) -> None:
        self.base = xapian.Database(str(folder / "xapian"))
        self.enquire = xapian.Enquire(self.base)
        self.enquire.set_weighting_scheme(xapian.BM25Weight(K1, 0, 1, B, 0.5))

    def _search(self, operator: int, words: Sequence[Word]) -> list[int]:
        self.enquire.set_query(xapian.Query(operator, [word.stem for word in words]))
        return [match.docid - 1 for match in self.enquire.get_mset(0, K)]

    def search_term(self, word: Word) -> list[int]:
        return self._search(xapian.Query.OP_OR, [word])

    def search_or(self, words: Sequence[Word]) -> list[int]:
        return self._search(xapian.Query.OP_OR, words)

    def search_and(self, words: Sequence[Word]) -> list[int]:
        return self._search(xapian.Query.OP_AND, words)

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        return self._search(xapian.Query.OP_PHRASE, words)

    def close(self) -> None:
        self.base.close()
