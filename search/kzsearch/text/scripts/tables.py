"""Reading this package's tables: TSV with ``#`` comments and an example on every row."""

from __future__ import annotations

from collections.abc import Iterator

from kzsearch.text.data_files import table_rows

__all__ = ["rows"]


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of ``data/<name>``, split at tabs.

    name: ``<table>.tsv``, or ``<table>.tsv.gz`` for what a program learned.
    """
    return table_rows("kzsearch.text.scripts", name)
