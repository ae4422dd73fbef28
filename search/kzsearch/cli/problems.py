"""What is said while files are read: each loss in full, warnings of one kind a few times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from kzsearch.cli.failures import Skipped
from kzsearch.cli.wording import counted
from kzsearch.documents import Problem

__all__ = ["ProblemReport"]

_SAID = 3
"""Warnings of a kind that are said one by one; after that they are only counted."""

_COUNTED = {
    "record": ("record skipped", "records skipped"),
    "file": ("file skipped", "files skipped"),
    "id": ("article replaced by another with its id", "articles replaced by others with their ids"),
    "identity": ("file whose ids are kept apart", "files whose ids are kept apart"),
    "repair": ("text repaired", "texts repaired"),
    "letters": ("text with lost letters", "texts with lost letters"),
    "category": ("category left out", "categories left out"),
}


class ProblemReport:
    """Takes the problems of a run, says them, and sums them up."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._kinds: Counter[str] = Counter()
        self._lost = 0

    def __call__(self, problem: Problem) -> None:
        """Take a problem."""
        self._kinds[problem.kind] += 1
        self._lost += problem.lost
        if problem.lost or self._kinds[problem.kind] <= _SAID:
            self._say(str(problem))
        elif self._kinds[problem.kind] == _SAID + 1:
            self._say(f"… more of this kind ({problem.kind}) are only counted")

    def lines(self) -> list[str]:
        """How many there were of each kind, as «12 dates left out»; empty if there were none."""
        return [
            counted(count, *_COUNTED.get(kind, (f"{kind} left out", f"{kind}s left out")))
            for kind, count in sorted(self._kinds.items())
        ]

    @property
    def warned(self) -> bool:
        """Whether there were problems that cost no article."""
        return sum(self._kinds.values()) > self._lost

    def check(self, kept: str) -> None:
        """Raises Skipped, which says what was ``kept``, if anything was lost."""
        if self._lost:
            raise Skipped(
                f"{counted(self._lost, 'record or file', 'records or files')} skipped, for the "
                f"reasons above; {kept}."
            )
