"""What is said about a file or record that could not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["OnProblem", "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was skipped.

    path: the file as the user named it or as it was found; ``standard input`` for ``-``.
    line: where in the file, counted from 1; None when it concerns the whole file.
    message: one clause without a full stop.
    """

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


OnProblem = Callable[[Problem], None]
"""Called once for every record or file that is skipped."""
