"""What the engine is asked for a query that was read."""

from __future__ import annotations

from dataclasses import replace

from kzsearch.engine.interface import SearchRequest, Sort
from kzsearch.errors import QueryError
from kzsearch.query import ParsedQuery

__all__ = ["FEW", "engine_request", "without_quotes"]

FEW = 10
"""Fewer hits are filled up with articles that have only some of the words where no score keeps
these down (newest first), or of other days than those asked for."""


def engine_request(parsed: ParsedQuery, sort: str, *, fold: bool, fallback: bool) -> SearchRequest:
    """What the engine is asked for a parsed query."""
    order = _sort(sort) if parsed.ranked else Sort.DATE
    return SearchRequest(
        query=parsed.query,
        fallback=parsed.fallback if fallback else None,
        few=FEW if parsed.insists or order is Sort.DATE else None,
        sort=order,
        question=parsed.question,
        collapse=fold,
        letters=parsed.letters,
    )


def without_quotes(parsed: ParsedQuery) -> ParsedQuery | None:
    """The query to ask when a phrase of it finds nothing; None where it has no phrase."""
    if not parsed.unquoted:
        return None
    return replace(
        parsed.unquoted,
        notes=(*parsed.notes, *parsed.unquoted.notes),
        letters=parsed.letters,
        suggestion=parsed.suggestion,
        suggested=parsed.suggested,
    )


def _sort(name: str) -> Sort:
    try:
        return Sort(name)
    except ValueError:
        raise QueryError(f"The sort must be 'relevance' or 'date', not {name!r}.") from None
