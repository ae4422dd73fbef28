"""A query after its repairs, that still knows what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kzsearch.morphology import Term
from kzsearch.query.normalization.rewriting import Rewritten
from kzsearch.query.notes import Note, NoteKind, undo_in_quotes

__all__ = ["RepairedQuery"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RepairedQuery:
    """What is searched for instead of what was typed.

    typed: the query as typed.
    rewritten: the query to parse, with its places in ``typed``.
    also: folded words that are searched for together with the word at a span of ``text``.
    notes: what was repaired, in the order of the query.
    """

    typed: str
    rewritten: Rewritten
    also: Mapping[Span, Sequence[str]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @classmethod
    def as_typed(cls, text: str) -> RepairedQuery:
        """A query that needs no repair."""
        return cls(text, Rewritten.unchanged(text))

    @property
    def text(self) -> str:
        """The query to parse."""
        return self.rewritten.text

    def note(self, kind: NoteKind, start: int, end: int, meant: str) -> Note:
        """The note of a reading of ``text[start:end]``, undone by quotes in what was typed."""
        start, end = self.rewritten.span(start, end)
        undo = undo_in_quotes(self.typed, start, end)
        return Note(kind, self.typed[start:end], meant, undo)

    def widened(self, term: Term, stems: Callable[[str], tuple[str, ...]]) -> Term:
        """A term of ``text`` with the stems of what else is searched for together with it."""
        also = self.also.get((term.start, term.end), ())
        more = (stem for word in also for stem in stems(word))
        return replace(term, stems=tuple(dict.fromkeys((*term.stems, *more)))) if also else term
