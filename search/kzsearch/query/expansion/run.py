"""Plain words side by side in a query, as the expanders of this package see them.

The analyzer gives a compound (``29-қыркүйек``) as one slot with its parts beside it. A
expander wants to see the parts, one after the other (*atoms*), and to answer for whole slots.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kzsearch.morphology import Term
from kzsearch.query.tokens import Slot, divide, slots

__all__ = ["Atom", "Run", "run_of"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One word of a run: a whole slot or a part of one."""

    term: Term
    slot: int

    @property
    def forms(self) -> frozenset[str]:
        """The word as written and its stems."""
        return frozenset((self.term.surface, *self.term.stems))


@dataclass(frozen=True, slots=True)
class Run:
    """Slots of plain words that follow each other with no operator between."""

    slots: Sequence[Slot]
    atoms: tuple[Atom, ...] = field(init=False)

    def __post_init__(self) -> None:
        atoms = (
            Atom(term, number)
            for number, slot in enumerate(self.slots)
            for term in (divide(slot)[1] or slot[:1])
        )
        object.__setattr__(self, "atoms", tuple(atoms))

    def slots_of(self, first: int, end: int) -> tuple[int, int] | None:
        """The slots of ``atoms[first:end]``; None where they begin or end inside of a slot."""
        begin, last = self.atoms[first].slot, self.atoms[end - 1].slot
        splits_left = first > 0 and self.atoms[first - 1].slot == begin
        splits_right = end < len(self.atoms) and self.atoms[end].slot == last
        return None if splits_left or splits_right else (begin, last + 1)

    def after(self, slot: int) -> int:
        """The first atom at or behind a slot."""
        return bisect_left(self.atoms, slot, key=lambda atom: atom.slot)

    def part(self, first: int, end: int) -> Run:
        """The run of some of the slots."""
        return Run(self.slots[first:end])


def run_of(terms: Iterable[Term]) -> Run:
    """The run of a text that is nothing but words."""
    return Run(slots(terms))
