"""What is told of the repairs of a query: a note for each stretch, with the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kzsearch.query.normalization.decisions import Repair
from kzsearch.query.notes import Note, NoteKind, undo_exactly
from kzsearch.query.syntax import Leaf, LeafKind
from kzsearch.text.scripts import Reason

__all__ = ["Stretch", "notes", "stretches"]

_RUN = re.compile(r"\S+")
_WORDS = re.compile(r"[^\W_](?:.*[^\W_])?")
_QUOTED = (LeafKind.PHRASE, LeafKind.NAME)
_KINDS = {
    Reason.LATIN: NoteKind.SCRIPT,
    Reason.ARABIC: NoteKind.SCRIPT,
    Reason.LETTERS: NoteKind.LETTERS,
    Reason.LAYOUT: NoteKind.KEYBOARD,
}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a query that is taken back as a whole.

    typed, undone: what was typed; what of it, with its quotation marks, an ``=`` replaces.
    joins: whether plain words of the same kind beside it share its note.
    """

    typed: Span
    undone: Span
    kind: NoteKind
    meant: str
    joins: bool

    @classmethod
    def of(cls, typed: Span, undone: Span, repairs: Sequence[Repair], text: str) -> Stretch:
        """The stretch of some repairs; ``text`` is what it reads after them."""
        near = [word for repair in repairs for word in repair.near]
        meant = ", ".join([text, *near])
        return cls(typed, undone, _KINDS[repairs[0].reason], meant, not near)


def stretches(leaf: Leaf, text: str, repairs: Sequence[Repair]) -> Iterator[Stretch]:
    """The stretches of a leaf: all of a quotation, else the runs that hold repairs.

    text: the query as typed. repairs: those of the leaf.
    """
    if leaf.kind in _QUOTED:
        spans = [(leaf.start, leaf.end)] if repairs else []
    else:
        spans = [run.span() for run in _RUN.finditer(text, leaf.start, leaf.end)]
    for start, end in spans:
        inside = [repair for repair in repairs if start <= repair.start < end]
        if not inside:
            continue
        if leaf.kind in _QUOTED:
            undone = (start - 1, end + 1)
        else:
            words = _WORDS.search(text, start, end)
            start, end = words.span() if words else (start, end)
            start, end = min(start, inside[0].start), max(end, inside[-1].end)
            stars = len(text[leaf.end :]) - len(text[leaf.end :].lstrip("*"))
            undone = (start, end + stars * (leaf.kind is LeafKind.PREFIX))
        meant = _repaired(text, start, end, inside)
        found = Stretch.of((start, end), undone, inside, meant)
        yield replace(found, joins=found.joins and leaf.kind is LeafKind.WORDS)


def _repaired(text: str, start: int, end: int, repairs: Iterable[Repair]) -> str:
    pieces: list[str] = []
    for repair in repairs:
        pieces += text[start : repair.start], repair.text
        start = repair.end
    return "".join((*pieces, text[start:end]))


def notes(typed: str, found: Iterable[Stretch]) -> Iterator[Note]:
    """The notes of stretches in order; words side by side that were repaired alike share one."""
    together: list[Stretch] = []
    for stretch in found:
        if together and not _joined(together[-1], stretch, typed):
            yield _note(typed, together)
            together = []
        together.append(stretch)
    if together:
        yield _note(typed, together)


def _joined(left: Stretch, right: Stretch, typed: str) -> bool:
    between = typed[left.typed[1] : right.typed[0]]
    return left.joins and right.joins and left.kind is right.kind and between.isspace()


def _note(typed: str, together: Sequence[Stretch]) -> Note:
    undo = typed
    for stretch in reversed(together):
        undo = undo_exactly(undo, *stretch.undone)
    start, end = together[0].typed[0], together[-1].typed[1]
    meant = " ".join(stretch.meant for stretch in together)
    return Note(together[0].kind, typed[start:end], meant, undo)
