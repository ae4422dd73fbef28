"""The misspelt words of a query, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kzsearch.query.normalization.decisions import in_case
from kzsearch.query.spelling.speller import Speller
from kzsearch.query.syntax import (
    Either,
    Fielded,
    Group,
    Leaf,
    LeafKind,
    Negated,
    Syntax,
    parse_syntax,
)
from kzsearch.query.tables import Operator
from kzsearch.text import Token, TokenKind, fold, tokenize

__all__ = ["Misspelling", "misspellings"]

_CORRECTED = (LeafKind.WORDS, LeafKind.PHRASE, LeafKind.NAME)
"""What may hold misspelt words: no beginnings of words, and nothing that is to be exact."""

_KINDS = (TokenKind.WORD, TokenKind.COMPOUND)


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A misspelt word ``text[start:end]`` of a query.

    meant: the word meant, in the letter case of the one typed.
    unasked: whether to search for it at once; else it is only offered.
    """

    start: int
    end: int
    meant: str
    unasked: bool


def misspellings(text: str, speller: Speller) -> list[Misspelling]:
    """The misspelt words of a query, in order.

    Words to leave out are never corrected: nobody sees what is not found. Words in quotes are
    not corrected unasked.
    """
    leaves = [leaf for leaf in _leaves(parse_syntax(text)) if leaf.kind in _CORRECTED]
    words = [(token, leaf.kind) for leaf in leaves for token in _words(text, leaf)]
    corrections = speller.corrections(fold(token.text) for token, _ in words)
    return [
        Misspelling(
            token.start,
            token.end,
            _in_case(token.text, found.meant),
            found.sure and kind is LeafKind.WORDS,
        )
        for token, kind in words
        if (found := corrections.get(fold(token.text)))
    ]


def _leaves(syntax: Syntax) -> Iterator[Leaf]:
    """The leaves that say what is to be found in texts."""
    match syntax:
        case Leaf():
            yield syntax
        case Fielded(Operator.TITLE, part):
            yield from _leaves(part)
        case Either(parts) | Group(parts):
            for part in parts:
                yield from _leaves(part)
        case Fielded() | Negated():
            return


def _words(text: str, leaf: Leaf) -> Iterator[Token]:
    """The words of a leaf, compounds whole, with their places in ``text``."""
    done = 0
    for token in tokenize(text[leaf.start : leaf.end]):
        if token.start >= done and token.kind in _KINDS:
            yield token._replace(start=leaf.start + token.start, end=leaf.start + token.end)
        done = max(done, token.end)


def _in_case(typed: str, meant: str) -> str:
    """A folded word with the capitals of the one typed, in each part of a compound."""
    parts = typed.split("-"), meant.split("-")
    if len(parts[0]) != len(parts[1]):
        return in_case(typed, meant)
    return "-".join(map(in_case, *parts))
