"""The seam inside the engine room: what a segment is asked to store and give back.

The writer and the searcher know a segment only through these types, so the
codec (Whoosh's today, a columnar one tomorrow) and the searcher can each be
replaced without the other noticing. Article numbers count from 0 within a
segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import IntFlag, StrEnum
from pathlib import Path
from typing import Protocol

from kzsearch.engine.local.duplicates.fingerprint import Fingerprint

__all__ = [
    "EXACT_FIELDS",
    "KEYWORD_FIELDS",
    "LEAD_WORDS",
    "LONG_START_FIELDS",
    "LONG_START_LETTERS",
    "START_FIELDS",
    "START_LETTERS",
    "STEM_FIELDS",
    "Codec",
    "Columns",
    "Edge",
    "Field",
    "IndexedArticle",
    "MergeSource",
    "SegmentReader",
    "SegmentWriter",
    "TitleWord",
]

START_LETTERS = 5
"""Cutting Kazakh words to five letters is the strongest crude stemmer (docs/engine.md)."""

LONG_START_LETTERS = 6
"""Beside the five: fewer words are thrown together that have nothing in common."""


LEAD_WORDS = 25
"""A news article says in so many words what it is about; see docs/relevance.md."""


class Field(StrEnum):
    """An indexed field. Text fields come in four readings of the same words."""

    TITLE = "title"  # stems
    BODY = "body"
    TITLE_EXACT = "title_exact"  # surface forms
    BODY_EXACT = "body_exact"
    TITLE_START = "title_start"  # first five letters of the surface forms
    BODY_START = "body_start"
    TITLE_LONG_START = "title_long_start"  # first six letters, of words that have so many
    BODY_LONG_START = "body_long_start"
    LEAD = "lead"  # stems of the first words of the body
    ID = "id"  # whole values, letter case folded
    SOURCE = "source"
    CATEGORY = "category"
    LANGUAGE = "language"
    URL = "url"


STEM_FIELDS = (Field.TITLE, Field.BODY)
EXACT_FIELDS = (Field.TITLE_EXACT, Field.BODY_EXACT)
START_FIELDS = (Field.TITLE_START, Field.BODY_START)
LONG_START_FIELDS = (Field.TITLE_LONG_START, Field.BODY_LONG_START)
KEYWORD_FIELDS = (Field.ID, Field.SOURCE, Field.CATEGORY, Field.LANGUAGE, Field.URL)


class Edge(IntFlag):
    """Which end of a phrase a word may stand at."""

    BEGIN = 1
    END = 2


@dataclass(frozen=True, slots=True)
class TitleWord:
    """A word of a title, for completions.

    written, surface: as written, and in small letters; of the same length.
    stem: what forms of a word have in common.
    edges: whether a phrase may begin and end with the word.
    follows: nothing but blanks parts it from the word before.
    """

    written: str
    surface: str
    stem: str
    edges: Edge
    follows: bool


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An analysed article, ready for a codec.

    id, source, category: as given, for facets and ties.
    digest: of all that is stored; tells an unchanged article from a new version.
    time: microseconds since 1970 UTC, ``NO_TIME`` when undated.
    day: local day as a proleptic ordinal, 0 when undated.
    title_length, body_length: in word positions.
    terms: field → term → rising word positions.
    title_words: the title's words in order; the codec need not keep them.
    fingerprint: of the text, to find its copies; the codec need not keep it.
    """

    id: str
    source: str
    category: str
    digest: str
    time: int
    day: int
    title_length: int
    body_length: int
    terms: Mapping[Field, Mapping[str, Sequence[int]]]
    title_words: Sequence[TitleWord] = ()
    fingerprint: Fingerprint | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Per-article values of a segment, each sequence in article order.

    offset: where the article's frame begins in the segment's article log.
    """

    id: Sequence[str]
    source: Sequence[str]
    category: Sequence[str]
    digest: Sequence[str]
    time: Sequence[int]
    day: Sequence[int]
    title_length: Sequence[int]
    body_length: Sequence[int]
    offset: Sequence[int]


class SegmentReader(Protocol):
    """A segment opened for reading; safe from many threads.

    Every method raises IndexDamagedError when the files do not hold what was written.
    """

    @property
    def columns(self) -> Columns:
        """Per-article values."""
        ...

    def count(self, field: Field, term: str) -> int:
        """In how many articles a term is, deleted ones included; reads no postings."""
        ...

    def frequencies(self, field: Field, term: str) -> tuple[Sequence[int], Sequence[float]]:
        """Articles that hold a term, rising, and how often each does; empty when none."""
        ...

    def positions(
        self, field: Field, term: str, among: Set[int]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Those of some articles that hold a term, each with the term's rising word positions.

        Only the stem and exact fields keep positions.
        """
        ...

    def terms(self, field: Field, prefix: str = "") -> list[tuple[str, int]]:
        """Terms of a field that begin with ``prefix``, in code point order, and in how many
        articles each is, deleted ones included.
        """
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class SegmentWriter(Protocol):
    """A segment being written."""

    def add(self, article: IndexedArticle, offset: int) -> int:
        """Take in an article; returns its number."""
        ...

    def finish(self) -> None:
        """Write the files of the segment (not yet synced)."""
        ...


@dataclass(frozen=True, slots=True)
class MergeSource:
    """A segment to be merged: its directory, its article count, the rising numbers to keep."""

    directory: Path
    articles: int
    keep: Sequence[int]


class Codec(Protocol):
    """How segments are written, merged and read. ``name`` is kept in the manifest."""

    name: str

    def writer(self, directory: Path) -> SegmentWriter:
        """Begin a segment in an existing, empty directory."""
        ...

    def reader(self, directory: Path, articles: int) -> SegmentReader:
        """Open a segment. Raises IndexDamagedError."""
        ...

    def merge(
        self, directory: Path, sources: Sequence[MergeSource], offsets: Sequence[int]
    ) -> None:
        """Write one segment out of the kept articles of others.

        offsets: the new log offset of every kept article, in order.
        """
        ...
