"""The seam inside the embedded engine: what a segment is asked to store and gives back.

The writer and the searcher know a segment only through these types; arrays cross the seam, so
nothing in Python is done for each posting. Articles are numbered from 0 within a segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.schema import KeywordField, TermKind

if TYPE_CHECKING:
    from kzsearch.engine.document import AnalysedArticle, Tokens

__all__ = [
    "BODY_GAP",
    "Columns",
    "Counts",
    "Dictionary",
    "KeywordColumn",
    "MergeSource",
    "Positions",
    "Postings",
    "SegmentCodec",
    "SegmentReader",
    "SegmentWriter",
]

Counts = NDArray[Any]
"""Small unsigned numbers: uint8 where they fit, else uint16 or uint32."""

BODY_GAP = 256
"""Positions of a body begin so far behind those of its title: no phrase reaches across."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The articles that hold a term, in title or body.

    docs: their numbers, rising; uint32 as a segment gives them.
    title, body: how often each holds it in its title and in its body.
    lead: how often among the first ``LEAD_WORDS`` of the body, page furniture left out; only of
        stems, else None.
    aside: how often of ``body`` in page furniture (``documents/furniture.py``); None of lists
        that have no such.
    titled: places of the postings whose title holds the term, where these are known.
    key: names all postings of a term in a snapshot, None of others.
    """

    docs: NDArray[Any]
    title: Counts
    body: Counts
    lead: Counts | None = None
    aside: Counts | None = None
    titled: NDArray[np.intp] | None = None
    key: tuple[str, str] | None = None

    def __len__(self) -> int:
        return len(self.docs)


@dataclass(frozen=True, slots=True)
class Positions:
    """Where a stem stands in the articles of its postings.

    ends: for each posting where its positions end in ``values``, uint32; those of a posting
        begin where those of the one before end.
    values: word positions, those of each posting rising: of a title as they are, of a body
        ``BODY_GAP`` and the length of the title added.
    """

    ends: NDArray[np.uint32]
    values: NDArray[Any]


@dataclass(frozen=True, slots=True)
class KeywordColumn:
    """A value for each article, as a number in a list of the distinct values.

    values: as written, in code point order; ``values[0]`` is always ''.
    ordinals: unsigned, of the smallest type that holds them.
    """

    values: Sequence[str]
    ordinals: Counts


@dataclass(frozen=True, slots=True)
class Columns:
    """Values of a segment's articles, each an array in article order.

    time: int64, see ``AnalysedArticle``. day: int32.
    title_length, body_length: in word positions, of the smallest type that holds them.
    """

    time: NDArray[np.int64]
    day: NDArray[np.int32]
    title_length: Counts
    body_length: Counts


class Dictionary(Protocol):
    """The terms of one kind in a segment, numbered in code point order."""

    def __len__(self) -> int: ...

    def terms(self) -> list[str]:
        """All terms by number."""
        ...

    def term(self, number: int) -> str:
        """A term by its number."""
        ...

    def number(self, term: str) -> int:
        """The number of a term, -1 if the segment does not hold it."""
        ...

    def span(self, prefix: str) -> tuple[int, int]:
        """First number, and the one behind the last, of the terms that begin with a prefix."""
        ...

    @cached_property
    def doc_freqs(self) -> NDArray[np.uint32]:
        """For each term how many articles hold it, deleted ones included."""
        ...


class SegmentReader(Protocol):
    """A segment opened for reading; safe from many threads.

    Every method raises IndexDamagedError when the files do not hold what was written.
    """

    @property
    def articles(self) -> int:
        """How many articles there are, deleted ones included."""
        ...

    @property
    def columns(self) -> Columns:
        """Numbers by article."""
        ...

    def offsets(self) -> NDArray[np.uint64]:
        """For each article where its frame begins in the article log; made anew each time."""
        ...

    def offset(self, number: int) -> int:
        """The same of one article."""
        ...

    def ids(self) -> Sequence[str]:
        """Article ids by number."""
        ...

    def digest(self, number: int) -> str:
        """Digest of an article."""
        ...

    def keyword(self, field: KeywordField) -> KeywordColumn:
        """Values of a keyword field by article."""
        ...

    def find(self, article_id: str) -> Sequence[int]:
        """Numbers of the articles with an id, rising; all but one of them are deleted."""
        ...

    def dictionary(self, kind: TermKind) -> Dictionary:
        """The terms of a kind."""
        ...

    def postings(self, kind: TermKind, number: int) -> Postings:
        """Postings of a term by its number in the dictionary."""
        ...

    def positions(self, number: int) -> Positions:
        """Positions of a stem by its number in the dictionary."""
        ...

    def tokens(self, article: int) -> tuple[Tokens, Tokens]:
        """The forward index: tokens of title and body; their words are ``word_surfaces``'."""
        ...

    def tokens_of(self, articles: Sequence[int]) -> tuple[Tokens, NDArray[np.int64]]:
        """Tokens of several articles at once: all titles and bodies, one behind another.

        Returns them with how many each has: the first title, its body, the next title …
        """
        ...

    @property
    def word_surfaces(self) -> NDArray[np.uint32]:
        """For each word of the segment the number of its surface among the exact terms."""
        ...

    @property
    def word_stems(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """For each word where its stems end, and the numbers of the stems, likeliest first."""
        ...

    def section(self, name: str) -> NDArray[Any]:
        """A section that the writer was given beside the articles."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class SegmentWriter(Protocol):
    """A segment being written."""

    def add(self, article: AnalysedArticle, offset: int) -> int:
        """Take in an article; returns its number."""
        ...

    def add_section(self, name: str, values: NDArray[Any]) -> None:
        """Keep a flat array of numbers of up to 8 bytes, too."""
        ...

    def finish(self) -> None:
        """Write the files of the segment (not yet synced)."""
        ...


@dataclass(frozen=True, slots=True)
class MergeSource:
    """A segment to be merged: its reader and the rising numbers of the articles to keep."""

    reader: SegmentReader
    keep: NDArray[np.uint32]


class SegmentCodec(Protocol):
    """How segments are written, merged and read. ``name`` is kept in the manifest."""

    name: str

    def writer(self, directory: Path) -> SegmentWriter:
        """Begin a segment in an existing, empty directory."""
        ...

    def reader(self, directory: Path, articles: int, expected: str | None = None) -> SegmentReader:
        """Open a segment. Raises IndexDamagedError.

        expected: its ``digest``; None takes any.
        """
        ...

    def merge(
        self,
        directory: Path,
        sources: Sequence[MergeSource],
        offsets: NDArray[np.uint64],
        extra: Mapping[str, Iterable[NDArray[Any]]],
    ) -> None:
        """Write one segment out of the kept articles of others.

        offsets: the new log offset of every kept article, in order.
        extra: sections beside the articles, each in pieces of one type, one piece at least.
        Raises IndexDamagedError when a source is not what was written.
        """
        ...

    def digest(self, directory: Path) -> str:
        """Digest that vouches for a finished segment's index file, kept in the manifest."""
        ...
