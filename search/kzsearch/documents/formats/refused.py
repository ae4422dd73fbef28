"""Formats that are known but not read: each is refused by its name, with what to do instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzsearch.documents.inputs import InputStream
from kzsearch.documents.records import Found, unusable

__all__ = ["RANK", "read", "sniff"]

RANK = 20

_SAVE_AS_TEXT = "save it as plain text (UTF-8)"
_UNPACK = "unpack it first"
_COMMENTS = rb"(?:--\s*\n|--(?! (?:MySQL|MariaDB|PostgreSQL))[^\n]*\n|/\*(?:(?!\*/).)*+\*/;?|\s)*+"
_KNOWN = (
    (rb"%PDF-", "a PDF document", "turn it into text first, for example with pdftotext"),
    (rb"\{\\rtf", "a document in RTF", _SAVE_AS_TEXT),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document", _SAVE_AS_TEXT),
    (rb"%!PS", "a PostScript document", "turn it into text first, for example with ps2ascii"),
    (rb"7z\xbc\xaf\x27\x1c", "an archive of 7-Zip", _UNPACK),
    (rb"Rar!\x1a\x07", "an archive of RAR", _UNPACK),
    (rb"\x04\x22\x4d\x18", "compressed with LZ4", _UNPACK),
    (rb"\x1f\x9d", "compressed with compress (.Z)", _UNPACK),
    (rb"Obj\x01", "an Avro file", "convert it to Parquet or JSON Lines"),
    (rb"ORC[\x00-\x1f]", "an ORC file", "convert it to Parquet or JSON Lines"),
    (rb"\x89HDF\r?\n\x1a", "an HDF5 file", "convert it to Parquet or JSON Lines"),
    (rb"\x93NUMPY", "an array of NumPy", "convert it to JSON Lines"),
    (rb"\x80[\x02-\x05](?:\x95|[}\](c\x8c])", "a pickle of Python", "convert it to JSON Lines"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|RIFF.{4}WEBP|II\*\0|MM\0\*", "a picture",
     "recognise its text first"),
    (rb"ID3[\x02-\x04]|OggS|RIFF.{4}WAVE|fLaC|.{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI", "sound or video",
     "transcribe it first"),
    (rb"\x7fELF|MZ[\x00-\xff]{2}[\x00-\x03]", "a program", "name a file of texts"),
    (_COMMENTS + rb"(?:--|/\*)? ?(?:MySQL|MariaDB|PostgreSQL)(?: database)? dump",
     "a dump of a database in SQL",
     "load it into the database and export the table as CSV or JSON"),
    (_COMMENTS + rb"(?:CREATE TABLE |INSERT INTO |DROP TABLE |PRAGMA foreign_keys|"
     rb"BEGIN TRANSACTION;|SET NAMES|SET SQL_MODE)",
     "a dump of a database in SQL",
     "load it into the database and export the table as CSV or JSON"),
)  # fmt: skip
_PATTERNS = tuple(
    (re.compile(start, re.DOTALL | re.IGNORECASE), kind, advice) for start, kind, advice in _KNOWN
)


def sniff(head: bytes) -> bool:
    """Whether it begins as one of them does."""
    return _refusal(head) is not None


def read(stream: InputStream) -> Iterator[Found]:
    """The refusal."""
    yield unusable(_refusal(stream.head) or "this format is not read")


def _refusal(head: bytes) -> str | None:
    for start, kind, advice in _PATTERNS:
        if start.match(head[:4096]):
            return f"this is {kind}, which is not read: {advice}"
    return None
