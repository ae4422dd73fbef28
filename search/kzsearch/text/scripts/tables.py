"""Reading this package's tables: TSV with ``#`` comments and an example on every row."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pkgutil import get_data

__all__ = ["lines", "rows"]

_GZIP = 16 + zlib.MAX_WBITS


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of ``data/<name>``, split at tabs, comments and empty lines left out.

    name: ``<table>.tsv``, or ``<table>.tsv.gz`` for what a program learned.
    """
    for line in lines(name):
        yield tuple(line.split("\t"))


def lines(name: str) -> list[str]:
    """The rows of a table as they stand in it."""
    table = get_data("kzsearch.text.scripts", f"data/{name}") or b""
    if name.endswith(".gz"):
        table = zlib.decompress(table, _GZIP)
    found = table.decode("utf-8").replace("\r\n", "\n").split("\n")
    return [line for line in found if line and not line.startswith("#")]
