"""The JSON API. Its language is English; an error is ``{"error": "one sentence"}``."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from kzsearch.errors import KzsearchError
from kzsearch_web.arguments import Arguments
from kzsearch_web.door import index
from kzsearch_web.failures import RequestError, status_of
from kzsearch_web.languages import gettext

__all__ = ["api"]

api = Blueprint("api", __name__)


@api.get("/api/search")
def search() -> ResponseReturnValue:
    """One page of results, the same object as ``kzsearch query --json`` prints."""
    arguments = Arguments.read(request.args)
    with index() as opened:
        return jsonify(arguments.search(opened).to_json())


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


@api.get("/api/articles/<path:article_id>")
def article(article_id: str) -> ResponseReturnValue:
    """One stored article."""
    with index() as opened:
        found = opened.get(article_id)
    if found is None:
        raise RequestError(
            gettext("There is no such article in the index: it may have been deleted."),
            HTTPStatus.NOT_FOUND,
        )
    return jsonify(found.to_json())


@api.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether searches can be answered, for whatever watches over the server."""
    try:
        with index() as opened:
            stats = opened.stats()
    except KzsearchError as error:
        return jsonify(status="error", error=str(error)), status_of(error)
    return jsonify(status="ok", articles=stats.articles, generation=stats.generation)
