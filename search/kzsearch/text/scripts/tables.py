"""Reading this package's tables: TSV with ``#`` comments and an example on every row."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from importlib import resources

__all__ = ["rows"]


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of ``data/<name>``, split at tabs, comments and empty lines left out.

    name: ``<table>.tsv``, or ``<table>.tsv.gz`` for what a program learned.
    """
    table = resources.files(__package__).joinpath("data", name).read_bytes()
    if name.endswith(".gz"):
        table = gzip.decompress(table)
    for line in table.decode("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
