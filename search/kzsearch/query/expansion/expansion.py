"""The stage that gives tokens their alternatives: what plain words may be besides themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from kzsearch.engine.nodes import TextField
from kzsearch.query.expansion.run import Run
from kzsearch.query.notes import Note, NoteKind, undo_in_quotes
from kzsearch.query.syntax import Row
from kzsearch.query.tokens import Alternative, QueryToken, within

__all__ = ["MAX_EXPANSIONS", "SAME_MEANING", "Expander", "Expansion", "expand", "merged"]

SAME_MEANING = 0.2
"""Weight of other words of the same meaning, so that the words typed come first."""

MAX_EXPANSIONS = 8
"""Expansions and dates of one query; a table pasted into the box is no search for each of its
numbers."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Slots ``first`` to ``end`` of a run may also be something else.

    meant: for people.
    alternatives: what to search for beside the words as typed, any of them.
    is_replaced: the alternatives hold the words typed too, which are not searched for beside them.
    """

    first: int
    end: int
    kind: NoteKind
    meant: str
    alternatives: tuple[Alternative, ...]
    is_replaced: bool = False


class Expander(Protocol):
    """Finds expansions of one kind. Safe for many threads; never raises."""

    def expansions(self, run: Run, field: TextField | None) -> Iterable[Expansion]:
        """The expansions of a run, its words looked for in ``field``."""
        ...


def expand(
    typed: str, tokens: Sequence[QueryToken], rows: Iterable[Row], expanders: Sequence[Expander]
) -> tuple[QueryToken, ...]:
    """The tokens with their alternatives, words that have some together as one token.

    typed: the query. rows: its plain words; nothing else is expanded.
    """
    room = MAX_EXPANSIONS - sum(token.days is not None for token in tokens)
    found: list[QueryToken] = []
    done = 0
    for row in rows:
        first, end = within(tokens, *row.span)
        found += tokens[done:first]
        field = TextField.TITLE if row.in_title else None
        for part in _parted(tokens[first:end]):
            if part[0].days:
                words = _expanded(typed, part[0].words, field, expanders, MAX_EXPANSIONS)
                found.append(replace(part[0], words=tuple(words)))
                continue
            expanded = _expanded(typed, part, field, expanders, room)
            room -= sum(token.note is not None for token in expanded)
            found += expanded
        done = end
    return (*found, *tokens[done:])


def _parted(tokens: Sequence[QueryToken]) -> Iterator[Sequence[QueryToken]]:
    """Dates by themselves, the other tokens side by side together."""
    done = 0
    for place, token in enumerate(tokens):
        if token.days:
            if done < place:
                yield tokens[done:place]
            yield tokens[place : place + 1]
            done = place + 1
    if done < len(tokens):
        yield tokens[done:]


def _expanded(
    typed: str,
    tokens: Sequence[QueryToken],
    field: TextField | None,
    expanders: Sequence[Expander],
    room: int,
) -> list[QueryToken]:
    run = Run([token.slot for token in tokens])
    every = (each for expander in expanders for each in expander.expansions(run, field))
    found: list[QueryToken] = []
    done = 0
    for each in islice(_disjoint(every), max(room, 0)):
        found += tokens[done : each.first]
        token = merged(typed, tokens[each.first : each.end], each.kind, each.meant)
        found.append(replace(token, alternatives=each.alternatives, is_replaced=each.is_replaced))
        done = each.end
    return [*found, *tokens[done:]]


def merged(typed: str, tokens: Sequence[QueryToken], kind: NoteKind, meant: str) -> QueryToken:
    """Tokens side by side as one, with a note that says what they are read as."""
    start, end = tokens[0].start, tokens[-1].end
    note = Note(kind, typed[start:end], meant, undo_in_quotes(typed, start, end))
    if len(tokens) == 1:
        return replace(tokens[0], note=note)
    return QueryToken(typed[start:end], start, end, words=tuple(tokens), note=note)


def _disjoint(expansions: Iterable[Expansion]) -> Iterator[Expansion]:
    """The expansions that share no slot, in order; of those that do, the longest, then the first.

    A stable choice: of two of the same slots the one that was found first stays.
    """
    taken: set[int] = set()
    chosen = []
    for each in sorted(expansions, key=lambda each: each.first - each.end):
        span = range(each.first, each.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(each)
    return iter(sorted(chosen, key=lambda each: each.first))
