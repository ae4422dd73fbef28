"""The tables of associated words: kzsearch's own, and what an index has learned from itself.

Both have one row per stem: the stem, a tab, and its relatives with their likeness.
The shipped table is learned from openly licensed sentences (its header names them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache

from kzsearch.errors import WordListError
from kzsearch.text.data_files import table_lines

__all__ = [
    "OWN_TABLE",
    "Associations",
    "Related",
    "associations_text",
    "merged",
    "own_associations",
    "related_to",
    "shipped_associations",
]

Related = tuple[tuple[str, float], ...]
"""Stems, each with its likeness (0..1), the likest first."""

Associations = Mapping[str, Related]
"""Related stems by stem."""

OWN_TABLE = "associations.tsv"
"""Under this name an index keeps what it has learned from its own articles."""

MOST_RELATED = 8
"""Relatives of a stem that are searched for, at most."""


@cache
def shipped_associations() -> Associations:
    """The table that ships with kzsearch, read when first asked for."""
    return dict(map(_row, table_lines("kzsearch.query.associations", OWN_TABLE)))


def own_associations(table: bytes | None) -> Associations:
    """What an index has learned, from the table it keeps under ``OWN_TABLE``; empty if none.

    Raises WordListError for a table that is none.
    """
    return dict(_of_index(table)) if table else {}


def merged(one: Associations, other: Associations) -> Associations:
    """Both tables in one; of one pair of stems the greater likeness counts."""
    if not one or not other:
        return one or other
    return {
        stem: _likest((*one.get(stem, ()), *other.get(stem, ())))
        for stem in sorted(one.keys() | other.keys())
    }


def related_to(stems: Iterable[str], associations: Associations, but: Set[str]) -> Related:
    """Relatives of any of some stems, without those in ``but``."""
    found = (pair for stem in stems for pair in associations.get(stem, ()) if pair[0] not in but)
    return _likest(found)


def associations_text(header: str, associations: Associations) -> str:
    """A table as kept; ``header`` is what its comment says, each line with its ``#``."""
    rows = (
        f"{stem}\t" + " ".join(f"{other}:{likeness:.2f}" for other, likeness in related) + "\n"
        for stem, related in sorted(associations.items())
    )
    return header + "".join(rows)


def _of_index(table: bytes) -> Iterator[tuple[str, Related]]:
    for row in _rows(table.decode("utf-8", "replace")):
        try:
            yield _row(row)
        except ValueError:
            raise WordListError(
                f"The index's table {OWN_TABLE} holds a row that is no stem with its relatives "
                f"({row[:40]!r}); learn it anew with `kzsearch learn-associations`."
            ) from None


def _rows(text: str) -> Iterable[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _row(row: str) -> tuple[str, Related]:
    stem, related = row.split("\t")
    pairs = (pair.rsplit(":", 1) for pair in related.split())
    return stem, tuple((other, float(likeness)) for other, likeness in pairs)


def _likest(related: Iterable[tuple[str, float]]) -> Related:
    likest: dict[str, float] = {}
    for stem, likeness in related:
        likest[stem] = max(likeness, likest.get(stem, 0.0))
    return tuple(sorted(likest.items(), key=lambda item: (-item[1], item[0]))[:MOST_RELATED])
