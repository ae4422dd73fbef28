"""The JSON API. Its language is English; an error is ``{"error": "one sentence"}``."""

from __future__ import annotations

import time

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from kzsearch.errors import KzsearchError, SourceError
from kzsearch.index import Index
from kzsearch.sources import places_of, source_statuses
from kzsearch_web.arguments import Arguments, whole_number
from kzsearch_web.door import index
from kzsearch_web.failures import no_such_article, status_of

__all__ = ["api"]

api = Blueprint("api", __name__)


@api.get("/api/search")
def search() -> ResponseReturnValue:
    """One page of results, the same object as ``kzsearch query --json`` prints.

    ``cursor=*`` begins to page without a bound; ``next`` of the answer is the next cursor.
    """
    arguments = Arguments.read(request.args)
    with index() as opened:
        return jsonify(arguments.search(opened, request.args.get("cursor") or None).to_json())


@api.get("/api/complete")
def complete() -> ResponseReturnValue:
    """What the query may become that is being typed; never an error about the query.

    Nothing completes a query that is too long. A browser may keep the answer for a while: who
    takes a letter back does not wait again.
    """
    config = current_app.config
    typed = request.args.get("q", "")
    if len(typed) > config["MAX_QUERY_LENGTH"]:
        typed = ""
    with index() as opened:
        found = opened.complete(typed, config["COMPLETIONS"])
    response = jsonify(completions=[each.to_json() for each in found])
    response.cache_control.private = True
    response.cache_control.max_age = config["COMPLETIONS_SECONDS"]
    return response


@api.get("/api/articles/<text:article_id>")
def article(article_id: str) -> ResponseReturnValue:
    """One stored article."""
    with index() as opened:
        found = opened.get(article_id)
    if found is None:
        raise no_such_article()
    return jsonify(found.to_json())


@api.get("/api/similar/<text:article_id>")
def similar(article_id: str) -> ResponseReturnValue:
    """Other articles on the same matter, the object ``kzsearch similar --json`` prints."""
    config = current_app.config
    limit = whole_number(
        request.args, "limit", config["SIMILAR_ARTICLES"], most=config["MAX_PAGE_SIZE"]
    )
    with index() as opened:
        if opened.get(article_id) is None:
            raise no_such_article()
        hits = opened.similar(article_id, limit)
    return jsonify(id=article_id, hits=[hit.to_json() for hit in hits])


@api.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether searches can be answered, for whatever watches over the server.

    Where sources are followed, a sentence says of each how it is doing.
    """
    try:
        with index() as opened:
            stats = opened.stats()
            sources = _sources(opened)
    except KzsearchError as error:
        return jsonify(status="error", error=str(error)), status_of(error)
    return jsonify(status="ok", articles=stats.articles, generation=stats.generation, **sources)


def _sources(opened: Index) -> dict[str, list[str]]:
    try:
        statuses = source_statuses(places_of(opened.location), time.time())
    except SourceError as error:
        return {"sources": [str(error)]}
    return {"sources": [str(status) for status in statuses]} if statuses else {}
