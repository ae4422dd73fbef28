"""A segment opened for Whoosh: its field terms, lengths and values, each made when first asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.local.codec.whoosh.schema import local_datetime
from kzsearch.engine.local.codec.whoosh.term_lists import (
    DateTerms,
    IdTerms,
    TermList,
    TextTerms,
    ValueTerms,
)
from kzsearch.engine.local.segments import OpenSegments, Segment
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import Manifest, SegmentEntry
from kzsearch.engine.schema import LEAD_WORDS, NO_TIME, KeywordField, TermKind, TextField
from kzsearch.errors import IndexDamagedError

__all__ = ["TEXT_FIELDS", "OpenedSegment", "open_segment"]

KINDS = {
    "": TermKind.STEM,
    "_exact": TermKind.EXACT,
    "_start": TermKind.PREFIX,
    "_long_start": TermKind.LONG_PREFIX,
}
TEXT_FIELDS: Mapping[str, tuple[TextField, TermKind]] = {
    f"{field}{suffix}": (field, kind) for field in TextField for suffix, kind in KINDS.items()
}
"""Text field and kind of terms of the Whoosh fields of running text, ``lead`` apart."""

LEAD = "lead"
INDEXED = sorted([*TEXT_FIELDS, LEAD, *map(str, KeywordField), "id", "date", "url"])

YEAR_ONE = dt.datetime(1, 1, 1)
SIGN = 1 << 63
"""Added to a whole number it sorts as an unsigned one (``whoosh.util.numeric.to_sortable``)."""


class OpenedSegment:
    """What the readers of a segment have in common; safe from many threads."""

    indexed = INDEXED
    """Names of the fields that have terms, in order."""

    def __init__(self, segment: Segment) -> None:
        assert isinstance(segment.reader, ColumnarReader)
        self.segment = segment
        self.reader = segment.reader
        self._terms: dict[str, TermList] = {}

    def terms(self, field: str) -> TermList:
        """The terms of a field. Raises KeyError where it has none."""
        if (found := self._terms.get(field)) is None:
            found = self._terms[field] = self._terms_of(field)
        return found

    def _terms_of(self, field: str) -> TermList:
        reader = self.reader
        match field:
            case "lead":
                return TextTerms(reader, TermKind.STEM, TextField.BODY, lead=True)
            case "id":
                return IdTerms(reader)
            case "date":
                numbers = self.dates.astype(np.uint64) + np.uint64(SIGN)
                return DateTerms(numbers, self.dates >= 0)
            case "url":
                return self._urls()
        if field in TEXT_FIELDS:
            text, kind = TEXT_FIELDS[field]
            return TextTerms(reader, kind, text)
        if field not in INDEXED:
            raise KeyError(field)
        column = reader.keyword(KeywordField(field))
        return ValueTerms(column.values, column.ordinals, folded=True)

    def _urls(self) -> ValueTerms:
        """Addresses stand only in the article log, so this reads all of it."""
        urls = [self.segment.article(number).url for number in range(self.reader.articles)]
        return ValueTerms(urls, np.arange(len(urls)), folded=False)

    def lengths(self, field: str) -> NDArray[Any] | None:
        """Word positions of a field in each article; None of a field without."""
        if field == LEAD:
            return self._lead_lengths
        if field not in TEXT_FIELDS:
            return None
        columns = self.reader.columns
        in_title = TEXT_FIELDS[field][0] is TextField.TITLE
        return columns.title_length if in_title else columns.body_length

    @cached_property
    def _lead_lengths(self) -> NDArray[np.uint32]:
        return np.minimum(self.reader.columns.body_length, np.uint32(LEAD_WORDS))

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        """Of each article the local microseconds since the year 1, as Whoosh counts dates; -1 of
        an undated one.
        """
        return np.array([_local(time) for time in self.reader.columns.time.tolist()], np.int64)


def _local(time: int) -> int:
    if time == NO_TIME:
        return -1
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=time)
    return (local_datetime(moment) - YEAR_ONE) // dt.timedelta(microseconds=1)


@lru_cache(64)
def _segments_in(folder: str) -> OpenSegments:
    return OpenSegments(Generations(Path(folder)), ColumnarCodec())


def open_segment(folder: str | Path, entry: SegmentEntry) -> OpenedSegment:
    """Open a segment of the index in a folder, or share it with those who have it open.

    Raises IndexDamagedError; FileNotFoundError where a writer has removed the segment meanwhile:
    Whoosh then looks for a newer generation.
    """
    path = Path(folder).absolute()
    only = Manifest(0, "", "", "", (entry,))
    try:
        (segment,) = _segments_in(str(path)).of(only)
    except IndexDamagedError as error:
        directory = Generations(path).segment_path(entry)
        if directory.is_dir():
            raise
        raise FileNotFoundError(2, "The segment was removed", str(directory)) from error
    return OpenedSegment(segment)
