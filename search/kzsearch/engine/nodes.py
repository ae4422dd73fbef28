"""The engine-neutral query: a small tree that any engine can answer.

The query room builds it, an engine walks it. Words are already analysed (the
analyzer that indexed the articles made their stems), so an engine never sees
raw text and never stems.

Matching: ``Word`` matches an article whose title or body holds one of its stems
or its surface form. An engine ranks a surface form above a stem and a title
above a body, and may add score (never a match, unless ``loose``) for words that
share the first five letters.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kzsearch.engine.schema import KeywordField, TextField

__all__ = [
    "All",
    "Any",
    "DateRange",
    "Everything",
    "Keyword",
    "KeywordField",
    "Node",
    "Not",
    "Nothing",
    "Phrase",
    "Prefix",
    "TextField",
    "Word",
]


@dataclass(frozen=True, slots=True)
class Word:
    """An analysed word: matches any of ``stems`` or ``surface``.

    loose: a word that shares only the first five letters is enough to match.
    related: stems of other words that articles on the same matter tend to hold, each with
        its likeness (0..1); they add score, never a match.
    weight: what finding it counts for, beside a word as typed.
    forms: words as written that alone count as it, the surface among them; none: whatever has a
        stem. They have one, but so have words that are not meant.
    """

    surface: str
    stems: tuple[str, ...]
    field: TextField | None = None
    loose: bool = False
    weight: float = 1.0
    related: tuple[tuple[str, float], ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words at neighbouring positions, in order; each matches by stem or surface.

    gaps: for each word its position relative to the first, so (0, 1, 2) for a plain phrase.
    weight: as of a word; those of its words play no part.
    """

    words: tuple[Word, ...]
    gaps: tuple[int, ...]
    field: TextField | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with ``text`` (folded as typed) or whose stem is one of ``stems``.

    ``мектептерд*`` must find ``мектептерде`` and, through its stem, ``мектепте`` too.
    """

    text: str
    stems: tuple[str, ...] = ()
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Keyword:
    """An exact field value, letter case ignored; ``prefix`` for a value typed with ``*``."""

    field: KeywordField
    value: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles of local (Asia/Almaty) days ``start <= day < end``; None leaves a side open."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class All:
    """Every part must match. A ``Not`` among the parts removes what it matches."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part must match; the more that match, the higher the score."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles the part does not match; scores nothing."""

    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article, all with the same score."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


Node = Word | Phrase | Prefix | Keyword | DateRange | All | Any | Not | Everything | Nothing
