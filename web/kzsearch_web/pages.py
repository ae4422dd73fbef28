"""The pages for people: search, article, and the small files browsers and robots ask for."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, current_app, make_response, render_template, request

from kzsearch.index import Index
from kzsearch_web.arguments import Arguments
from kzsearch_web.door import index
from kzsearch_web.failures import RequestError, no_such_article
from kzsearch_web.filters import chips, filters
from kzsearch_web.languages import gettext
from kzsearch_web.paging import page_numbers

__all__ = ["pages"]

pages = Blueprint("pages", __name__)


@pages.get("/")
def search() -> str:
    """The start page, or the results when there is anything to search for."""
    arguments = Arguments.read(request.args)
    with index() as opened:
        if not arguments.q and not arguments.filtered:
            return _start(opened)
        return _results(opened, arguments)


@pages.get("/articles/<text:article_id>")
def article(article_id: str) -> str:
    """One article, with the words of the query it was found by marked."""
    arguments = Arguments.read(request.args)
    with index() as opened:
        found = opened.get(article_id)
        if found is None:
            raise no_such_article()
        title, body = opened.mark(found, arguments.q, exact=arguments.exact)
        similar = opened.similar(article_id, current_app.config["SIMILAR_ARTICLES"])
    return render_template(
        "article.html",
        article=found,
        title=title,
        body=body,
        similar=similar,
        arguments=arguments,
        q=arguments.q,
    )


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser offer this search in its address bar."""
    return _plain(render_template("opensearch.xml"), "application/opensearchdescription+xml")


def _start(opened: Index) -> str:
    stats = opened.stats()
    latest = opened.search(
        "",
        date_from=stats.first_day or None,  # a search for nothing finds nothing
        limit=current_app.config["LATEST_ARTICLES"],
        facets=False,
    )
    return render_template("start.html", latest=latest.hits, stats=stats, q="")


def _results(opened: Index, arguments: Arguments) -> str:
    found = arguments.search(opened)
    last = min(found.pages, current_app.config["MAX_RESULTS"] // arguments.limit)
    if arguments.page > max(last, 1):
        raise RequestError(
            gettext("The results have no such page; there are fewer of them."),
            HTTPStatus.NOT_FOUND,
        )
    return render_template(
        "search.html",
        arguments=arguments,
        chips=chips(arguments),
        filters=filters(opened, arguments, found),
        found=found,
        numbers=page_numbers(arguments.page, last),
        last=last,
        q=arguments.q,
    )


def _plain(text: str, mimetype: str) -> Response:
    response = make_response(text)
    response.mimetype = mimetype
    return response
