"""A search as its address says it: read, checked, and written back into links.

The address is the whole state of the search page, so that it can be shared,
bookmarked and stepped back from, and every control of the page is a link or a
plain form. Names are the same for the page and the API.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import format_decimal
from werkzeug.datastructures import MultiDict

from kzsearch.dates import parse_period
from kzsearch.engine.interface import Sort, Timeline
from kzsearch.index import Filters, Index
from kzsearch.results.page import HitStream, ResultPage
from kzsearch_web.dates import days_of, is_period
from kzsearch_web.failures import RequestError
from kzsearch_web.languages import gettext

__all__ = ["Arguments", "whole_number"]

_FIRST_YEAR = "1800"
"""No article is older; a search from then on leaves out undated ones only."""

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one search, all checked.

    first, last: days both inclusive, as typed (2025, 2025-09 or 2025-09-29); '' is open.
    without: sources that are left out.
    copies: whether reprints of one text are hits of their own.
    """

    q: str = ""
    page: int = 1
    limit: int = 10
    sort: Sort = Sort.RELEVANCE
    first: str = ""
    last: str = ""
    sources: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    explain: bool = False
    exact: bool = False
    copies: bool = False

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Arguments:
        """The arguments of a request; raises RequestError with a sentence for a wrong one."""
        config = current_app.config
        arguments = cls(
            q=_bounded(args.get("q", "").strip()),
            page=whole_number(args, "page", 1, most=config["MAX_RESULTS"]),
            limit=whole_number(args, "limit", config["PAGE_SIZE"], most=config["MAX_PAGE_SIZE"]),
            sort=_sort(args.get("sort", "")),
            first=_day(args.get("from", ""), last=False),
            last=_day(args.get("to", ""), last=True),
            sources=_values(args.getlist("source")),
            categories=_values(args.getlist("category")),
            languages=_values(args.getlist("language")),
            without=_values(args.getlist("not_source")),
            explain=_flag(args, "explain"),
            exact=_flag(args, "exact"),
            copies=_flag(args, "copies"),
        )
        if arguments.page > 1 and arguments.page * arguments.limit > config["MAX_RESULTS"]:
            raise _too_deep()
        return arguments

    @staticmethod
    def read_query(text: str) -> str:
        """The text of a second query; raises RequestError for one that is too long."""
        return _bounded(text.strip())

    @property
    def filtered(self) -> bool:
        """Whether a filter narrows the search."""
        narrowed = self.sources or self.categories or self.languages or self.without
        return bool(self.first or self.last or narrowed)

    @property
    def unfiltered(self) -> Arguments:
        """The same search without its filters."""
        return self.but(first="", last="", sources=(), categories=(), languages=(), without=())

    def _filters(self) -> Filters:
        return {
            "date_from": self.first or None,
            "date_to": self.last or None,
            "source": self.sources,
            "category": self.categories,
            "language": self.languages,
            "not_source": self.without,
        }

    def search(self, index: Index, cursor: str | None = None) -> ResultPage:
        """Ask the index; ``cursor`` as ``Index.search`` takes it."""
        return index.search(
            self.q,
            limit=self.limit,
            page=self.page,
            sort=self.sort,
            **self._filters(),
            explain=self.explain,
            exact=self.exact,
            fold=not self.copies,
            cursor=cursor,
        )

    def timeline(self, index: Index, unit: str | None, most: int) -> Timeline:
        """Ask the index how all hits lie in time, see ``Index.timeline``."""
        return index.timeline(
            self.q,
            sort=self.sort,
            **self._filters(),
            exact=self.exact,
            fold=not self.copies,
            unit=unit,
            most=most,
        )

    def newest(self, index: Index) -> ResultPage:
        """The newest of the dated articles that have all of the words."""
        return index.search(
            self.q,
            limit=self.limit,
            sort=Sort.DATE,
            **self._filters() | {"date_from": self.first or _FIRST_YEAR},
            facets=False,
            exact=self.exact,
            fold=not self.copies,
            fallback=False,
        )

    def export(self, index: Index, *, snippets: bool) -> HitStream:
        """Ask the index for all hits, whatever the page."""
        return index.export(
            self.q,
            sort=self.sort,
            **self._filters(),
            exact=self.exact,
            fold=not self.copies,
            snippets=snippets,
        )

    def but(self, **changes: object) -> Arguments:
        """The same search with something changed, from its first page."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def all(self) -> Arguments:
        """The same search without its page and its size: all of it."""
        return self.but(limit=current_app.config["PAGE_SIZE"], explain=False)

    @property
    def explained(self) -> Arguments:
        """The same page of the same search, its hits with reasons."""
        return replace(self, explain=True)

    def at(self, page: int) -> Arguments:
        """The same search on another page."""
        return replace(self, page=page)

    @property
    def first_day(self) -> str:
        """``first`` as a whole day, for a date input."""
        return days_of(self.first)[0].isoformat() if self.first else ""

    @property
    def last_day(self) -> str:
        """``last`` as a whole day, for a date input."""
        return days_of(self.last)[1].isoformat() if self.last else ""

    def link(self) -> dict[str, str | list[str]]:
        """The arguments for ``url_for``, without those that say nothing new."""
        sort = "" if self.sort == Sort.RELEVANCE else str(self.sort)
        named: dict[str, str | list[str]] = {
            "q": self.q,
            "sort": sort,
            "from": self.first,
            "to": self.last,
            "source": list(self.sources),
            "category": list(self.categories),
            "language": list(self.languages),
            "not_source": list(self.without),
            "exact": "1" if self.exact else "",
            "copies": "1" if self.copies else "",
            "explain": "1" if self.explain else "",
            "limit": str(self.limit) if self.limit != current_app.config["PAGE_SIZE"] else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in named.items() if value}


def _bounded(value: str) -> str:
    most = current_app.config["MAX_QUERY_LENGTH"]
    if len(value) > most:
        raise RequestError(
            gettext(
                "The query is too long: %(most)s characters are the most that can be searched for.",
                most=format_decimal(most),
            )
        )
    return value


def _values(values: Iterable[str]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(_bounded(value) for value in values if value))
    most = current_app.config["MAX_FILTERS"]
    if len(kept) > most:
        raise RequestError(
            gettext("Too many filters: choose at most %(most)s of one kind.", most=most)
        )
    return kept


def whole_number(args: MultiDict[str, str], name: str, default: int, *, most: int) -> int:
    """The argument as a number from 1 to ``most``; raises RequestError with a sentence."""
    text = args.get(name) or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise RequestError(
            gettext("The argument “%(name)s” must be a whole number from 1.", name=name)
        )
    if int(text) > most:
        if name == "page":
            raise _too_deep()
        raise RequestError(
            gettext(
                "The argument “%(name)s” can be at most %(most)s.",
                name=name,
                most=format_decimal(most),
            )
        )
    return int(text)


def _too_deep() -> RequestError:
    return RequestError(
        gettext(
            "Only the first %(most)s results can be paged through; "
            "narrow the search to see the rest.",
            most=format_decimal(current_app.config["MAX_RESULTS"]),
        )
    )


def _sort(text: str) -> Sort:
    try:
        return Sort(text or Sort.RELEVANCE)
    except ValueError:
        raise RequestError(
            gettext("Results can be sorted by “relevance” or “date” only.")
        ) from None


def _day(text: str, *, last: bool) -> str:
    """A period as the address has it (2025, 2025-09, 2025-09-29), from any usual way of writing.

    Where it is more than such a period («өткен апта»), its first or last day.
    """
    text = text.strip()
    if not text or is_period(text):
        return text
    start, end = parse_period(text) or (None, None)
    day = end - dt.timedelta(days=1) if last and end else start
    if day is None or (last and end is None):
        raise RequestError(gettext("A date is written like 2025, 2025-09 or 2025-09-29."))
    return day.isoformat()


def _flag(args: MultiDict[str, str], name: str) -> bool:
    text = args.get(name, "").lower()
    if text not in _TRUE | _FALSE:
        raise RequestError(gettext("The argument “%(name)s” is either 1 or 0.", name=name))
    return text in _TRUE
