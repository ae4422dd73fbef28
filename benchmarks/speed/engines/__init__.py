"""One engine a module, all behind the ``Engine`` protocol.

``ENGINES`` names them; ``load`` imports one, so an engine that is not installed fails alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol

from benchmarks.speed.corpus import READINGS, Document, Word

__all__ = ["ENGINES", "K1", "WEIGHTS", "B", "Engine", "Entry", "K", "load"]

K = 10
"""Hits asked for."""

K1, B = 1.2, 0.75
"""Of BM25, where an engine lets them be set."""

WEIGHTS = {"stem": 1.0, "exact": 0.2, "five": 1.3, "six": 0.5}
"""What a reading counts for, as in kzsearch's own ranking."""


class Engine(Protocol):
    """What the benchmark asks of an engine. A mode it lacks raises NotImplementedError.

    own_seconds: how long the last search took inside an engine that lives in a process of
        its own and measures itself; None for one that is called directly.
    """

    own_seconds: float | None

    def __init__(self, readings: Sequence[str]) -> None:
        """``readings``: what the fields of a document are, in order; ``("stem",)`` for one."""
        ...

    def version(self) -> str:
        """Name and version."""
        ...

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index all documents in an empty folder, durably."""
        ...

    def open(self, folder: Path) -> None:
        """Open what was built, for searching."""
        ...

    def search_term(self, word: Word) -> list[int]:
        """Numbers of the ten best documents with a word, best first."""
        ...

    def search_or(self, words: Sequence[Word]) -> list[int]:
        """The best with any of the words."""
        ...

    def search_and(self, words: Sequence[Word]) -> list[int]:
        """The best with all of the words."""
        ...

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        """The best with the words side by side."""
        ...

    def close(self) -> None:
        """Let go of files and processes."""
        ...


class Entry(NamedTuple):
    """Where an engine is, and what it is given. kzsearch makes the shorter readings itself.

    finds_by: the readings that are enough for a word to match.
    """

    module: str
    readings: tuple[str, ...] = ("stem",)
    finds_by: tuple[str, ...] = ("stem",)


ENGINES = {
    "fts5": Entry("fts5"),
    "whoosh3": Entry("whoosh3"),
    "tantivy": Entry("tantivy"),
    "tantivy-readings": Entry("tantivy", READINGS, READINGS),
    "bm25s": Entry("bm25s"),
    "xapian": Entry("xapian"),
    "lucene": Entry("lucene"),
    "kzsearch": Entry("kzsearch_engine"),
    "kzsearch-readings": Entry("kzsearch_engine", ("stem", "exact"), ("stem", "exact")),
    "fts5-again": Entry("fts5"),
}
"""In the order of a run; FTS5 comes first and last, which shows how much noise there is."""


def load(name: str) -> Engine:
    """An engine by its name. Raises ImportError, or OSError where a program is missing."""
    entry = ENGINES[name]
    module = import_module(f"benchmarks.speed.engines.{entry.module}")
    engine: Engine = module.Peer(entry.readings)
    return engine
