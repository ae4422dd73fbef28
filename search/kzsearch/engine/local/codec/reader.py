"""Reading a Whoosh segment."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from whoosh.codec.whoosh3 import W3Segment
from whoosh.reading import SegmentReader, TermNotFound

from kzsearch.engine.local.codec.safe import BlockReader, SafeCodec, SafeStorage, decode_positions
from kzsearch.engine.local.codec.schema import COLUMNS, make_schema
from kzsearch.engine.local.segment_api import Columns, Field
from kzsearch.errors import IndexDamagedError

__all__ = ["SEGMENT_ID", "WhooshSegmentReader", "decode_text", "encode_text", "open_parts"]

INDEX_NAME, SEGMENT_ID = "kz", "1"
"""Every segment has a directory of its own, so its files may always bear the same name."""

MOST = 2**63 - 1
LAST_DAY = dt.date.max.toordinal()
Value = TypeVar("Value")


def encode_text(text: str) -> bytes:
    """A term or value as bytes; a lone surrogate (broken input) must not stop indexing."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(data: bytes) -> str:
    """The term or value again."""
    return data.decode("utf-8", "surrogatepass")


def open_parts(directory: Path, articles: int) -> tuple[SafeCodec, SafeStorage, W3Segment]:
    """What Whoosh's readers and writers of a segment are made from."""
    codec = SafeCodec()
    return codec, SafeStorage(str(directory)), W3Segment(codec, INDEX_NAME, articles, SEGMENT_ID)


class WhooshSegmentReader:
    """An open segment.

    Whoosh's files have one read position each, so every use of them holds a lock.
    """

    def __init__(self, directory: Path, articles: int) -> None:
        self._directory = directory
        self._articles = articles
        self._lock = threading.Lock()
        codec, storage, segment = open_parts(directory, articles)
        with self._using_files(), contextlib.ExitStack() as on_failure:
            on_failure.callback(storage.close)
            self._reader = SegmentReader(storage, make_schema(), segment)
            on_failure.pop_all()
            self._terms = self._reader._terms  # the reader has no counts of its own
        self._codec, self._storage, self._segment = codec, storage, segment

    @cached_property
    def columns(self) -> Columns:
        """Per-article values, read once."""
        return Columns(
            id=self._texts("id"),
            source=self._texts("source"),
            category=self._texts("category"),
            digest=self._texts("digest"),
            time=self._column("time", int),
            day=self._numbers("day", LAST_DAY),
            title_length=self._numbers("title_length"),
            body_length=self._numbers("body_length"),
            offset=self._numbers("offset"),
        )

    def _texts(self, name: str) -> list[str]:
        return self._column(name, decode_text)

    def _numbers(self, name: str, most: int = MOST) -> list[int]:
        def checked(value: int) -> int:
            if 0 <= value <= most:
                return value
            raise ValueError(f"{value} in column {name}")

        return self._column(name, checked)

    def _column(self, name: str, read: Callable[[Any], Value]) -> list[Value]:
        if not self._articles:  # a segment of deletions only: the codec writes no columns
            return []
        path = self._directory / self._codec.column_filename(self._segment, name)
        with self._using_files(), self._storage.open_file(path.name) as file:
            column = COLUMNS[name].reader(file, 0, path.stat().st_size, self._articles)
            values = [read(value) for value in column]
            if len(values) != self._articles:
                raise ValueError(f"column {name} has {len(values)} values")
            return values

    def count(self, field: Field, term: str) -> int:
        """In how many articles a term is, deleted ones included."""
        with self._using_files():
            try:
                info = self._terms.term_info(field, encode_text(term))
            except TermNotFound:
                return 0
            return int(info.doc_frequency())

    def frequencies(self, field: Field, term: str) -> tuple[Sequence[int], Sequence[float]]:
        """Articles that hold a term, rising, and how often each does."""
        numbers = array("I")
        frequencies = array("f")
        with self._using_files():
            for block in self._blocks(field, term):
                numbers.extend(block.numbers)
                frequencies.extend(block.frequencies)
        return numbers, frequencies

    def positions(
        self, field: Field, term: str, among: Set[int]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Those of some articles that hold a term, each with the term's word positions."""
        encoded: list[tuple[int, bytes]] = []
        with self._using_files():
            for block in self._blocks(field, term):
                if not among.isdisjoint(block.numbers):
                    encoded += zip(block.numbers, block.positions, strict=True)
        return ((number, decode_positions(data)) for number, data in encoded if number in among)

    def postings(self, field: Field, term: str) -> Iterator[tuple[int, float, bytes]]:
        """Number, frequency and encoded positions (b'' without) of each article, for merging."""
        with self._using_files():
            for block in self._blocks(field, term):
                yield from zip_longest(
                    block.numbers, block.frequencies, block.positions, fillvalue=b""
                )

    def _blocks(self, field: Field, term: str) -> Iterator[BlockReader]:
        try:
            postings: BlockReader = self._reader.postings(field, encode_text(term))
        except TermNotFound:
            return iter(())
        return map(self._checked, postings.blocks())

    def _checked(self, block: BlockReader) -> BlockReader:
        if not 0 <= min(block.numbers) <= max(block.numbers) < self._articles:
            raise ValueError("postings of articles that are not there")
        return block

    def terms(self, field: Field, prefix: str = "") -> list[tuple[str, int]]:
        """Terms that begin with ``prefix``, and in how many articles each is."""
        with self._using_files():
            found = self._terms.counted_from(field, encode_text(prefix))
            return [(decode_text(term), count) for term, count in found]

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._reader.close()

    @contextlib.contextmanager
    def _using_files(self) -> Iterator[None]:
        """Hold the lock; damaged bytes can make the stock codec raise anything at all."""
        with self._lock:
            try:
                yield
            except Exception as error:
                raise IndexDamagedError(
                    f"The index files in {self._directory} are damaged ({error}); run "
                    "`kzsearch verify` to see what is broken and `kzsearch rebuild` to mend it."
                ) from error
