"""Writing and merging Whoosh segments, a term at a time.

Whoosh's own ``SegmentWriter`` takes text apart itself and handles each posting
several times. Here articles come analysed, postings are gathered per term and
handed to the codec in bulk, and no table of contents is written: the manifest
takes its place.
"""

from __future__ import annotations

import contextlib
import heapq
import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from kzsearch.engine.local.codec.reader import WhooshSegmentReader, encode_text, open_parts
from kzsearch.engine.local.codec.safe import encode_positions
from kzsearch.engine.local.codec.schema import COLUMNS, make_schema
from kzsearch.engine.local.segment_api import (
    EXACT_FIELDS,
    STEM_FIELDS,
    Field,
    IndexedArticle,
    MergeSource,
)

__all__ = ["WhooshSegmentWriter", "merge_segments"]

POSITIONED = frozenset({*STEM_FIELDS, *EXACT_FIELDS})


class Postings:
    """The postings of one term, in rising order of article."""

    __slots__ = ("frequencies", "numbers", "values")

    def __init__(self) -> None:
        self.numbers = array("I")
        self.frequencies = array("f")
        self.values: list[bytes] = []


class WhooshSegmentWriter:
    """A segment in memory until ``finish``."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._count = 0
        self._columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        self._fields: dict[Field, defaultdict[str, Postings]] = {
            field: defaultdict(Postings) for field in Field
        }

    def add(self, article: IndexedArticle, offset: int) -> int:
        """Take in an article; returns its number."""
        number = self._count
        self._count += 1
        for name, column in self._columns.items():
            value = offset if name == "offset" else getattr(article, name)
            column.append(encode_text(value) if isinstance(value, str) else value)
        for field, terms in article.terms.items():
            gathered = self._fields[field]
            positioned = field in POSITIONED
            for term, positions in terms.items():
                postings = gathered[term]
                postings.numbers.append(number)
                postings.frequencies.append(len(positions))
                if positioned:
                    postings.values.append(encode_positions(positions))
        return number

    def finish(self) -> None:
        """Write the files."""
        write_segment(
            self._directory,
            self._columns,
            {
                field: sorted(gathered.items(), key=itemgetter(0))
                for field, gathered in self._fields.items()
            },
        )


def write_segment(
    directory: Path,
    columns: Mapping[str, Sequence[object]],
    fields: Mapping[Field, Iterable[tuple[str, Postings]]],
) -> None:
    """Write a segment's files: columns, then each field's terms in code point order."""
    articles = len(columns["offset"])
    codec, storage, segment = open_parts(directory, articles)
    schema = make_schema()
    with contextlib.closing(storage):
        documents = codec.per_document_writer(storage, segment)
        for number in range(articles):
            documents.start_doc(number)
            for name, values in columns.items():
                documents.add_column_value(name, COLUMNS[name], values[number])
            documents.finish_doc()
        documents.close()
        os.rmdir(directory / f"{segment.indexname}.tmp")  # the codec leaves it behind, empty
        writer = codec.field_writer(storage, segment)
        for field, terms in fields.items():
            writer.start_field(field.value, schema[field])
            for term, postings in terms:
                writer.write_term(
                    encode_text(term), postings.numbers, postings.frequencies, postings.values
                )
            writer.finish_field()
        writer.close()


def merge_segments(directory: Path, sources: Sequence[MergeSource], offsets: Sequence[int]) -> None:
    """Write the kept articles of some segments as one, without analysing them again."""
    with contextlib.ExitStack() as stack:
        parts = []
        base = 0
        for source in sources:
            reader = WhooshSegmentReader(source.directory, source.articles)
            stack.callback(reader.close)
            parts.append((reader, {old: base + new for new, old in enumerate(source.keep)}))
            base += len(source.keep)
        columns: dict[str, list[object]] = {
            name: [
                encode_text(value) if isinstance(value, str) else value
                for reader, numbers in parts
                for value in map(getattr(reader.columns, name).__getitem__, numbers)
            ]
            for name in COLUMNS
            if name != "offset"
        }
        columns["offset"] = list(offsets)
        write_segment(directory, columns, {field: _merged(field, parts) for field in Field})


def _merged(
    field: Field, parts: Sequence[tuple[WhooshSegmentReader, Mapping[int, int]]]
) -> Iterator[tuple[str, Postings]]:
    """A field's terms in order, each with its kept postings renumbered."""
    streams = [
        [(term, place) for term, _ in reader.terms(field)]
        for place, (reader, _) in enumerate(parts)
    ]
    for term, group in groupby(heapq.merge(*streams), key=itemgetter(0)):
        postings = Postings()
        for _, place in group:
            reader, numbers = parts[place]
            for number, frequency, value in reader.postings(field, term):
                if (renumbered := numbers.get(number)) is not None:
                    postings.numbers.append(renumbered)
                    postings.frequencies.append(frequency)
                    if value:
                        postings.values.append(value)
        if postings.numbers:
            yield term, postings
