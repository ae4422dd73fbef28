"""The Whoosh schema of a kzsearch index: its fields, and how their postings are coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
from whoosh import analysis, fields, formats

from kzsearch.analysis import KazakhAnalyzer, KazakhTokenizer
from kzsearch.documents.article import ALMATY
from kzsearch.engine.schema import LONG_PREFIX_LETTERS, PREFIX_LETTERS, fold_keyword

__all__ = [
    "Characters",
    "Date",
    "Positions",
    "kzsearch_schema",
    "local_datetime",
]


class Positions(formats.Positions):
    """Word positions of a posting as an array of uint32."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        """The value of a posting: its positions, rising."""
        return np.array(list(poslist), "<u4").tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Its positions."""
        positions: list[int] = np.frombuffer(valuestring, "<u4").tolist()
        return positions

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many there are."""
        return len(valuestring) // 4


class Characters(formats.Characters):
    """Places of a posting as an array of uint32: word position, start, end; one behind another."""

    def encode(self, poslist: Iterable[tuple[int, int, int]]) -> bytes:
        """The value of a posting: its places, in order."""
        return np.array(list(poslist), "<u4").tobytes()

    def decode_characters(self, valuestring: bytes) -> list[tuple[int, int, int]]:
        """Word position, start and end of each place."""
        rows = np.frombuffer(valuestring, "<u4").reshape(-1, 3).tolist()
        return [(position, start, end) for position, start, end in rows]

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Its word positions."""
        positions: list[int] = np.frombuffer(valuestring, "<u4")[::3].tolist()
        return positions

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many there are."""
        return len(valuestring) // 12


class FirstLetters(analysis.Filter):
    """The first letters of words in the place of words, for ``title_start`` and the like.

    shorter: whether a word with fewer letters stands for itself; else it is left out.
    """

    def __init__(self, letters: int, *, shorter: bool) -> None:
        self.letters = letters
        self.shorter = shorter

    def __hash__(self) -> int:
        return hash((type(self), self.letters, self.shorter))

    def __call__(self, tokens: Iterable[analysis.Token]) -> Iterator[analysis.Token]:
        """The tokens of another analysis step, cut."""
        for token in tokens:
            if self.shorter or len(token.text) >= self.letters:
                token.text = token.text[: self.letters]
                yield token


class Keyword(fields.ID):
    """A value that is compared as a whole, letter case ignored, and shown as written."""

    def to_bytes(self, value: Any) -> bytes:
        """The term of a value."""
        return bytes(super().to_bytes(fold_keyword(value) if isinstance(value, str) else value))

    def index(self, value: str, **options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The one term of a value."""
        return iter([(self.to_bytes(value), 1, 1.0, b"")])

    def to_column_value(self, value: Any) -> bytes:
        """What sorts and groups articles: the value as written."""
        return bytes(super().to_bytes(value))


class Date(fields.DATETIME):
    """A local date and time (Asia/Almaty), without zone as Whoosh wants it.

    A datetime with a zone is converted, a date is its midnight.
    """

    def prepare_datetime(self, x: Any) -> Any:
        """A date as Whoosh counts it: microseconds since the year 1."""
        if isinstance(x, dt.date):
            x = local_datetime(x)
        return super().prepare_datetime(x)

    def from_column_value(self, x: int) -> dt.datetime | None:
        """The date in a column, None of an undated article."""
        if x == self.column_type.default_value():
            return None
        found: dt.datetime = super().from_column_value(x)
        return found


def local_datetime(date: dt.date) -> dt.datetime:
    """A date as the index has it: local time without zone, midnight of a plain date."""
    if not isinstance(date, dt.datetime):
        return dt.datetime(date.year, date.month, date.day)
    return date.astimezone(ALMATY).replace(tzinfo=None) if date.tzinfo else date


@cache
def kzsearch_schema() -> fields.Schema:
    """The schema of every kzsearch index."""
    stems = KazakhAnalyzer()
    words = KazakhAnalyzer(stems=False, exact=True)
    start = KazakhTokenizer() | FirstLetters(PREFIX_LETTERS, shorter=True)
    long_start = KazakhTokenizer() | FirstLetters(LONG_PREFIX_LETTERS, shorter=False)
    text: dict[str, fields.FieldType] = {}
    for name in ("title", "body"):
        text |= {
            name: fields.FieldType(
                Positions(), stems, scorable=True, stored=True, vector=Positions()
            ),
            f"{name}_exact": fields.FieldType(Characters(), words, scorable=True),
            f"{name}_start": fields.FieldType(formats.Frequency(), start, scorable=True),
            f"{name}_long_start": fields.FieldType(formats.Frequency(), long_start, scorable=True),
        }
    return fields.Schema(
        **text,
        lead=fields.FieldType(formats.Frequency(), stems, scorable=True),
        id=fields.ID(stored=True, unique=True, sortable=True),
        date=Date(stored=True, sortable=True),
        source=Keyword(stored=True, sortable=True),
        category=Keyword(stored=True, sortable=True),
        language=Keyword(stored=True, sortable=True),
        url=fields.ID(stored=True),
        author=fields.STORED(),
    )
