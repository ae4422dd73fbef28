"""The words of a title as completions need them: as written, and where a phrase may break off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntFlag
from functools import cache
from itertools import groupby
from operator import attrgetter
from pkgutil import get_data
from typing import NamedTuple

from kzsearch.morphology import Term
from kzsearch.text import TokenKind, fold, normalize_text

__all__ = ["Edge", "TitleWord", "edge_words", "title_words"]


class Edge(IntFlag):
    """Which end of a phrase a word may stand at."""

    BEGIN = 1
    END = 2


class TitleWord(NamedTuple):
    """A word of a title, for completions.

    written, surface: as written, and in small letters; of the same length.
    stem: what forms of a word have in common.
    edges: whether a phrase may begin and end with the word.
    follows: nothing but blanks parts it from the word before.
    """

    written: str
    surface: str
    stem: str
    edges: Edge
    follows: bool


_OFFERED = frozenset((TokenKind.WORD, TokenKind.ACRONYM, TokenKind.COMPOUND, TokenKind.NUMBER))
"""Kinds of words that are worth offering; addresses, signs and hashtags break a phrase."""

_BOTH = Edge.BEGIN | Edge.END

_FORBIDDEN = {"begin": Edge.BEGIN, "end": Edge.END, "both": _BOTH}


def title_words(title: str, terms: Iterable[Term]) -> list[TitleWord]:
    """The words of a title in order, a compound as one word.

    terms: the analysed title. A word follows the one before only across blanks: a phrase never
    reaches over a comma, a dash or a quotation mark.
    """
    words: list[TitleWord] = []
    end = 0
    for _, (term, *_parts) in groupby(terms, key=attrgetter("position")):
        if term.kind in _OFFERED:
            follows = bool(words) and title[end : term.start].isspace()
            written = _written(title[term.start : term.end], term.surface)
            words.append(TitleWord(written, term.surface, term.stems[0], _edges(term), follows))
            end = term.end
    return words


def _written(original: str, surface: str) -> str:
    """The word as written; of a word in another script its surface, with the same capital."""
    written = normalize_text(original)
    if fold(written) == surface:
        return written
    return surface[0].upper() + surface[1:] if written[:1].isupper() else surface


def _edges(term: Term) -> Edge:
    if term.kind is not TokenKind.NUMBER and term.surface not in _forbidden():
        return _BOTH
    edges = _BOTH
    if term.kind is TokenKind.NUMBER:
        edges &= ~Edge.END  # «тұмаудың 410» is broken off before what was counted
    return edges & ~_forbidden().get(term.surface, Edge(0))


def edge_words() -> Iterator[list[str]]:
    """The rows of ``data/edges.tsv``: word, edge it cannot stand at, class, example."""
    text = (get_data("kzsearch.engine", "data/edges.tsv") or b"").decode("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _forbidden() -> Mapping[str, Edge]:
    return {word: _FORBIDDEN[edge] for word, edge, _class, _example in edge_words()}
