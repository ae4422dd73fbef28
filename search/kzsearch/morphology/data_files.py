"""Reading the room's data files: tab-separated rows under ``data/``, ``#`` comments, a header."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["read_rows", "rows_of"]


def read_rows(name: str) -> list[list[str]]:
    """The rows of a data file as lists of cells, without comments, blank lines and header."""
    file = files("kzsearch.morphology").joinpath("data", name)
    return rows_of(file.read_text(encoding="utf-8"))


def rows_of(table: str) -> list[list[str]]:
    """The rows of a table given as text."""
    lines = table.split("\n")
    return [line.split("\t") for line in lines if line and line[0] != "#"][1:]
