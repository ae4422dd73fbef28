"""How to cite an article, and a search: what was asked, when, of which state of the index."""

from __future__ import annotations

import datetime as dt

from flask import Flask, current_app, url_for
from flask_babel import format_decimal, ngettext

from kzsearch.dates import ALMATY
from kzsearch.documents import Article
from kzsearch.results import ResultPage
from kzsearch_web.arguments import Arguments
from kzsearch_web.dates import format_day
from kzsearch_web.languages import gettext
from kzsearch_web.text import web_address

__all__ = ["cite_article", "cite_search", "init_citing"]


def init_citing(app: Flask) -> None:
    """Give templates the functions of this module."""
    app.jinja_env.globals.update(cite_article=cite_article, cite_search=cite_search)


def cite_article(article: Article) -> str:
    """An article in one line: author, title, source, day, address; it is always the same."""
    title = " ".join(article.title.split()) or gettext("Untitled article")
    day = format_day(article.day) if article.day else ""
    place = web_address(article.url) or url_for(
        "pages.article", article_id=article.id, _external=True
    )
    parts = (article.author, title, article.source, day)
    return ". ".join(part.rstrip(".") for part in parts if part) + f". {place}"


def cite_search(arguments: Arguments, found: ResultPage) -> str:
    """A search in one line: its address, how many articles it found, when, and in which state.

    The state tells whether the same search could find something else today.
    """
    count = ngettext(
        "%(count)s article found",
        "%(count)s articles found",
        found.total,
        count=format_decimal(found.total),
    )
    moment = dt.datetime.now(ALMATY).strftime("%Y-%m-%d %H:%M UTC+5")
    state = gettext("state of the index: %(name)s", name=found.generation)
    link = arguments.all().link()
    address = url_for("pages.search", _external=True, **link)  # type: ignore[arg-type]
    words = f"«{arguments.q}»" if arguments.q else ""
    parts = (current_app.config["SITE_NAME"], words, count, moment, state)
    return "; ".join(filter(None, parts)) + f". {address}"
