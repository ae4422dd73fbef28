"""Hits of a query with a date in it that are not of its days, but merely hold its words.

An article without a date cannot be filtered by days, and where few are of the days asked for,
others that hold the words of the date follow. A reader should not take them for the same.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kzsearch.documents import Article
from kzsearch.results import Note, ResultPage
from kzsearch_web.languages import gettext

__all__ = ["Dated"]

Span = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Dated:
    """The days that a query asks for, first and last ones; None is an open side.

    none: whether no hit shown is of these days.
    """

    spans: tuple[Span, ...]
    none: bool = False

    @classmethod
    def of(cls, page: ResultPage) -> Dated:
        """The days of a query, as its notes tell them."""
        days = cls(tuple(_span(note) for note in page.notes if note.kind == "date"))
        outside = [days.told(hit.article) for hit in page.hits]
        return cls(days.spans, bool(outside) and all(outside))

    def told(self, article: Article) -> str:
        """What to say of an article that is not of the days asked for; '' of one that is."""
        day = article.day
        if not self.spans or (day and any(_holds(span, day) for span in self.spans)):
            return ""
        if day is None:
            return gettext("No date; only holds the words")
        return gettext("Of another day; only holds the words")


def _holds(span: Span, day: dt.date) -> bool:
    first, last = span
    return (first is None or first <= day) and (last is None or day <= last)


def _span(note: Note) -> Span:
    """The days of a note: ``2026-11-16 – 2026-11-22``, ``2026-11-16`` or with a side open."""
    first, dash, last = (part.strip() for part in note.meant.partition("–"))
    if not dash:
        last = first
    start, end = (dt.date.fromisoformat(day) if day else None for day in (first, last))
    return start, end
