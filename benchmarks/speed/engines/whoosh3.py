"""whoosh3 as it comes: one field, its own codec, scorer and collector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, scoring
from whoosh.analysis import SpaceSeparatedTokenizer

from benchmarks.speed.corpus import Document, Word
from benchmarks.speed.engines import K1, B, K

__all__ = ["Peer"]


class Peer:
    """See ``Engine``."""

    own_seconds = None

    def __init__(self, readings: Sequence[str]) -> None: ...

    def version(self) -> str:
        return f"whoosh3 {version('whoosh3')}"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        body = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
        schema = fields.Schema(id=fields.STORED, body=body)
        writer = index.create_in(str(folder), schema).writer(limitmb=512)
        for document in documents:
            writer.add_document(id=document.number, body=document.fields[0])
        writer.commit()

    def open(self, folder: Path) -> None:
        weighting = scoring.BM25F(B=B, K1=K1)
        self.searcher: Any = index.open_dir(str(folder)).searcher(weighting=weighting)

    def _search(self, tree: query.Query) -> list[int]:
        return [hit["id"] for hit in self.searcher.search(tree, limit=K)]

    def search_term(self, word: Word) -> list[int]:
        return self._search(query.Term("body", word.stem))

    def search_or(self, words: Sequence[Word]) -> list[int]:
        return self._search(query.Or([query.Term("body", word.stem) for word in words]))

    def search_and(self, words: Sequence[Word]) -> list[int]:
        return self._search(query.And([query.Term("body", word.stem) for word in words]))

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        return self._search(query.Phrase("body", [word.stem for word in words]))

    def close(self) -> None:
        self.searcher.close()
