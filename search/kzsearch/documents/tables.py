"""Reads the room's data files: tab-separated rows, ``#`` lines are comments."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["read_table"]


def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>``, each a tuple of its columns, in the order of the file."""
    text = files("kzsearch.documents").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(line.split("\t")) for line in lines)
