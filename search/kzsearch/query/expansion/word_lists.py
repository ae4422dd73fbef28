"""The lists of equivalents: acronyms, synonyms, names in other alphabets, compounds.

kzsearch has its own, and the owner of an index may have acronyms and synonyms.

The owner's are kept with the index under the same names, so that they travel with the archive
they were written for. Their rows come beside the shipped ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kzsearch.engine.interface import OwnerList
from kzsearch.errors import WordListError
from kzsearch.query.notes import NoteKind
from kzsearch.query.tables import read_rows
from kzsearch.text import normalize_text

__all__ = ["MAX_ROWS", "Equivalents", "OwnerLists", "read_equivalents"]

MAX_ROWS = 10_000
"""Rows of one list of an index; more would be a dictionary, and slow every search down."""

_FILES = {NoteKind.ACRONYM: "acronyms.tsv", NoteKind.SYNONYM: "synonyms.tsv"}
_SHIPPED_ONLY = ("names.tsv", "compounds.tsv", "english.tsv")
_ONE_WAY = "english.tsv"


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Words or phrases that mean the same. Of an acronym's group, it is the first.

    is_one_way: only the first is searched for as the others.
    """

    kind: NoteKind
    members: tuple[str, ...]
    is_one_way: bool = False


OwnerLists = Callable[[str], OwnerList | None]
"""Gives the list of an index's owner by its name."""


def read_equivalents(owner: OwnerLists | None) -> list[Equivalents]:
    """The groups of the shipped lists, then those of the owner's lists.

    Raises WordListError, which names file and line.
    """
    groups: list[Equivalents] = []
    for kind, name in _FILES.items():
        groups += (_group(kind, row) for row in read_rows(name))
        if owner and (found := owner(name)):
            groups += _of_owner(kind, found)
    for name in _SHIPPED_ONLY:
        for row in read_rows(name):
            groups.append(replace(_group(NoteKind.SYNONYM, row), is_one_way=name == _ONE_WAY))
    return groups


def _of_owner(kind: NoteKind, found: OwnerList) -> Iterator[Equivalents]:
    if len(found.lines) > MAX_ROWS:
        raise WordListError(f"{found.location} has more than {MAX_ROWS:,} lines; shorten it.")
    for number, row in enumerate(found.lines, 1):
        if not row.strip() or row.startswith("#"):
            continue
        group = _group(kind, row.split("\t"))
        if len(group.members) < 2:
            wanted = (
                "an acronym, a tab and what it stands for"
                if kind is NoteKind.ACRONYM
                else "two or more synonyms with commas between them"
            )
            raise WordListError(f"Line {number} of {found.location} must hold {wanted}.")
        yield group


def _group(kind: NoteKind, row: Sequence[str]) -> Equivalents:
    cells = row[:2] if kind is NoteKind.ACRONYM else row[0].split(",")
    members = (normalize_text(cell).strip() for cell in cells)
    return Equivalents(kind, tuple(dict.fromkeys(member for member in members if member)))
