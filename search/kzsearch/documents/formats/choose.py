"""Chooses the reader for a file by how it begins, else by its name."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import cast

from kzsearch.documents.formats.seam import Reader
from kzsearch.documents.inputs import InputStream

__all__ = ["choose_reader"]

OURS = (
    "feed", "html", "json", "mail", "markdown", "mediawiki", "parquet", "plain", "refused",
    "sitemap", "sqlite", "table", "warc", "wxr", "xml",
)  # fmt: skip
"""The names of kzsearch's own readers, each a module of this package."""

_GROUP = "kzsearch.readers"
_PLAIN = "plain"
_PACKED = {".gz", ".bz2", ".xz", ".lzma", ".zst"}


def choose_reader(stream: InputStream, *, named: bool) -> Reader | None:
    """The reader for a file.

    named: whether a user named the file itself. Text of a name that tells nothing is then read
        as an article; in folders and archives it is left alone, and None comes back.
    Raises DocumentError for what is neither a known format nor text.
    """
    readers = _readers()
    for reader in readers.values():
        if reader.sniff(stream.head):
            return reader
    suffix = _suffix(stream.called)
    by_suffix = (r for r in readers.values() if suffix in getattr(r, "SUFFIXES", ()))
    text = stream.text_head  # which raises what is no text
    if not text.isascii():
        head = text.encode("utf-8", "replace")
        for reader in readers.values():
            if reader.sniff(head):
                return reader
    return next(by_suffix, readers[_PLAIN] if named else None)


@cache
def _readers() -> dict[str, Reader]:
    """The registered readers by name, in the order they are asked.

    Ours are there even where an older installation does not name them yet.
    """
    found: dict[str, Reader] = {
        name: cast(Reader, import_module(f"kzsearch.documents.formats.{name}")) for name in OURS
    }
    for point in entry_points(group=_GROUP):
        try:
            found[point.name] = point.load()
        except Exception as error:  # of another package: the others are not to suffer from it
            warnings.warn(f"the reader {point.value} cannot be loaded: {error}", stacklevel=2)
    return dict(sorted(found.items(), key=lambda item: (getattr(item[1], "RANK", 50), item[0])))


def _suffix(name: str) -> str:
    path = PurePath(name.casefold())
    return PurePath(path.stem).suffix if path.suffix in _PACKED else path.suffix
