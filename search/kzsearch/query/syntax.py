"""The shape of a typed query: which characters are words and which are operators.

Nothing here looks inside a word, so nothing here can fail: every string has a shape,
and what is no operator is a word. One pass, one regular expression without nested
repeats, so the time is linear in the length of the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from kzsearch.dates import parse_days, parse_period
from kzsearch.query.tables import Operator, field_names, or_words

__all__ = [
    "MAX_DEPTH",
    "MIN_PREFIX",
    "Either",
    "Fielded",
    "Group",
    "Leaf",
    "LeafKind",
    "Negated",
    "Syntax",
    "parse_syntax",
    "without_stray_quotes",
    "word_leaves",
]

MAX_DEPTH = 8
"""Brackets nested deeper than this are ignored."""

MIN_PREFIX = 2
"""A star after fewer characters than this is ignored: it would mean nearly every word."""

_QUOTES = frozenset('"«»“”„')

_ENDING = r"(?:[а-яёәғқңөұүһі]|[a-zß-öø-ÿğıńñşūǵŋ]|[\u0620-\u064a]){1,8}"
"""A case ending behind quotation marks, in any script: «Қайрат»-тың, «Qaırat»-tyń."""

_DATE_PARSERS = {
    Operator.DATE: parse_days,
    Operator.AFTER: parse_period,
    Operator.BEFORE: parse_period,
}


class LeafKind(Enum):
    """How the words of a leaf are to be taken."""

    WORDS = auto()  # сенат
    PREFIX = auto()  # мектеп*, the star outside the leaf
    PHRASE = auto()  # "екі ел": the reader asks for a phrase
    NAME = auto()  # «Нұрлы жер», “екі ел”: typography, a phrase or a name in a pasted headline
    EXACT = auto()  # =ұшақтың, ="әуе кемесі": in this form only
    EXACT_PREFIX = auto()  # =ұшақт*: what begins so, in these letters only


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch ``text[start:end]`` of the query that holds words, operators cut off."""

    start: int
    end: int
    kind: LeafKind


@dataclass(frozen=True, slots=True)
class Fielded:
    """``field:part``."""

    field: Operator
    part: Syntax


@dataclass(frozen=True, slots=True)
class Negated:
    """``-part``."""

    part: Syntax


@dataclass(frozen=True, slots=True)
class Either:
    """``part OR part OR …``."""

    parts: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts side by side: the whole query, or what stands in brackets."""

    parts: tuple[Syntax, ...]


Syntax = Leaf | Fielded | Negated | Either | Group


def parse_syntax(text: str) -> Group:
    """The shape of a query. Never raises."""
    return _Reader(text).group(depth=0)


def word_leaves(syntax: Syntax) -> Iterator[Leaf]:
    """The leaves that hold words to analyse (no source, no date), in the order of the query."""
    match syntax:
        case Leaf():
            yield syntax
        case Fielded(field, part):
            if field is Operator.TITLE:
                yield from word_leaves(part)
        case Negated(part):
            yield from word_leaves(part)
        case Either(parts) | Group(parts):
            for part in parts:
                yield from word_leaves(part)


def without_stray_quotes(text: str, syntax: Syntax) -> str:
    """The text with a space for each quotation mark that quotes nothing: ``15" экран``.

    Put into quotes, a word behind such a mark would stand outside of them.
    """
    quoting = {
        place
        for leaf in _leaves(syntax)
        if leaf.kind in (LeafKind.PHRASE, LeafKind.NAME, LeafKind.EXACT)
        for place in (leaf.start - 1, leaf.end)
    }
    return "".join(
        " " if character in _QUOTES and place not in quoting else character
        for place, character in enumerate(text)
    )


def _leaves(syntax: Syntax) -> Iterator[Leaf]:
    match syntax:
        case Leaf():
            yield syntax
        case Fielded(_, part) | Negated(part):
            yield from _leaves(part)
        case Either(parts) | Group(parts):
            for part in parts:
                yield from _leaves(part)


@cache
def _lexeme() -> re.Pattern[str]:
    """One lexeme of a query.

    An operator must begin a word (``ел-жұрт`` is no negation), so ``lead`` takes part, if
    only with the empty string, where white space or a bracket comes before. A quotation
    may carry a case ending behind a hyphen (``«Қайрат»-тың``): the ending is no word.
    """
    fields = "|".join(map(re.escape, field_names()))
    return re.compile(
        rf"""
          (?P<close> \) )
        | (?P<lead> (?<![^\s(]) (?P<minus> -(?=[^\s\-)]) )? (?: (?P<field>(?i:{fields})) : )?
              (?P<exact> =(?=[^\s=()]) )? )?
          (?: (?P<open> \( )
          | (?: (?(lead) "(?P<straight>[^"]*)" | (?!) )
              | [“„] (?P<curly>[^“”„]*) [”“]
              | « (?P<name>[^«»]*) »
            ) (?: -{_ENDING} (?![\w-]) )?
          | (?P<words> [^\s()"«»“”„]+ )
          )
        """,
        re.VERBOSE,
    )


_LEAF_KINDS = {
    "straight": LeafKind.PHRASE,
    "curly": LeafKind.NAME,
    "name": LeafKind.NAME,
    "words": LeafKind.WORDS,
}


class _Reader:
    """Recursive descent over the lexemes, no deeper than MAX_DEPTH."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = list(_lexeme().finditer(text))
        self._next = 0

    def group(self, depth: int) -> Group:
        """Parts up to the closing bracket, or to the end of the text where it is missing."""
        chains: list[list[Syntax]] = []  # parts joined by OR
        joining = False
        while self._next < len(self._lexemes):
            lexeme = self._lexemes[self._next]
            self._next += 1
            if lexeme["close"]:
                if depth:
                    break
            elif not joining and chains and _is_or(lexeme) and self._operand_follows():
                joining = True
            elif part := self._operand(lexeme, depth):
                if joining:
                    chains[-1].append(part)
                else:
                    chains.append([part])
                joining = False
        return Group(tuple(c[0] if len(c) == 1 else Either(tuple(c)) for c in chains))

    def _operand_follows(self) -> bool:
        if self._next == len(self._lexemes):
            return False
        lexeme = self._lexemes[self._next]
        return not (lexeme["close"] or _is_or(lexeme))

    def _operand(self, lexeme: re.Match[str], depth: int) -> Syntax | None:
        field = field_names().get(lexeme["field"].lower()) if lexeme["field"] else None
        part: Syntax
        if not lexeme["open"]:
            part = self._leaf(lexeme, field)
        elif depth < MAX_DEPTH:
            part = self.group(depth + 1)
            if field and field not in _DATE_PARSERS:
                part = Fielded(field, part)
        else:
            return None
        return Negated(part) if lexeme["minus"] else part

    def _leaf(self, lexeme: re.Match[str], field: Operator | None) -> Syntax:
        name = lexeme.lastgroup or "words"
        start, end = lexeme.span(name)
        kind = LeafKind.EXACT if lexeme["exact"] else _LEAF_KINDS[name]
        if lexeme["field"] and not self._is_value(field, self._text[start:end]):
            return Leaf(lexeme.start("field"), lexeme.end(), LeafKind.WORDS)
        if name == "words":
            bare = len(self._text[start:end].rstrip("*"))
            if MIN_PREFIX <= bare < end - start:
                end = start + bare
                kind = LeafKind.EXACT_PREFIX if lexeme["exact"] else LeafKind.PREFIX
        leaf = Leaf(start, end, kind)
        return Fielded(field, leaf) if field else leaf

    def _is_value(self, field: Operator | None, value: str) -> bool:
        if field in _DATE_PARSERS:
            return _DATE_PARSERS[field](value.strip()) is not None
        return field is not None and bool(value.strip())


def _is_or(lexeme: re.Match[str]) -> bool:
    operators = lexeme["minus"] or lexeme["field"] or lexeme["exact"]
    return lexeme["words"] in or_words() and not operators
