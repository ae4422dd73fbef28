"""The query room's language data: operator names and stop words, read once from ``data/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from kzsearch.dates import date_words
from kzsearch.text.data_files import table_rows

__all__ = [
    "Operator",
    "field_names",
    "function_words",
    "or_words",
    "question_words",
    "read_rows",
    "stop_words",
]


class Operator(StrEnum):
    """What a name of the query language means; the second column of ``operators.tsv``."""

    TITLE = "title"
    SOURCE = "source"
    CATEGORY = "category"
    LANGUAGE = "language"
    DATE = "date"
    AFTER = "after"
    BEFORE = "before"
    OR = "or"


def read_rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of ``data/<name>``, split at tabs."""
    return table_rows("kzsearch.query", name)


@cache
def _operators() -> Mapping[str, Operator]:
    return {name: Operator(meaning) for name, meaning, _example in read_rows("operators.tsv")}


def field_names() -> Mapping[str, Operator]:
    """Names that may stand before a colon, in lower case."""
    return {name: kind for name, kind in _operators().items() if kind is not Operator.OR}


def or_words() -> frozenset[str]:
    """Words that mean OR, in the capitals they must be written in."""
    return frozenset(name for name, kind in _operators().items() if kind is Operator.OR)


@cache
def stop_words() -> frozenset[str]:
    """Words, in lower case, that a search does not insist on."""
    return frozenset(word for word, _class, _example in read_rows("stopwords.tsv"))


@cache
def question_words() -> frozenset[str]:
    """The stop words that make a query a question."""
    return frozenset(
        word for word, kind, _example in read_rows("stopwords.tsv") if kind == "question"
    )


@cache
def function_words() -> frozenset[str]:
    """Words a query is understood by, whatever an index holds: stop words, dates, numerals."""
    tables = ("stopwords.tsv", "numerals.tsv")
    words = {row[0] for table in tables for row in read_rows(table)}
    return frozenset(words | date_words())
