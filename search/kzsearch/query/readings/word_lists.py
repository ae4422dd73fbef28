"""The lists of acronyms and synonyms: kzsearch's own, and those of an index's owner.

The owner's files lie in the folder of the index under the same names, so that they travel
with the archive they were written for. Their rows come beside the shipped ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kzsearch.errors import WordListError
from kzsearch.query.notes import NoteKind
from kzsearch.query.tables import read_rows
from kzsearch.text import normalize_text

__all__ = ["MAX_ROWS", "Group", "read_groups"]

MAX_ROWS = 10_000
"""Rows of one list of an index; more would be a dictionary, and slow every search down."""

_FILES = {NoteKind.ACRONYM: "acronyms.tsv", NoteKind.SYNONYM: "synonyms.tsv"}


@dataclass(frozen=True, slots=True)
class Group:
    """Words or phrases that mean the same. Of an acronym's group, it is the first."""

    kind: NoteKind
    members: tuple[str, ...]


def read_groups(folder: Path | None) -> list[Group]:
    """The groups of the shipped lists, then those of the lists in ``folder`` (of an index).

    Raises WordListError, which names file and line.
    """
    groups: list[Group] = []
    for kind, name in _FILES.items():
        groups += (_group(kind, row) for row in read_rows(name))
        if folder is not None:
            groups += _of_owner(kind, folder / name)
    return groups


def _of_owner(kind: NoteKind, path: Path) -> Iterator[Group]:
    for number, row in enumerate(_lines(path), 1):
        if not row.strip() or row.startswith("#"):
            continue
        group = _group(kind, row.split("\t"))
        if len(group.members) < 2:
            wanted = (
                "an acronym, a tab and what it stands for"
                if kind is NoteKind.ACRONYM
                else "two or more synonyms with commas between them"
            )
            raise WordListError(f"Line {number} of {path} must hold {wanted}.")
        yield group


def _lines(path: Path) -> Iterable[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise WordListError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise WordListError(f"{path} cannot be read: {error.strerror}.") from None
    if len(lines) > MAX_ROWS:
        raise WordListError(f"{path} has more than {MAX_ROWS:,} lines; shorten it.")
    return lines


def _group(kind: NoteKind, row: list[str]) -> Group:
    cells = row[:2] if kind is NoteKind.ACRONYM else row[0].split(",")
    members = (normalize_text(cell).strip() for cell in cells)
    return Group(kind, tuple(dict.fromkeys(member for member in members if member)))
