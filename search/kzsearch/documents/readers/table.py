"""CSV and TSV: a header line of column names, then one article per row.

Tables come with quoted fields that hold line ends, and with stray quotes that
only look like that. So each row is first read as CSV says; if that fails, its
first line is taken as it stands, and what follows is read anew. One stray
quote therefore costs at most one row, never the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from kzsearch.documents.fields import field_of
from kzsearch.documents.records import MAX_CHARS, BrokenRecord, Found, Record, read_lines

__all__ = ["looks_like_header", "read_table"]

_DELIMITERS = "\t,;|"
_MAX_LINES = 10_000
"""A row of more lines than that is taken for an open quote."""


def read_table(stream: TextIO) -> Iterator[Found]:
    """The rows of a table, each under the names of the header."""
    csv.field_size_limit(MAX_CHARS)
    lines = _Lines(stream)
    header = lines.take()
    delimiter = None if isinstance(header, BrokenRecord) or not header else _delimiter(header[1])
    if not delimiter or not isinstance(header, tuple):
        yield BrokenRecord(1, "the header line names no column body, text or content")
        return
    names = _cells(header[1], delimiter)
    while line := lines.take():
        if isinstance(line, BrokenRecord):
            yield line
        elif line[1].strip(f"{delimiter} "):
            row = _row(line, lines, delimiter, len(names))
            if isinstance(row, BrokenRecord):
                yield row
            else:
                yield Record(line[0], dict(zip(names, row, strict=True)))


def looks_like_header(line: str) -> bool:
    """Whether a line must be the header of a table: two or more known names and a text column."""
    delimiter = _delimiter(line)
    return bool(delimiter) and sum(map(bool, map(field_of, _cells(line, delimiter or "")))) > 1


def _delimiter(header: str) -> str | None:
    """What parts the columns of a header line; None when there is no text column."""
    for delimiter in _DELIMITERS:
        if any(field_of(name) == "body" for name in _cells(header, delimiter)):
            return delimiter
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


class _Lines:
    """The lines of a table; lines that were taken too early can be put back."""

    def __init__(self, stream: TextIO) -> None:
        self._lines = read_lines(stream)
        self._back: list[tuple[int, str] | BrokenRecord] = []

    def take(self) -> tuple[int, str] | BrokenRecord | None:
        """The next line with its number, or None at the end."""
        return self._back.pop() if self._back else next(self._lines, None)

    def put_back(self, *lines: tuple[int, str] | BrokenRecord) -> None:
        """Give lines back, to be taken again in the same order."""
        self._back.extend(reversed(lines))


def _row(
    first: tuple[int, str], lines: _Lines, delimiter: str, width: int
) -> list[str] | BrokenRecord:
    """The cells of the row that begins with line ``first``; may take more lines."""
    more: list[tuple[int, str]] = []

    def text() -> Iterator[str]:
        yield f"{first[1]}\n"
        size = len(first[1])
        while size <= MAX_CHARS and len(more) < _MAX_LINES and (line := lines.take()):
            if isinstance(line, BrokenRecord):
                lines.put_back(line)
                return
            more.append(line)
            size += len(line[1])
            yield f"{line[1]}\n"

    try:
        row = next(csv.reader(text(), delimiter=delimiter, strict=True))
        complaint = f"the row has {len(row)} columns, the header {width}"
    except csv.Error as error:
        row, complaint = [], f"the row is not proper CSV: {error}"
    if len(row) != width:
        lines.put_back(*more)
        row = first[1].split(delimiter)
    return row if len(row) == width else BrokenRecord(first[0], complaint)
