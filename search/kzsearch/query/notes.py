"""What a search tells of how it read a query, and how to take a reading back.

A reading that is not shown surprises, and one that cannot be undone angers: so each leaves
a note, and each note holds the query that searches without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kzsearch.query.tables import field_names

__all__ = ["Note", "NoteKind", "undo_as", "undo_exactly", "undo_in_quotes"]


_NEEDS_NO_QUOTES = re.compile(r"[^\s()«»“”„=]+")


class NoteKind(StrEnum):
    """What a query was read as, beside or instead of its words."""

    DATE = "date"  # өткен апта: articles of those days
    NUMBER = "number"  # он бес: 15
    ACRONYM = "acronym"  # ҚР: Қазақстан Республикасы, and back
    SYNONYM = "synonym"  # ұшақ: әуе кемесі
    SCRIPT = "script"  # Qazaqstan: қазақстан
    KEYBOARD = "keyboard"  # 0fpf0cnfy: қазақстан
    LETTERS = "letters"  # казакстан: қазақстан
    TYPO = "typo"  # қазақстна: қазақстан
    TRANSLATION = "translation"  # выборы: сайлау
    NAME = "name"  # орал: the name Орал and forms of the verb
    PHRASE = "phrase"  # "екі ел" in a headline, found nowhere: екі, ел


@dataclass(frozen=True, slots=True)
class Note:
    """One reading of a part of a query.

    typed: the part as typed.
    meant: what is searched for, for people; the days of a date are ISO 8601, both included.
    undo: the query to type to search without this reading, but with all others.
    """

    kind: NoteKind
    typed: str
    meant: str
    undo: str


def undo_in_quotes(text: str, start: int, end: int) -> str:
    """The query with ``text[start:end]`` in quotes: all its forms are found, nothing else."""
    return _replaced(text, start, end, f'"{text[start:end]}"')


def undo_exactly(text: str, start: int, end: int) -> str:
    """The query with ``text[start:end]`` searched as written, letter by letter."""
    typed = text[start:end].strip('"«»“”„').replace('"', "")
    quoted = not _NEEDS_NO_QUOTES.fullmatch(typed)
    return _replaced(text, start, end, f'="{typed}"' if quoted else f"={typed}")


def undo_as(text: str, start: int, end: int, word: str) -> str:
    """The query with ``text[start:end]`` written otherwise."""
    return f"{text[:start]}{word}{text[end:]}"


def _replaced(text: str, start: int, end: int, new: str) -> str:
    """The text with a part replaced by an operator, which must begin a word and end one."""
    before, after = text[:start], text[end:]
    left = "" if _operator_place().search(before) else " "
    right = "" if not after or after[0].isspace() or after[0] == ")" else " "
    return f"{before}{left}{new}{right}{after}"


@cache
def _operator_place() -> re.Pattern[str]:
    """Text behind which an operator may stand: a space, a bracket, a minus, a field's name."""
    fields = "|".join(map(re.escape, field_names()))
    return re.compile(rf"(?:\A|[\s(])-?(?:(?i:{fields}):)?\Z")
