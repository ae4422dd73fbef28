"""Whoosh's view of a segment's articles: lengths, columns, vectors, stored fields, deletions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher

from kzsearch.documents.article import Article
from kzsearch.engine.document import Tokens
from kzsearch.engine.local.codec.packing import ragged
from kzsearch.engine.local.codec.texts import Texts, encode
from kzsearch.engine.local.codec.whoosh.opened import OpenedSegment
from kzsearch.engine.local.codec.whoosh.schema import local_datetime
from kzsearch.engine.local.codec.whoosh.segment import KzsearchSegment
from kzsearch.engine.schema import KeywordField, TermKind

__all__ = ["SegmentDocuments", "stored_fields"]

VECTORS = ("title", "body")
KEYWORDS = tuple(map(str, KeywordField))


def stored_fields(article: Article) -> dict[str, Any]:
    """What Whoosh shows of an article: title and body, of the other fields those that are not
    empty, the date as indexed.
    """
    fields: dict[str, Any] = {
        name: value for name, value in article.to_json().items() if value or name in VECTORS
    }
    if article.date is not None:
        fields["date"] = local_datetime(article.date)
    return fields


class SegmentDocuments(PerDocumentReader):
    """The articles of a segment (``whoosh.codec.base.PerDocumentReader``)."""

    def __init__(self, segment: KzsearchSegment, opened: OpenedSegment) -> None:
        self._segment = segment
        self._opened: OpenedSegment | None = opened
        self._lengths: dict[str, list[int]] = {}

    @property
    def opened(self) -> OpenedSegment:
        """The segment."""
        assert self._opened is not None, "it is closed"
        return self._opened

    def close(self) -> None:
        """Let go of the segment."""
        self._opened = None
        self._lengths.clear()

    def doc_count(self) -> int:
        """How many articles are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """How many articles there are, deleted ones included."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether an article is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Numbers of the deleted ones."""
        return self._segment.deleted_docs()

    # Lengths

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Word positions of a field of an article, ``default`` where it is empty."""
        if (lengths := self._lengths.get(fieldname)) is None:
            found = self.opened.lengths(fieldname)
            # Whoosh asks for each posting by itself, and a list answers faster than an array.
            lengths = [0] * self.doc_count_all() if found is None else found.tolist()
            self._lengths[fieldname] = lengths
        return lengths[docnum] or default

    def field_length(self, fieldname: str) -> int:
        """Word positions of a field of all articles."""
        lengths = self.opened.lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Of the shortest field."""
        lengths = self.opened.lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        """Of the longest field."""
        lengths = self.opened.lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(lengths.max())

    # Columns

    def supports_columns(self) -> bool:
        """It has columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether a field has a value for each article, to sort and group by."""
        return fieldname in self.list_columns()

    def list_columns(self) -> list[str]:
        """Names of the fields with such values."""
        return ["id", "date", *KEYWORDS]

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        """The values of a field, as its column type codes them."""
        reader = self.opened.reader
        if fieldname == "date":
            return DateColumn(self.opened.dates, column.default_value())
        if fieldname == "id":
            return IdColumn(reader.texts("id"))
        values = reader.keyword(KeywordField(fieldname))
        return ValueColumn([encode(value) for value in values.values], values.ordinals)

    # Vectors

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether an article has terms in a field whose vectors are kept: title and body."""
        return fieldname in VECTORS and self.doc_field_length(docnum, fieldname) > 0

    def vector(self, docnum: int, fieldname: str, format_: Any) -> ListMatcher:
        """The stems of a field of an article with their positions, from the forward index."""
        tokens = self.opened.reader.tokens(docnum)[VECTORS.index(fieldname)]
        texts, weights, values = self._stems(tokens)
        return ListMatcher(texts, weights, values, format_)

    def _stems(self, tokens: Tokens) -> tuple[list[str], list[float], list[bytes]]:
        """The stems of tokens in order, how often and at what positions each is there."""
        reader = self.opened.reader
        ends, of_words = reader.word_stems
        words = tokens.words.astype(np.int64)
        stops = ends[words].astype(np.int64)
        begins = np.where(words > 0, ends[words - 1], 0).astype(np.int64)
        stems = of_words[ragged(begins, stops - begins)].astype(np.int64)
        positions = np.repeat(tokens.positions, stops - begins).astype(np.int64)
        places = np.unique((stems << 32) | positions)
        numbers, firsts = np.unique(places >> 32, return_index=True)
        dictionary = reader.dictionary(TermKind.STEM)
        each = np.split((places & 0xFFFFFFFF).astype("<u4"), firsts[1:])
        return (
            [dictionary.term(number) for number in numbers.tolist()],
            [float(len(part)) for part in each],
            [part.tobytes() for part in each],
        )

    # Stored fields

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """What is stored of an article."""
        return stored_fields(self.opened.segment.article(docnum))


class ValueColumn(ColumnReader):
    """Values that many articles share."""

    def __init__(self, values: Sequence[bytes], ordinals: NDArray[Any]) -> None:
        self._texts = values
        self._ordinals = ordinals

    def __len__(self) -> int:
        return len(self._ordinals)

    def __getitem__(self, docnum: int) -> bytes:
        return self._texts[int(self._ordinals[docnum])]

    def load(self) -> list[bytes]:
        """The values of all articles."""
        return [self._texts[ordinal] for ordinal in self._ordinals.tolist()]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.load())


class IdColumn(ColumnReader):
    """Article ids."""

    def __init__(self, ids: Texts) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, docnum: int) -> bytes:
        return self._ids.raw(docnum)

    def load(self) -> list[bytes]:
        """The ids of all articles."""
        return self._ids.all()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.load())


class DateColumn(ColumnReader):
    """Dates as Whoosh counts them.

    default: the value of an undated article: it sorts behind all others.
    """

    def __init__(self, dates: NDArray[np.int64], default: int) -> None:
        self._dates = dates
        self._default = default
        self._sign = 1

    def __len__(self) -> int:
        return len(self._dates)

    def __getitem__(self, docnum: int) -> int:
        date = self._dates.item(docnum)
        return self._default if date < 0 else date

    def sort_key(self, docnum: int) -> int:
        """What an article is sorted by."""
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        """Sort the other way round."""
        self._sign = -1

    def load(self) -> list[int]:
        """The values of all articles."""
        return list(self)

    def __iter__(self) -> Iterator[int]:
        return (self._default if date < 0 else date for date in self._dates.tolist())
