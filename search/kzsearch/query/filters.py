"""Filters given as arguments (``--from``, a facet clicked) rather than typed in the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypedDict

from kzsearch.dates import Days, parse_period
from kzsearch.documents.article import ALMATY
from kzsearch.engine.nodes import DateRange, Keyword, KeywordField, Node, Not
from kzsearch.errors import QueryError
from kzsearch.query.words import any_of
from kzsearch.text import normalize_text

__all__ = ["Filters", "filter_nodes"]

DateArgument = dt.date | str | None
Values = str | Sequence[str]


class Filters(TypedDict, total=False):
    """The arguments of ``filter_nodes``, for those who pass them on."""

    date_from: DateArgument
    date_to: DateArgument
    source: Values
    category: Values
    language: Values
    not_source: Values


def filter_nodes(
    date_from: DateArgument = None,
    date_to: DateArgument = None,
    source: Values = (),
    category: Values = (),
    language: Values = (),
    not_source: Values = (),
) -> Iterator[Node]:
    """The nodes that all must match; both dates inclusive, several values mean any of them.

    not_source: articles of none of these.

    Raises QueryError for a date that cannot be read, or an end before its beginning.
    """
    first, last = _days(date_from), _days(date_to)
    start, end = first and first[0], last and last[1]
    if start and end and end <= start:
        raise QueryError(f"The dates run backwards: {date_from} comes after {date_to}.")
    if start or end:
        yield DateRange(start, end)
    yield from _any_value(KeywordField.SOURCE, source)
    yield from _any_value(KeywordField.CATEGORY, category)
    yield from _any_value(KeywordField.LANGUAGE, language)
    for excluded in _any_value(KeywordField.SOURCE, not_source):
        yield Not(excluded)


def _days(value: DateArgument) -> Days | None:
    match value:
        case None | "":
            return None
        case dt.datetime():
            day = (value.astimezone(ALMATY) if value.tzinfo else value).date()
            return parse_period(day.isoformat())
        case dt.date():
            return parse_period(value.isoformat())
        case str() if days := parse_period(value.strip()):
            return days
    raise QueryError(f"The date {value!r} is not a year, month or day like 2025-09-29.")


def _any_value(field: KeywordField, values: Values) -> Iterator[Node]:
    wanted = [values] if isinstance(values, str) else values
    nodes = [Keyword(field, normalize_text(value)) for value in wanted if value]
    if nodes:
        yield any_of(nodes)
