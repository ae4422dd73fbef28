"""What every engine indexes of an article: fields, kinds of terms, and their limits.

A text field holds *terms* of four kinds, four views of the same words. Kazakh words
change by endings, so each kind is a guess of its own at what two words have in common,
and the ranking adds their scores up (docs/relevance.md).
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "LEAD_WORDS",
    "LONG_PREFIX_LETTERS",
    "NO_TIME",
    "PREFIX_LETTERS",
    "KeywordField",
    "TermKind",
    "TextField",
    "fold_keyword",
    "keyword_parts",
    "long_prefix_of",
    "prefix_of",
]

PREFIX_LETTERS = 5
"""Cutting Kazakh words to five letters is the strongest crude stemmer (docs/engine.md)."""

LONG_PREFIX_LETTERS = 6
"""Beside the five: fewer words are thrown together that have nothing in common."""

LEAD_WORDS = 25
"""A news article says in so many words what it is about; see docs/relevance.md."""

NO_TIME = -(2**63)
"""The time of an undated article: sorts behind all others."""


class TextField(StrEnum):
    """A field of running text."""

    TITLE = "title"
    BODY = "body"


class TermKind(StrEnum):
    """A view of the words of a text.

    stem: stems by the analyzer, one or several of a word; the only kind with positions.
    exact: words as written, in small letters.
    prefix: the first five letters of words, all of a shorter word.
    long_prefix: the first six letters of the words that have so many.
    """

    STEM = "stem"
    EXACT = "exact"
    PREFIX = "prefix"
    LONG_PREFIX = "long_prefix"


class KeywordField(StrEnum):
    """A field compared as a whole, letter case ignored."""

    SOURCE = "source"
    CATEGORY = "category"
    LANGUAGE = "language"


def prefix_of(surface: str) -> str:
    """The first five letters of a word, or all of a shorter one."""
    return surface[:PREFIX_LETTERS]


def long_prefix_of(surface: str) -> str | None:
    """The first six letters of a word, None for a shorter one: it is found as written."""
    return surface[:LONG_PREFIX_LETTERS] if len(surface) >= LONG_PREFIX_LETTERS else None


def keyword_parts(field: KeywordField, value: str) -> tuple[str, ...]:
    """The values that an article has in a field: of a category those parted by ``;``."""
    if field is not KeywordField.CATEGORY:
        return (value,) if value else ()
    parts = (part.strip() for part in value.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def fold_keyword(value: str) -> str:
    """A keyword value as compared: letter case ignored."""
    return value.casefold()
