"""A result set in time: bars that lead to the articles of their days, and the numbers behind them.

The picture is made on the server. It needs no script; what it shows stands below it as a table,
which is what a keyboard and a screen reader use.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from kzsearch.engine.interface import Period, Timeline
from kzsearch.index import Index
from kzsearch.results.export import defused
from kzsearch_web.arguments import INTERFACE_LANGUAGE, SEARCH, Arguments
from kzsearch_web.dates import format_period
from kzsearch_web.door import index
from kzsearch_web.operations import operation
from kzsearch_web.periods import COMPARE, MOST_PERIODS, UNIT

__all__ = ["timelines"]

timelines = Blueprint("timelines", __name__)

_HEIGHT = 100
"""Units of the picture's height."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: what it is called, how many hits of each query it has, and their searches.

    first, last: its days. heights: of its bars, in units of the picture.
    """

    label: str
    first: dt.date
    last: dt.date
    counts: tuple[int, ...]
    heights: tuple[int, ...]
    searches: tuple[Arguments, ...]


@timelines.get("/timeline")
def timeline() -> str:
    """The picture and the table of one search, or of two."""
    queries = _queries()
    with index() as opened:
        found = _counted(opened, queries, None)
    bars = _bars(found, queries)
    return render_template(
        "timeline.html",
        arguments=queries[0],
        queries=queries,
        compare=queries[1].q if len(queries) > 1 else "",
        found=found,
        bars=bars,
        most=max((count for bar in bars for count in bar.counts), default=0),
        q=queries[0].q,
    )


@operation(
    timelines, "/timeline.csv", *SEARCH, COMPARE, UNIT, INTERFACE_LANGUAGE,
    media=("text/csv",),
    errors=(HTTPStatus.SERVICE_UNAVAILABLE,),
    examples=({"q": "мектеп", "compare": "балабақша", "unit": "month"},),
)  # fmt: skip
def table() -> Response:
    """The numbers as a file: a row a period, which ``unit`` names, then one of the undated."""
    queries = _queries()
    unit = UNIT.read(request.args) or None
    with index() as opened:
        found = _counted(opened, queries, unit)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([found[0].unit, *(defused(each.q) for each in queries)])
    writer.writerows([day.isoformat(), *counts] for day, counts in _merged(found).items())
    writer.writerow(["", *(each.undated for each in found)])
    response = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="timeline.csv")
    return response


def _queries() -> list[Arguments]:
    """The search of the address, and the one it is compared with."""
    arguments = Arguments.read(request.args).all()
    other = COMPARE.read(request.args)
    return [arguments, arguments.but(q=other)] if other else [arguments]


def _counted(opened: Index, queries: list[Arguments], unit: str | None) -> list[Timeline]:
    """The timelines of the searches, all by the same unit."""
    found = [each.timeline(opened, unit, MOST_PERIODS) for each in queries]
    days = [day for each in found for day, _ in each.bars]
    if unit is None and days:
        # Of two searches that lie far apart the picture holds the time between, too.
        widest = max((each.unit for each in found if each.bars), key=list(Period).index)
        units = list(Period)[list(Period).index(widest) :]
        unit = next(
            (each for each in units if _periods(min(days), max(days), each) <= MOST_PERIODS),
            Period.YEAR,
        )
    if any(each.unit != unit for each in found):
        found = [each.timeline(opened, unit, MOST_PERIODS) for each in queries]
    return found


def _periods(first: dt.date, last: dt.date, unit: Period) -> int:
    """About how many periods there are from one day to another."""
    lengths = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 30.4, Period.YEAR: 365.2}
    return int((last - first).days / lengths[unit]) + 1


def _merged(found: list[Timeline]) -> dict[dt.date, list[int]]:
    """The counts of all searches by the first day of each period, rising, without a gap."""
    days = sorted({day for each in found for day, _ in each.bars})
    counts = [dict(each.bars) for each in found]
    merged: dict[dt.date, list[int]] = {}
    day = days[0] if days else None
    while day is not None and day <= days[-1]:
        merged[day] = [each.get(day, 0) for each in counts]
        day = _last_day(day, found[0].unit) + dt.timedelta(days=1)
    return merged


def _last_day(first: dt.date, unit: Period) -> dt.date:
    """The last day of the period that begins with one."""
    match unit:
        case Period.DAY:
            return first
        case Period.WEEK:
            return first + dt.timedelta(days=6)
        case Period.MONTH:
            return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        case Period.YEAR:
            return first.replace(month=12, day=31)


def _bars(found: list[Timeline], queries: list[Arguments]) -> list[Bar]:
    merged = _merged(found)
    most = max((count for counts in merged.values() for count in counts), default=1) or 1
    unit = found[0].unit
    length = {Period.YEAR: len("2025"), Period.MONTH: len("2025-09")}.get(unit)
    bars = []
    for first, counts in merged.items():
        last = _last_day(first, unit)
        span = first.isoformat()[:length], last.isoformat()[:length]
        bars.append(
            Bar(
                format_period(*span),
                first,
                last,
                tuple(counts),
                # Something is to be seen of a single article, too.
                tuple(count and max(1, round(_HEIGHT * count / most)) for count in counts),
                tuple(each.but(first=span[0], last=span[1]) for each in queries),
            )
        )
    return bars
