"""The JSON API. Its language is English; an error is ``{"error": "one sentence"}``."""

from __future__ import annotations

import time
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, TypedDict

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from kzsearch.documents import Article
from kzsearch.errors import KzsearchError, SourceError
from kzsearch.index import Index
from kzsearch.results import HIT_FIELDS, hit_fields
from kzsearch.results.answers import (
    CompletionsAnswer,
    HitAnswer,
    SearchAnswer,
    SimilarAnswer,
    TermsAnswer,
    TimelineAnswer,
    timeline_answer,
)
from kzsearch.sources import places_of, source_statuses
from kzsearch_web.arguments import NARROWING, SEARCH, Arguments, limit_parameter
from kzsearch_web.door import index
from kzsearch_web.failures import no_such_article, status_of
from kzsearch_web.marking import TERMS_LIMIT
from kzsearch_web.operations import operation
from kzsearch_web.parameters import Names, Text
from kzsearch_web.periods import MOST_PERIODS, UNIT

__all__ = ["StatsAnswer", "api"]

api = Blueprint("api", __name__)

_CURSOR = Text(
    name="cursor",
    meaning="page without a bound: * begins, then each answer's `next` goes on",
    example="*",
)
_FIELDS = Names(
    name="fields",
    meaning="what is told of each hit, parted by commas, instead of: " + ", ".join(HIT_FIELDS),
    values=tuple(HitAnswer.__annotations__),
    chosen=hit_fields,
    example="id,title,language,body",
)
_TYPED = Text(name="q", meaning="a query that is still being typed", endless=True, example="қаза")
_ARTICLE = "2025-05-20-budjet-naqtylau"  # one of the samples
_ID = Text(name="article_id", meaning="id of an article", in_path=True, example=_ARTICLE)
_SIMILAR = limit_parameter("SIMILAR_ARTICLES")


class StatsAnswer(TypedDict):
    """What the index holds."""

    articles: Annotated[int, "how many articles there are"]
    first_day: Annotated[str | None, "day of the oldest"]
    last_day: Annotated[str | None, "day of the newest"]
    changed: Annotated[str, "when the index last changed"]
    generation: Annotated[str, "names this state of the index"]
    facets: Annotated[
        dict[str, dict[str, int]], "how many there are of each source, category, language, month"
    ]


@operation(
    api, "/api/search", *SEARCH, _CURSOR, _FIELDS,
    answer=SearchAnswer,
    errors=(HTTPStatus.GONE, HTTPStatus.SERVICE_UNAVAILABLE),
    examples=(
        {"q": "мектеп", "from": "2025-09", "limit": "2"},
        {"q": "мектеп", "fields": "id,title,language,body", "limit": "1"},
        {"q": "мектеп", "cursor": "*", "limit": "5"},
    ),
)  # fmt: skip
def search() -> ResponseReturnValue:
    """One page of results, the same object as ``kzsearch query --json`` prints."""
    arguments = Arguments.read(request.args)
    fields = _FIELDS.read(request.args)
    if "explanation" in fields:
        arguments = replace(arguments, explain=True)
    with index() as opened:
        found = arguments.search(opened, _CURSOR.read(request.args) or None)
        return jsonify(found.to_json(fields))


@operation(
    api, "/api/timeline", *NARROWING, UNIT,
    answer=TimelineAnswer,
    errors=(HTTPStatus.SERVICE_UNAVAILABLE,),
    examples=({"q": "мектеп", "unit": "month"},),
)  # fmt: skip
def timeline() -> ResponseReturnValue:
    """How all results of a search lie in time."""
    arguments = Arguments.read(request.args)
    unit = UNIT.read(request.args) or None
    with index() as opened:
        found = arguments.timeline(opened, unit, MOST_PERIODS)
    return jsonify(timeline_answer(found))


@operation(
    api, "/api/terms", *NARROWING, TERMS_LIMIT,
    answer=TermsAnswer,
    errors=(HTTPStatus.SERVICE_UNAVAILABLE,),
    examples=({"q": "мектеп", "limit": "10"},),
)  # fmt: skip
def terms() -> ResponseReturnValue:
    """Words and names that the best hits have far more often than other articles."""
    arguments = Arguments.read(request.args)
    limit = TERMS_LIMIT.read(request.args)
    with index() as opened:
        return jsonify(arguments.but(limit=limit).terms(opened).to_json())


@operation(
    api, "/api/complete", _TYPED,
    answer=CompletionsAnswer,
    errors=(HTTPStatus.SERVICE_UNAVAILABLE,),
    examples=({"q": "мект"},),
)  # fmt: skip
def complete() -> ResponseReturnValue:
    """What the query may become that is being typed; never an error about the query.

    Nothing completes a query that is too long. A browser may keep the answer for a while: who
    takes a letter back does not wait again.
    """
    config = current_app.config
    typed = request.args.get(_TYPED.name, "")
    if len(typed) > config["MAX_QUERY_LENGTH"]:
        typed = ""
    with index() as opened:
        found = opened.complete(typed, config["COMPLETIONS"])
    response = jsonify(completions=[each.to_json() for each in found])
    response.cache_control.private = True
    response.cache_control.max_age = config["COMPLETIONS_SECONDS"]
    return response


@operation(
    api, "/api/articles/<text:article_id>", _ID,
    answer=Article,
    errors=(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    examples=({"article_id": _ARTICLE},),
)  # fmt: skip
def article(article_id: str) -> ResponseReturnValue:
    """One stored article."""
    with index() as opened:
        found = opened.get(article_id)
    if found is None:
        raise no_such_article()
    return jsonify(found.to_json())


@operation(
    api, "/api/similar/<text:article_id>", _ID, _SIMILAR,
    answer=SimilarAnswer,
    errors=(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    examples=({"article_id": _ARTICLE, "limit": "2"},),
)  # fmt: skip
def similar(article_id: str) -> ResponseReturnValue:
    """Other articles on the same matter, the object ``kzsearch similar --json`` prints."""
    limit = _SIMILAR.read(request.args)
    with index() as opened:
        if opened.get(article_id) is None:
            raise no_such_article()
        hits = opened.similar(article_id, limit)
    answer: SimilarAnswer = {"id": article_id, "hits": [hit.to_json() for hit in hits]}
    return jsonify(answer)


@operation(
    api, "/api/stats", answer=StatsAnswer, errors=(HTTPStatus.SERVICE_UNAVAILABLE,)
)  # fmt: skip
def stats() -> ResponseReturnValue:
    """What the index holds: how many articles, from when to when, of which sources."""
    with index() as opened:
        counted = opened.stats()
        answer: StatsAnswer = {
            "articles": counted.articles,
            "first_day": counted.first_day or None,
            "last_day": counted.last_day or None,
            "changed": counted.changed.isoformat(),
            "generation": opened.generation,
            "facets": {name: dict(counts) for name, counts in opened.counts().items()},
        }
    return jsonify(answer)


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
