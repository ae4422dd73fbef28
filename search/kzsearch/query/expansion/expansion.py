"""What a reader finds in plain words, and the choice between readings that overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from kzsearch.engine.nodes import All, Any, Node, Phrase, TextField, Word
from kzsearch.query.expansion.run import Run
from kzsearch.query.notes import NoteKind

__all__ = ["SAME_MEANING", "Reader", "Reading", "disjoint", "weighted"]

SAME_MEANING = 0.1
"""Weight of other words of the same meaning, so that the words typed come first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Slots ``first`` to ``end`` of a run may also be meant as something else.

    meant: for people.
    ways: what to search for beside the words as typed, any of them.
    instead: the ways hold the words typed too, which are not searched for beside them.
    """

    first: int
    end: int
    kind: NoteKind
    meant: str
    ways: tuple[Node, ...]
    instead: bool = False


class Reader(Protocol):
    """Finds readings of one kind. Safe for many threads; never raises."""

    def read(self, run: Run, field: TextField | None) -> Iterable[Reading]:
        """The readings of a run, its words looked for in ``field``."""
        ...


def disjoint(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings that share no slot, in order; of those that do, the longest, then the first.

    A stable choice: of two readings of the same slots the one that was found first stays.
    """
    taken: set[int] = set()
    chosen = []
    for reading in sorted(readings, key=lambda reading: reading.first - reading.end):
        span = range(reading.first, reading.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(reading)
    return iter(sorted(chosen, key=lambda reading: reading.first))


def weighted(node: Node, weight: float) -> Node:
    """The node with its words and phrases counting for ``weight``."""
    match node:
        case Word() | Phrase():
            return replace(node, weight=weight)
        case All(parts):
            return All(tuple(weighted(part, weight) for part in parts))
        case Any(parts):
            return Any(tuple(weighted(part, weight) for part in parts))
        case _:
            return node
