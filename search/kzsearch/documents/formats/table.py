"""CSV and TSV: a header line of column names, then one article per row.

Tables come with quoted fields that hold line ends, and with stray quotes that
only look like that. So each row is first read as CSV says; if that fails, its
first line is taken as it stands, and what follows is read anew. One stray
quote therefore costs at most one row, never the rest of the file.

Excel writes ``sep=;`` before the header and empty cells behind the last column; both are
passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TextIO

from kzsearch.documents.fields import field_of, is_body_name
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.options import NO_OPTIONS, ReadOptions
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import MAX_CHARS, Found, Record, broken, read_lines, unusable

__all__ = ["RANK", "SUFFIXES", "read", "sniff"]

RANK = 80
SUFFIXES = (".csv", ".tsv", ".tab")

_DELIMITERS = "\t,;|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_MAX_LINES = 10_000
"""A row of more lines than that is taken for an open quote."""

_REREAD = 20
"""How many times as much as the file has may be read again after open quotes."""


def sniff(head: bytes) -> bool:
    """Whether its first line must be a header: two or more known names and a text column."""
    text = head.decode("utf-8", "replace")
    if _SEPARATOR_LINE.match(text):
        return True
    line = text.partition("\n")[0].rstrip("\r")[:4_000]
    delimiter = _delimiter(line, NO_OPTIONS)
    return delimiter is not None and sum(map(bool, map(field_of, _cells(line, delimiter)))) > 1


def read(stream: InputStream) -> Iterator[Found]:
    """The rows of a table, each under the names of the header."""
    csv.field_size_limit(MAX_CHARS)
    lines = _Lines(stream.text())
    header = lines.take()
    while isinstance(header, tuple) and not header[1].strip():
        header = lines.take()
    stated = ""
    if isinstance(header, tuple) and (line := _SEPARATOR_LINE.fullmatch(header[1])):
        stated, header = line[1], lines.take()
    if not isinstance(header, tuple):
        yield header or unusable("the table has no header line")
        return
    delimiter = stated or _delimiter(header[1], stream.options)
    if not delimiter:
        yield unusable(_no_text_column(header[1]))
        return
    names = _cells(header[1], delimiter)
    while names and not names[-1].strip():  # behind the last column
        names.pop()
    if not _has_body(names, stream.options):
        yield unusable(_no_text_column(header[1]))
        return
    while line_found := lines.take():
        if isinstance(line_found, Problem):
            yield line_found
        elif line_found[1].strip(f"{delimiter} "):
            row = _row(line_found, lines, delimiter, len(names))
            if isinstance(row, Problem):
                yield row
            else:
                yield from _record(line_found[0], names, row, stream.options)


def _record(line: int, names: list[str], row: list[str], options: ReadOptions) -> Iterator[Found]:
    """The record of a row; one that ends behind its text is taken, with a warning."""
    if len(row) < len(names):
        if not _has_body(names[: len(row)], options):
            yield broken(line, _ragged(row, len(names)))
            return
        yield Problem("", line, f"{_ragged(row, len(names))}: the others are left empty", "cell")
    cells = [*row, *[""] * (len(names) - len(row))]
    yield Record(line, dict(zip(names, cells, strict=True)), cells=True)


def _delimiter(header: str, options: ReadOptions) -> str | None:
    """What parts the columns of a header line; None when there is no text column."""
    for delimiter in _DELIMITERS:
        if _has_body(_cells(header, delimiter), options):
            return delimiter
    return None


def _has_body(names: list[str], options: ReadOptions) -> bool:
    return any(is_body_name(name, options) for name in names)


def _no_text_column(header: str) -> str:
    delimiter = max(_DELIMITERS, key=header.count)
    names = [name.strip() for name in _cells(header[:2_000], delimiter)][:12]
    shown = ", ".join(name[:40] for name in names)
    return (
        f"the header line names no column with the text, only: {shown}; "
        f"if one of them is it, say which: --map body={names[0][:40] if names else 'NAME'}"
    )


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


class _Lines:
    """The lines of a table; lines that were taken too early can be put back.

    Putting back is what open quotes cost: ``patience`` is how many characters of it are left,
    so that a file of nothing but open quotes is read in linear time.
    """

    def __init__(self, stream: TextIO) -> None:
        self._lines = read_lines(stream)
        self._back: list[tuple[int, str] | Problem] = []
        self.patience = 1_000_000

    def take(self) -> tuple[int, str] | Problem | None:
        """The next line with its number, or None at the end."""
        if self._back:
            return self._back.pop()
        line = next(self._lines, None)
        if isinstance(line, tuple):
            self.patience += _REREAD * (len(line[1]) + 1)
        return line

    def put_back(self, *lines: tuple[int, str] | Problem) -> None:
        """Give lines back, to be taken again in the same order."""
        self._back.extend(reversed(lines))


def _row(first: tuple[int, str], lines: _Lines, delimiter: str, width: int) -> list[str] | Problem:
    """The cells of the row that begins with line ``first``; may take more lines."""
    more: list[tuple[int, str]] = []

    def text() -> Iterator[str]:
        yield f"{first[1]}\n"
        size = len(first[1])
        while size <= MAX_CHARS and len(more) < _MAX_LINES and lines.patience > 0:
            line = lines.take()
            if line is None:
                return
            if isinstance(line, Problem):
                lines.put_back(line)
                return
            more.append(line)
            size += len(line[1])
            yield f"{line[1]}\n"

    try:
        row = _without_empty_end(next(csv.reader(text(), delimiter=delimiter, strict=True)), width)
        complaint = _ragged(row, width)
    except csv.Error as error:
        row, complaint = [], f"the row is not proper CSV: {error}"
    if len(row) != width:
        lines.patience -= sum(len(line) + 1 for _number, line in more)
        lines.put_back(*more)
        row = _without_empty_end(first[1].split(delimiter), width)
    return row if len(row) <= width else broken(first[0], complaint)


def _ragged(row: list[str], width: int) -> str:
    return f"the row has {len(row)} columns, the header {width}"


def _without_empty_end(row: list[str], width: int) -> list[str]:
    """A row less the empty cells behind its last column."""
    while len(row) > width and not row[-1].strip():
        row.pop()
    return row
