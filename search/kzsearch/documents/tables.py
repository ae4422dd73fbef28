"""Reads the room's data files."""

from __future__ import annotations

from kzsearch.text.data_files import table_rows

__all__ = ["read_table"]


def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>``, each a tuple of its columns, in the order of the file."""
    return tuple(table_rows("kzsearch.documents", name))
