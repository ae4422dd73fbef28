"""The first stage: which characters of a typed query are words and which are operators.

Nothing here looks inside a word, so nothing here can fail: every string has a syntax,
and what is no operator is a word. One pass, one regular expression without nested
repeats, so the time is linear in the length of the query. Every query is parsed here once; the
stages behind look up their words by the spans of the leaves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
    "Part",
    "Row",
    "Syntax",
    "parse_syntax",
    "plain_rows",
    "quotations",
    "rows",
    "word_leaves",
]

MAX_DEPTH = 8
"""Brackets nested deeper than this are ignored."""

MIN_PREFIX = 2
"""A star after fewer characters than this is ignored: it would mean nearly every word."""

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
    part: Part


@dataclass(frozen=True, slots=True)
class Negated:
    """``-part``."""

    part: Part


@dataclass(frozen=True, slots=True)
class Either:
    """``part OR part OR …``."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts side by side: the whole query, or what stands in brackets."""

    parts: tuple[Part, ...]


Part = Leaf | Fielded | Negated | Either | Group


@dataclass(frozen=True, slots=True)
class Syntax:
    """A parsed query.

    text: as typed, with a space for each quotation mark that quotes nothing (``15" экран``). Put
        into quotes, a word behind such a mark would stand outside of them.
    root: its parts; their spans are those of ``text`` and of the query as typed.
    """

    text: str
    root: Group


@dataclass(frozen=True, slots=True)
class Row:
    """Plain words side by side, which are read together.

    in_title: whether ``title:`` stands before them.
    is_top: whether they are no part of an alternative or a field: they may be given up.
    """

    leaves: tuple[Leaf, ...]
    in_title: bool
    is_top: bool

    @property
    def span(self) -> tuple[int, int]:
        """From the first word to the last."""
        return self.leaves[0].start, self.leaves[-1].end


def parse_syntax(text: str, letters_of: Callable[[str], int] = lambda _run: 0) -> Syntax:
    """The syntax of a query. Never raises.

    letters_of: how many characters of a run without white space, from its beginning, are letters
        although some would be operators: ``)fpf0cnfy`` typed for Қазақстан on another layout.
        It is asked only of runs that hold an operator and do not begin with ``=``.
    """
    text, lexemes = _lexemes(text, letters_of)
    return Syntax(text, _Reader(text, lexemes).group(depth=0))


def word_leaves(part: Part) -> Iterator[Leaf]:
    """The leaves that hold words to analyse (no source, no date), in the order of the query."""
    match part:
        case Leaf():
            yield part
        case Fielded(field, inner):
            if field is Operator.TITLE:
                yield from word_leaves(inner)
        case Negated(inner):
            yield from word_leaves(inner)
        case Either(parts) | Group(parts):
            for inner in parts:
                yield from word_leaves(inner)


def rows(parts: Iterable[Part]) -> Iterator[tuple[Part, ...]]:
    """Parts with plain words side by side put together; any other part by itself."""
    words: list[Part] = []
    for part in parts:
        if isinstance(part, Leaf) and part.kind is LeafKind.WORDS:
            words.append(part)
            continue
        if words:
            yield tuple(words)
        yield (part,)
        words = []
    if words:
        yield tuple(words)


def quotations(part: Part) -> Iterator[Leaf]:
    """The phrases in straight quotes beside the plain words of a query, in order."""
    match part:
        case Leaf(kind=LeafKind.PHRASE):
            yield part
        case Group(parts):
            for inner in parts:
                yield from quotations(inner)


def plain_rows(part: Part, *, in_title: bool = False, is_top: bool = True) -> Iterator[Row]:
    """The plain words of a query, in order; those that are left out by a minus are none."""
    match part:
        case Group(parts):
            for row in rows(parts):
                leaves = tuple(leaf for leaf in row if isinstance(leaf, Leaf))
                if leaves and leaves[0].kind is LeafKind.WORDS:
                    yield Row(leaves, in_title, is_top)
                elif not leaves:
                    yield from plain_rows(row[0], in_title=in_title, is_top=is_top)
        case Either(parts):
            for inner in parts:
                yield from plain_rows(Group((inner,)), in_title=in_title, is_top=False)
        case Fielded(Operator.TITLE, inner):
            yield from plain_rows(Group((inner,)), in_title=True, is_top=False)


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


_Lexeme = re.Match[str] | Leaf
"""What the expression found, or a run of letters that no operator is looked for in."""

_RUN = re.compile(r"\S+")
_OPERATOR = re.compile(r'^[-=]|[()"«»“”„:*]')


def _lexemes(text: str, letters_of: Callable[[str], int]) -> tuple[str, list[_Lexeme]]:
    """The lexemes of a query, and the query without stray quotation marks."""
    found: list[_Lexeme] = []
    at = 0
    while run := _RUN.search(text, at):
        at = run.start()
        lexeme = _lexeme().match(text, at)
        begins = at == 0 or text[at - 1].isspace()
        may_be_letters = begins and not (lexeme and lexeme["exact"]) and _OPERATOR.search(run[0])
        if may_be_letters and (letters := letters_of(run[0])):
            found.append(Leaf(at, at + letters, LeafKind.WORDS))
            at += letters
        elif lexeme:
            found.append(lexeme)
            at = lexeme.end()
        else:
            text = f"{text[:at]} {text[at + 1 :]}"
    return text, found


class _Reader:
    """Recursive descent over the lexemes, no deeper than MAX_DEPTH."""

    def __init__(self, text: str, lexemes: list[_Lexeme]) -> None:
        self._text = text
        self._lexemes = lexemes
        self._next = 0

    def group(self, depth: int) -> Group:
        """Parts up to the closing bracket, or to the end of the text where it is missing."""
        chains: list[list[Part]] = []  # parts joined by OR
        joining = False
        while self._next < len(self._lexemes):
            lexeme = self._lexemes[self._next]
            self._next += 1
            if _closes(lexeme):
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
        return not (_closes(lexeme) or _is_or(lexeme))

    def _operand(self, lexeme: _Lexeme, depth: int) -> Part | None:
        if isinstance(lexeme, Leaf):
            return lexeme
        field = field_names().get(lexeme["field"].lower()) if lexeme["field"] else None
        part: Part
        if not lexeme["open"]:
            part = self._leaf(lexeme, field)
        elif depth < MAX_DEPTH:
            part = self.group(depth + 1)
            if field and field not in _DATE_PARSERS:
                part = Fielded(field, part)
        else:
            return None
        return Negated(part) if lexeme["minus"] else part

    def _leaf(self, lexeme: re.Match[str], field: Operator | None) -> Part:
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


def _closes(lexeme: _Lexeme) -> bool:
    return not isinstance(lexeme, Leaf) and lexeme["close"] is not None


def _is_or(lexeme: _Lexeme) -> bool:
    if isinstance(lexeme, Leaf):
        return False
    operators = lexeme["minus"] or lexeme["field"] or lexeme["exact"]
    return lexeme["words"] in or_words() and not operators
