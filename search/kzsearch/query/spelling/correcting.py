"""The third stage: misspelt words. What is searched for at once, and «did you mean …?»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kzsearch.morphology import Analyzer
from kzsearch.query.normalization.decisions import in_case
from kzsearch.query.notes import Note, NoteKind, undo_exactly
from kzsearch.query.spelling.speller import Speller
from kzsearch.query.syntax import Either, Fielded, Group, Leaf, LeafKind, Part, Syntax
from kzsearch.query.tables import Operator
from kzsearch.query.tokens import QueryToken, slots, within
from kzsearch.text import TokenKind

__all__ = ["Change", "Misspelling", "Suggestion", "corrected", "misspellings", "suggested", "told"]

MOST_WORDS = 16
"""Words of a query that is offered corrected: a pasted text finds enough as it is."""

_CORRECTED = (LeafKind.WORDS, LeafKind.PHRASE, LeafKind.NAME)
"""What may hold misspelt words: no beginnings of words, and nothing that is to be exact."""

_KINDS = (TokenKind.WORD, TokenKind.COMPOUND)


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


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A misspelt token of a query.

    number: which of the tokens it is.
    meant: the word meant, in the letter case of the one typed.
    unasked: whether to search for it at once; else it is only offered.
    """

    number: int
    meant: str
    unasked: bool


def misspellings(
    syntax: Syntax, tokens: Sequence[QueryToken], speller: Speller
) -> list[Misspelling]:
    """The misspelt words of a query, in order.

    Words to leave out are never corrected: nobody sees what is not found. Words in quotes are
    not corrected unasked. Where articles hold no word of the query, what is only likely is
    searched for at once, too: nobody need be asked whether to see something or nothing.
    """
    words = [
        (number, leaf.kind)
        for leaf in _leaves(syntax.root)
        if leaf.kind in _CORRECTED
        for number in range(*within(tokens, leaf.start, leaf.end))
        if tokens[number].slot[0].kind in _KINDS
    ]
    corrections = speller.corrections(tokens[number].slot[0].surface for number, _ in words)
    finds_nothing = any(found.best for found in corrections.values()) and not (
        any(found.sure for found in corrections.values())
        or any(
            speller.is_held(term.surface, term.stems)
            for token in tokens
            for term in token.slot
            if not token.is_minor
        )
    )
    return [
        Misspelling(
            number,
            _in_case(tokens[number].text, found.meant),
            (found.sure or (found.best and finds_nothing)) and kind is LeafKind.WORDS,
        )
        for number, kind in words
        if (found := corrections.get(tokens[number].slot[0].surface))
    ]


def corrected(
    tokens: Sequence[QueryToken], found: Sequence[Misspelling], analyzer: Analyzer
) -> tuple[QueryToken, ...]:
    """The tokens with the words meant in the place of misspelt ones."""
    meant = {word.number: word.meant for word in found}
    return tuple(
        _read_as(token, meant[number], analyzer) if number in meant else token
        for number, token in enumerate(tokens)
    )


def told(typed: str, tokens: Sequence[QueryToken], found: Sequence[Misspelling]) -> Iterator[Note]:
    """A note for each correction."""
    for word in found:
        start, end = tokens[word.number].start, tokens[word.number].end
        undo = undo_exactly(typed, start, end)
        yield Note(NoteKind.TYPO, typed[start:end], word.meant, undo)


def suggested(
    typed: str, tokens: Sequence[QueryToken], found: Sequence[Misspelling]
) -> Suggestion | None:
    """The query with all of its misspelt words corrected; None for a pasted text."""
    if len(typed.split()) > MOST_WORDS:
        return None
    pieces: list[str] = []
    changes = []
    done = 0
    for word in found:
        token = tokens[word.number]
        changes.append(Change(typed[token.start : token.end], word.meant))
        pieces += typed[done : token.start], word.meant
        done = token.end
    return Suggestion("".join((*pieces, typed[done:])), tuple(changes))


def _read_as(token: QueryToken, meant: str, analyzer: Analyzer) -> QueryToken:
    return replace(token, text=meant, slot=slots(analyzer.analyze(meant, query=True))[0])


def _leaves(part: Part) -> Iterator[Leaf]:
    """The leaves that say what is to be found in texts."""
    match part:
        case Leaf():
            yield part
        case Fielded(Operator.TITLE, inner):
            yield from _leaves(inner)
        case Either(parts) | Group(parts):
            for inner in parts:
                yield from _leaves(inner)


def _in_case(typed: str, meant: str) -> str:
    """A folded word with the capitals of the one typed, in each part of a compound."""
    parts = typed.split("-"), meant.split("-")
    if len(parts[0]) != len(parts[1]):
        return in_case(typed, meant)
    return "-".join(map(in_case, *parts))
