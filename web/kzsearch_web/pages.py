"""The pages for people: search, article, and the small files browsers and robots ask for."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Response, current_app, make_response, render_template, request

from kzsearch.index import Index
from kzsearch.results import ResultPage
from kzsearch_web.arguments import Arguments
from kzsearch_web.dated import Dated
from kzsearch_web.door import index
from kzsearch_web.failures import RequestError, no_such_article
from kzsearch_web.filters import chips, filters, shortcuts
from kzsearch_web.languages import gettext
from kzsearch_web.paging import page_numbers, page_sizes

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


@pages.get("/favicon.ico")
def favicon() -> Response:
    """The icon where browsers and robots look for it unasked."""
    return current_app.send_static_file("favicon.ico")


@pages.get("/suggest")
def suggest() -> Response:
    """Completions as a browser's address bar wants them: ``["қаз", ["қазақстан", …]]``."""
    typed = request.args.get("q", "")[: current_app.config["MAX_QUERY_LENGTH"]]
    with index() as opened:
        found = opened.complete(typed, current_app.config["COMPLETIONS"])
    text = json.dumps([typed, [each.text for each in found]], ensure_ascii=False)
    return _plain(text, "application/x-suggestions+json")


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
    typed = arguments.q
    arguments, found = _searched(opened, arguments)
    last = min(found.pages, current_app.config["MAX_RESULTS"] // arguments.limit)
    if arguments.page > max(last, 1):
        raise RequestError(
            gettext("The results have no such page; there are fewer of them."),
            HTTPStatus.NOT_FOUND,
        )
    return render_template(
        "search.html",
        fragment=request.args.get("fragment") == "1",
        arguments=arguments,
        chips=chips(arguments),
        dated=Dated.of(found),
        filters=filters(opened, arguments, found),
        found=found,
        numbers=page_numbers(arguments.page, last),
        last=last,
        q=typed,
        shortcuts=shortcuts(arguments),
        sizes=page_sizes(found.total),
        typed=typed,
    )


def _searched(opened: Index, arguments: Arguments) -> tuple[Arguments, ResultPage]:
    """What is shown for a search: where it finds nothing, what was likely meant, if that does.

    An exact search is never changed, so it is the way back.
    """
    found = arguments.search(opened)
    if found.total or arguments.exact or not found.suggestion:
        return arguments, found
    meant = arguments.but(q=found.suggestion.query)
    found_so = meant.search(opened)
    return (meant, found_so) if found_so.total else (arguments, found)


def _plain(text: str, mimetype: str) -> Response:
    response = make_response(text)
    response.mimetype = mimetype
    return response
