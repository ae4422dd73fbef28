"""Reading data files: tab-separated tables under a package's ``data/``, ``#`` lines are comments.

Read with ``pkgutil``, which loads ten times as fast as ``importlib.resources``.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pkgutil import get_data

__all__ = ["rows", "table_lines", "table_rows"]

_GZIP = 16 + zlib.MAX_WBITS
"""Tells zlib that what it decompresses is a gzip file; the gzip module is slow to load."""


def table_lines(package: str, name: str) -> list[str]:
    """The lines of ``data/<name>`` of a package, comments and empty lines left out.

    name: ``<table>.tsv``, or ``<table>.tsv.gz`` for a compressed one.
    """
    content = get_data(package, f"data/{name}") or b""
    if name.endswith(".gz"):
        content = zlib.decompress(content, _GZIP)
    lines = content.decode("utf-8").replace("\r\n", "\n").split("\n")
    return [line for line in lines if line and line[0] != "#"]


def table_rows(package: str, name: str) -> Iterator[tuple[str, ...]]:
    """The rows of ``data/<name>`` of a package, split at tabs."""
    for line in table_lines(package, name):
        yield tuple(line.split("\t"))


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of the text room's ``data/<name>.tsv``, split at tabs."""
    return table_rows("kzsearch.text", f"{name}.tsv")
