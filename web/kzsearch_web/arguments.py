"""A search as its address says it: read, checked, and written back into links.

The address is the whole state of the search page, so that it can be shared,
bookmarked and stepped back from, and every control of the page is a link or a
plain form. Names are the same for the page and the API.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import current_app
from werkzeug.datastructures import MultiDict

from kzsearch.engine.interface import Sort, Timeline
from kzsearch.index import Filters, Index
from kzsearch.results import MarkingTerms
from kzsearch.results.page import HitStream, ResultPage
from kzsearch_web.dates import days_of
from kzsearch_web.languages import gettext
from kzsearch_web.parameters import Choice, Day, Flag, Number, Text, Texts, too_deep

__all__ = [
    "INTERFACE_LANGUAGE",
    "NARROWING",
    "QUERY",
    "SEARCH",
    "Arguments",
    "limit_parameter",
]

_FIRST_YEAR = "1800"
"""No article is older; a search from then on leaves out undated ones only."""


def limit_parameter(setting: str, meaning: str = "how many articles to give") -> Number:
    """The argument ``limit``; ``setting`` names the one that holds its default."""
    return Number(name="limit", meaning=meaning, default=setting, most="MAX_PAGE_SIZE", example="2")


QUERY = Text(
    name="q",
    meaning="what to search for, in the query language; without it, what the filters leave",
    example="мектеп",
)
_PAGE = Number(
    name="page", meaning="page of results, from 1", default=1, most="MAX_RESULTS", example="1"
)
_LIMIT = limit_parameter("PAGE_SIZE", "hits on a page")
_SORT = Choice(
    name="sort",
    meaning="best match first, or newest first",
    values=tuple(Sort),
    default=Sort.RELEVANCE,
    refusal=lambda: gettext("Results can be sorted by “relevance” or “date” only."),
    example="date",
)
_FIRST = Day(
    name="from",
    meaning="not before this day, month or year: 2025-09-29, 29.09.2025, 2025-9-29, 2025-09, 2025",
    example="2025-09",
)
_LAST = Day(name="to", meaning="not after this day, month or year", last=True, example="29.09.2025")
_SOURCE = Texts(name="source", meaning="only this source", example="Дала хабары")
_CATEGORY = Texts(name="category", meaning="only this category", example="білім")
_LANGUAGE = Texts(
    name="language", meaning="only articles in this language: kk, ru, en or other", example="kk"
)
_WITHOUT = Texts(name="not_source", meaning="no article of this source", example="Дала хабары")
_EXPLAIN = Flag(name="explain", meaning="1: every hit tells what its score is made of")
_EXACT = Flag(name="exact", meaning="1: read no date, number, acronym or synonym into the words")
_COPIES = Flag(
    name="copies", meaning="1: give reprints of one text each its own place among the hits"
)

NARROWING = (QUERY, _FIRST, _LAST, _SOURCE, _CATEGORY, _LANGUAGE, _WITHOUT, _EXACT, _COPIES)
"""What says which articles a search finds."""

SEARCH = (*NARROWING, _SORT, _PAGE, _LIMIT, _EXPLAIN)
"""All that ``Arguments`` reads."""

INTERFACE_LANGUAGE = Text(
    name="lang", meaning="language of an error: kk, ru or en", example="en", endless=True
)
"""Read by ``languages``, for all but the JSON API."""


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
        arguments = cls(
            q=QUERY.read(args),
            page=_PAGE.read(args),
            limit=_LIMIT.read(args),
            sort=Sort(_SORT.read(args)),
            first=_FIRST.read(args),
            last=_LAST.read(args),
            sources=_SOURCE.read(args),
            categories=_CATEGORY.read(args),
            languages=_LANGUAGE.read(args),
            without=_WITHOUT.read(args),
            explain=_EXPLAIN.read(args),
            exact=_EXACT.read(args),
            copies=_COPIES.read(args),
        )
        deepest = current_app.config["MAX_RESULTS"]
        if arguments.page > 1 and arguments.page * arguments.limit > deepest:
            raise too_deep()
        return arguments

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

    def terms(self, index: Index) -> MarkingTerms:
        """Ask the index what marks all hits: as many words and names as ``limit`` says."""
        return index.terms(
            self.q, self.limit, **self._filters(), exact=self.exact, fold=not self.copies
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
