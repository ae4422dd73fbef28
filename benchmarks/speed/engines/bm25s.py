"""bm25s: a sparse matrix of scores computed ahead; no AND, no phrase, no update."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import bm25s

from benchmarks.speed.corpus import Document, Word
from benchmarks.speed.engines import K1, B, K

__all__ = ["Peer"]


class Peer:
    """See ``Engine``."""

    own_seconds = None

    def __init__(self, readings: Sequence[str]) -> None: ...

    def version(self) -> str:
        return f"bm25s {version('bm25s')}"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        model = bm25s.BM25(k1=K1, b=B)
        model.index([document.fields[0].split() for document in documents], show_progress=False)
        model.save(str(folder))

    def open(self, folder: Path) -> None:
        self.model = bm25s.BM25.load(str(folder), mmap=True, show_progress=False)

    def _search(self, words: Sequence[Word]) -> list[int]:
        tokens = [[word.stem for word in words]]
        found, scores = self.model.retrieve(tokens, k=K, show_progress=False)
        return [int(n) for n, score in zip(found[0], scores[0], strict=True) if score > 0]

    def search_term(self, word: Word) -> list[int]:
        return self._search([word])

    def search_or(self, words: Sequence[Word]) -> list[int]:
        return self._search(words)

    def search_and(self, words: Sequence[Word]) -> list[int]:
        raise NotImplementedError

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        raise NotImplementedError

    def close(self) -> None:
        del self.model
