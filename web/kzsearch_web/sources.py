"""A page for each source: what it writes about, since when, how much, and its feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, current_app, render_template

from kzsearch.engine.interface import Period
from kzsearch.results import ResultPage
from kzsearch_web.arguments import Arguments
from kzsearch_web.door import index
from kzsearch_web.failures import RequestError
from kzsearch_web.languages import gettext

__all__ = ["source_pages"]

source_pages = Blueprint("source_pages", __name__)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is known of a source.

    articles: how many there are. first, last: days of the oldest and the newest dated one.
    months: how many months have articles. undated: how many bear no date.
    found: its newest articles, with counts of their categories and languages.
    """

    name: str
    articles: int
    first: dt.date | None
    last: dt.date | None
    months: int
    undated: int
    found: ResultPage


@source_pages.get("/sources")
def sources() -> str:
    """All sources by how much they have written."""
    with index() as opened:
        counts = opened.counts()["source"]
    return render_template("sources.html", counts=counts)


@source_pages.get("/sources/<text:name>")
def source(name: str) -> str:
    """One source."""
    arguments = Arguments(sources=(name,), limit=current_app.config["SOURCE_ARTICLES"], copies=True)
    with index() as opened:
        found = arguments.search(opened)
        days = arguments.timeline(opened, Period.DAY, 1)
    if not found.total:
        raise RequestError(
            gettext("There is no such source: it may be written otherwise."), HTTPStatus.NOT_FOUND
        )
    facts = SourceFacts(
        name=next(iter(found.facets["source"])),
        articles=found.articles,
        first=days.bars[0][0] if days.bars else None,
        last=days.bars[-1][0] if days.bars else None,
        months=len(found.facets["month"]),
        undated=days.undated,
        found=found,
    )
    return render_template("source.html", facts=facts, arguments=arguments.all())
