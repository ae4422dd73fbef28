"""Reading the text room's tables: TSV with ``#`` comments and an example on every row."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

__all__ = ["rows"]


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of ``data/<name>.tsv``, split at tabs, comments and empty lines left out."""
    table = resources.files("kzsearch.text").joinpath("data", f"{name}.tsv")
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
