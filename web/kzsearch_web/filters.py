"""The filters beside the results: months, sources and categories with their counts.

A facet counts what is left after *all* filters. Shown as it is, a chosen source
would hide every other source, and a reader could only take it off, neither
change it nor add a second one. So a filter that is in use is counted anew with
itself taken off, the way shops do it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from kzsearch.dates import ALMATY
from kzsearch.index import Index
from kzsearch.results.page import ResultPage
from kzsearch_web.arguments import Arguments
from kzsearch_web.dates import format_month, format_period
from kzsearch_web.languages import article_language, gettext

__all__ = ["Chip", "Filter", "Shortcut", "Value", "chips", "filters", "shortcuts"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a filter.

    share: its count in percent of the filter's largest, for a bar.
    toggled: the search with this value put on, or taken off when it is ``chosen``.
    without: the search without the articles of this value, where that can be asked for.
    """

    label: str
    count: int
    share: int
    chosen: bool
    toggled: Arguments
    without: Arguments | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its heading and values; ``name`` is the facet's."""

    name: str
    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A period up to now, such as this week, and the search of its days; or of all, if chosen."""

    label: str
    chosen: bool
    toggled: Arguments


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the search without it."""

    label: str
    without: Arguments


def filters(index: Index, arguments: Arguments, page: ResultPage) -> list[Filter]:
    """The filters that have something to choose; months newest first, others by count.

    page: the results of ``arguments``, whose facets are used where no filter is in the way.
    """

    def counts(name: str, free: Arguments) -> Mapping[str, int]:
        found = page if free == arguments.but() else free.but(limit=1).search(index)
        return {value: count for value, count in found.facets.get(name, {}).items() if value}

    months = counts("month", arguments.but(first="", last=""))
    month = arguments.first if arguments.first == arguments.last else ""
    sources = counts("source", arguments.but(sources=()))
    categories = counts("category", arguments.but(categories=()))
    languages = counts("language", arguments.but(languages=()))
    every = [
        Filter(
            "month",
            gettext("Month"),
            _values(
                {name: months[name] for name in sorted(months, reverse=True)},
                {month},
                lambda name: _between(arguments, "" if name == month else name),
                label=format_month,
            ),
        ),
        Filter(
            "source",
            gettext("Source"),
            _values(
                sources,
                arguments.sources,
                lambda name: arguments.but(sources=_toggled(arguments.sources, name)),
                without=lambda name: _without(arguments, name),
            ),
        ),
        Filter(
            "category",
            gettext("Category"),
            _values(
                categories,
                arguments.categories,
                lambda name: arguments.but(categories=_toggled(arguments.categories, name)),
            ),
        ),
        Filter(
            "language",
            gettext("Language"),
            _values(
                languages if len(languages) > 1 or arguments.languages else {},
                arguments.languages,
                lambda name: arguments.but(languages=_toggled(arguments.languages, name)),
                label=article_language,
            ),
        ),
    ]
    return [each for each in every if each.values]


def chips(arguments: Arguments) -> list[Chip]:
    """The filters in use, each with the way to take it off."""
    found = []
    if arguments.first or arguments.last:
        label = format_period(arguments.first, arguments.last)
        found.append(Chip(label, _between(arguments, "")))
    for name in arguments.sources:
        rest = _toggled(arguments.sources, name)
        found.append(Chip(name, arguments.but(sources=rest)))
    for name in arguments.categories:
        rest = _toggled(arguments.categories, name)
        found.append(Chip(name, arguments.but(categories=rest)))
    for name in arguments.languages:
        rest = _toggled(arguments.languages, name)
        found.append(Chip(article_language(name), arguments.but(languages=rest)))
    for name in arguments.without:
        label = gettext("without “%(name)s”", name=name)
        found.append(Chip(label, arguments.but(without=_toggled(arguments.without, name))))
    return found


def shortcuts(arguments: Arguments) -> list[Shortcut]:
    """Today, this week, this month and this year, as the calendar of Almaty has them."""
    today = dt.datetime.now(ALMATY).date()
    monday = today - dt.timedelta(days=today.weekday())
    day, sunday = today.isoformat(), (monday + dt.timedelta(days=6)).isoformat()
    periods = [
        (gettext("today"), day, day),
        (gettext("this week"), monday.isoformat(), sunday),
        (gettext("this month"), day[: len("2025-09")], day[: len("2025-09")]),
        (gettext("this year"), day[: len("2025")], day[: len("2025")]),
    ]
    asked = arguments.first, arguments.last
    return [
        Shortcut(
            label,
            asked == (first, last),
            arguments.but(first="", last="")
            if asked == (first, last)
            else arguments.but(first=first, last=last),
        )
        for label, first, last in periods
    ]


def _without(arguments: Arguments, source: str) -> Arguments:
    """The search without one source more."""
    rest = tuple(name for name in arguments.sources if name != source)
    return arguments.but(sources=rest, without=(*arguments.without, source))


def _values(
    counts: Mapping[str, int],
    chosen: Collection[str],
    toggle: Callable[[str], Arguments],
    label: Callable[[str], str] = str,
    without: Callable[[str], Arguments] | None = None,
) -> tuple[Value, ...]:
    most = max(counts.values(), default=1)
    return tuple(
        Value(
            label(name),
            count,
            round(100 * count / most),
            name in chosen,
            toggle(name),
            without(name) if without else None,
        )
        for name, count in counts.items()
    )


def _toggled(chosen: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(n for n in chosen if n != name) if name in chosen else (*chosen, name)


def _between(arguments: Arguments, period: str) -> Arguments:
    return arguments.but(first=period, last=period)
