"""Reading data files: tab-separated tables under a room's ``data/``, ``#`` lines are comments.

Read with ``pkgutil``, which loads ten times as fast as ``importlib.resources``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pkgutil import get_data

__all__ = ["rows", "table_lines"]


def table_lines(package: str, name: str) -> list[str]:
    """The lines of ``data/<name>`` of a package, comments and empty lines left out."""
    content = get_data(package, f"data/{name}") or b""
    lines = content.decode("utf-8").replace("\r\n", "\n").split("\n")
    return [line for line in lines if line and line[0] != "#"]


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of the text room's ``data/<name>.tsv``, split at tabs."""
    for line in table_lines("kzsearch.text", f"{name}.tsv"):
        yield tuple(line.split("\t"))
