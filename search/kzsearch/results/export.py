"""All hits of a search as a file: CSV for tables, JSON Lines for programs, Parquet for analysts.

Files are made as they are read, so that they may be of any size: a thousand hits at most are
held at a time.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib.util import find_spec
from itertools import islice
from types import MappingProxyType

from kzsearch.errors import QueryError
from kzsearch.results.fields import FIELD_VALUES, Value, chosen_fields
from kzsearch.results.page import Hit
from kzsearch.results.render import ELLIPSIS, to_pieces

__all__ = [
    "DEFAULT_FIELDS",
    "EXPORT_FIELDS",
    "ExportFormat",
    "batches",
    "check_export",
    "defused",
    "encode_export",
    "export_fields",
    "needs_snippets",
    "row_of",
]


class ExportFormat(StrEnum):
    """How an export is written; also the extension of its file."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"

    @property
    def mimetype(self) -> str:
        """The media type to send it as."""
        return {
            ExportFormat.CSV: "text/csv",
            ExportFormat.JSONL: "application/jsonl",
            ExportFormat.PARQUET: "application/vnd.apache.parquet",
        }[self]


def _snippet(hit: Hit) -> str:
    texts = ("".join(text for text, _ in to_pieces(fragment)) for fragment in hit.fragments)
    return f" {ELLIPSIS} ".join(texts)


_VALUES: Mapping[str, Callable[[Hit], Value]] = {**FIELD_VALUES, "snippet": _snippet}

EXPORT_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id of the article",
        "title": "its title",
        "date": "when it appeared, with the time where it is known",
        "day": "the same as a day in Almaty",
        "source": "where it appeared",
        "category": "its categories, parted by “; ”",
        "author": "who wrote it",
        "language": "kk, ru, en or other",
        "url": "its address",
        "score": "how well it matches",
        "fallback": "whether it has only some of the words",
        "copy_count": "how many reprints are folded under it",
        "snippet": "what is shown of it under a hit, without marks",
        "body": "its whole text",
    }
)
"""What can be exported of a hit, each with what it is."""

DEFAULT_FIELDS = tuple(name for name in EXPORT_FIELDS if name not in {"snippet", "body"})

_BATCH = 1_000
"""Hits in a piece of a file."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""


def export_fields(names: Sequence[str]) -> tuple[str, ...]:
    """The fields with these names, in their order; the usual ones where none is named.

    Raises QueryError for a name that is none.
    """
    return chosen_fields(names, EXPORT_FIELDS) or DEFAULT_FIELDS


def needs_snippets(fields: Sequence[str]) -> bool:
    """Whether the hits to be exported must have their snippets."""
    return "snippet" in fields


def check_export(form: ExportFormat) -> None:
    """Raises QueryError when what a format needs is not installed."""
    if form is ExportFormat.PARQUET and find_spec("pyarrow") is None:
        raise QueryError(
            "Writing Parquet needs: pip install 'kzsearch[parquet]' (CSV and JSONL do not)."
        )


def encode_export(
    hits: Iterable[Hit], form: ExportFormat, fields: Sequence[str]
) -> Iterator[bytes]:
    """The file in pieces; ``fields`` are ``export_fields``'. See ``check_export``."""
    match form:
        case ExportFormat.CSV:
            return _csv(hits, fields)
        case ExportFormat.JSONL:
            return _jsonl(hits, fields)
        case ExportFormat.PARQUET:
            from kzsearch.results.parquet import encode_parquet  # needs an extra

            return encode_parquet(hits, fields)


def row_of(hit: Hit, fields: Sequence[str]) -> list[Value]:
    """The values of a hit."""
    return [_VALUES[name](hit) for name in fields]


def batches(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """The hits, some at a time; the last ones are fewer, perhaps none."""
    rest = iter(hits)
    while True:
        batch = list(islice(rest, _BATCH))
        yield batch
        if len(batch) < _BATCH:
            return


def _csv(hits: Iterable[Hit], fields: Sequence[str]) -> Iterator[bytes]:
    """RFC 4180. The byte order mark lets Excel know that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(fields)
    yield b"\xef\xbb\xbf"
    for batch in batches(hits):
        writer.writerows([defused(value) for value in row_of(hit, fields)] for hit in batch)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def defused(value: Value) -> Value:
    """A value as a cell: text that a spreadsheet would take for a formula gets an apostrophe."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return "'" + value
    return value


def _jsonl(hits: Iterable[Hit], fields: Sequence[str]) -> Iterator[bytes]:
    for batch in batches(hits):
        lines = [
            json.dumps(dict(zip(fields, row_of(hit, fields), strict=True)), ensure_ascii=False)
            for hit in batch
        ]
        yield "".join(line + "\n" for line in lines).encode()
