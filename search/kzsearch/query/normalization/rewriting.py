"""A text with parts of it replaced, every character knowing where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Edit", "Rewritten"]


@dataclass(frozen=True, slots=True)
class Edit:
    """``text`` is to stand for ``[start:end]``; neither is empty."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A rewritten text.

    starts, ends: for each character its half-open span in code points of the original; those
        of a replaced part all have the span of the whole part.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def unchanged(cls, text: str) -> Rewritten:
        """A text as it is."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a non-empty span of the text came from."""
        return self.starts[start], self.ends[end - 1]

    def rewritten(self, edits: Iterable[Edit]) -> Rewritten:
        """The text with edits made, which are in order and do not overlap."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for edit in edits:
            length = len(edit.text)
            start, end = self.span(edit.start, edit.end)
            pieces += self.text[done : edit.start], edit.text
            starts += [*self.starts[done : edit.start], *[start] * length]
            ends += [*self.ends[done : edit.start], *[end] * length]
            done = edit.end
        pieces.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return Rewritten("".join(pieces), starts, ends)
