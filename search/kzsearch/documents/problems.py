"""What is said about a file, record or field that could not be taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["OnProblem", "Problem", "Warn"]

_LOSSES = frozenset({"record", "file", "id"})
_NOTES = frozenset({"repair", "letters"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was skipped, left out or is to be looked at.

    path: the file as the user named it or as it was found, ``news.zip/a.txt`` for a file in an
        archive, ``standard input`` for ``-``; empty in what a reader gives, which does not know.
    line: where in the file, counted from 1; None when it concerns the whole file.
    message: one clause without a full stop.
    kind: what it is about, for counting: ``record`` or ``file`` (skipped), ``id`` (an article
        replaced another of the same run), ``repair`` or ``letters`` (of a broken text), else the
        field that was left out, such as ``date``.
    """

    path: str
    line: int | None
    message: str
    kind: str = "record"

    @property
    def lost(self) -> bool:
        """Whether an article is missing for it; else only a field of one, or nothing."""
        return self.kind in _LOSSES

    @property
    def is_note(self) -> bool:
        """Whether nothing was left out: a broken text was repaired, or came with letters lost."""
        return self.kind in _NOTES

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


OnProblem = Callable[[Problem], None]
"""Called once for everything that is skipped or left out."""

Warn = Callable[[str, str], None]
"""Called with the kind and the message of a problem that costs no article."""
