"""From misspelt words to queries: what is searched for at once, and «did you mean …?»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kzsearch.query.normalization.repaired import RepairedQuery
from kzsearch.query.normalization.rewriting import Edit
from kzsearch.query.notes import Note, NoteKind, undo_exactly
from kzsearch.query.spelling.misspelling import Misspelling, misspellings
from kzsearch.query.spelling.speller import Speller

__all__ = ["Change", "Suggestion", "spelled"]


MOST_WORDS = 16
"""Words of a query that is offered corrected: a pasted text finds enough as it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """A word of a query, as typed, and the one that was meant."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """«Did you mean …?»

    query: the whole query as it may have been meant, to be searched for if the reader says so.
    changes: the words in which it differs from what was typed, in order; at least one.
    """

    query: str
    changes: tuple[Change, ...]


def spelled(
    query: RepairedQuery, speller: Speller, *, exact: bool
) -> tuple[RepairedQuery, Suggestion | None]:
    """A query with its surely misspelt words corrected, and what else may have been meant.

    exact: correct nothing unasked.
    """
    found = misspellings(query.text, speller)
    if not found:
        return query, None
    in_doubt = exact or not all(word.unasked for word in found)
    is_offered = in_doubt and len(query.typed.split()) <= MOST_WORDS
    suggestion = _suggested(query, found) if is_offered else None
    return query if exact else _corrected(query, found), suggestion


def _corrected(query: RepairedQuery, found: Sequence[Misspelling]) -> RepairedQuery:
    """A query with the words in it corrected that need no asking, each with its note."""
    unasked = [word for word in found if word.unasked]
    edits = [Edit(word.start, word.end, word.meant) for word in unasked]
    return replace(
        query,
        rewritten=query.rewritten.rewritten(edits),
        also={
            (start + _shift(edits, start), end + _shift(edits, start)): words
            for (start, end), words in query.also.items()
        },
        notes=(*query.notes, *(_note(query, word) for word in unasked)),
    )


def _suggested(query: RepairedQuery, found: Sequence[Misspelling]) -> Suggestion:
    """A query with all of its misspelt words corrected."""
    text = query.typed
    changes = []
    for word in reversed(found):
        start, end = query.rewritten.span(word.start, word.end)
        changes.append(Change(query.typed[start:end], word.meant))
        text = text[:start] + word.meant + text[end:]
    return Suggestion(text, tuple(reversed(changes)))


def _note(query: RepairedQuery, word: Misspelling) -> Note:
    start, end = query.rewritten.span(word.start, word.end)
    undo = undo_exactly(query.typed, start, end)
    return Note(NoteKind.TYPO, query.typed[start:end], word.meant, undo)


def _shift(edits: Sequence[Edit], place: int) -> int:
    """How far edits before a place move it."""
    return sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= place)
