"""The fields of a hit by name: what JSON answers and exported files tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kzsearch.documents.article import Article
from kzsearch.errors import QueryError

if TYPE_CHECKING:
    from kzsearch.results.page import Hit

__all__ = ["FIELD_VALUES", "Value", "chosen_fields", "iso_date"]

Value = str | float | int | bool | None


def iso_date(article: Article) -> str | None:
    """When an article appeared, as ISO 8601, with the time where it is known."""
    return article.date.isoformat() if article.date else None


def _day(hit: Hit) -> str | None:
    return hit.article.day.isoformat() if hit.article.day else None


FIELD_VALUES: Mapping[str, Callable[[Hit], Value]] = {
    "id": lambda hit: hit.article.id,
    "title": lambda hit: hit.article.title,
    "date": lambda hit: iso_date(hit.article),
    "day": _day,
    "source": lambda hit: hit.article.source,
    "category": lambda hit: hit.article.category,
    "author": lambda hit: hit.article.author,
    "language": lambda hit: hit.article.language,
    "url": lambda hit: hit.article.url,
    "score": lambda hit: round(hit.score, 6),
    "fallback": lambda hit: hit.fallback,
    "copy_count": lambda hit: hit.copy_count,
    "body": lambda hit: hit.article.body,
}
"""What is the same wherever it is told."""


def chosen_fields(names: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """The fields with these names, in their order, each once; none where none is named.

    Raises QueryError for a name that is not among the ``known``.
    """
    chosen = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    there = tuple(known)
    if wrong := next((name for name in chosen if name not in there), None):
        raise QueryError(f"There is no field {wrong!r}; there are {', '.join(there)}.")
    return chosen
