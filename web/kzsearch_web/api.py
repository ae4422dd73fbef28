"""The JSON API. Its language is English; an error is ``{"error": "one sentence"}``."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, jsonify, request
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
