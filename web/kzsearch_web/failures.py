"""What a reader sees when a request cannot be answered: one sentence and the right status.

The rooms below raise ``KzsearchError`` with an English sentence for developers
and the command line. A page speaks the reader's language, so each kind of error
has its own translated sentence here; the JSON API, whose language is English,
passes the original sentence on, because it names the file or the argument.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from kzsearch.errors import (
    CursorExpiredError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    KzsearchError,
    QueryError,
)
from kzsearch_web.languages import gettext, is_api

__all__ = ["RequestError", "init_failures", "no_such_article", "status_of"]


class RequestError(KzsearchError):
    """A request that cannot be answered, with its sentence already in the reader's language."""

    def __init__(self, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(sentence)
        self.status = status


def no_such_article() -> RequestError:
    """The answer to an id that the index does not have."""
    return RequestError(
        gettext("There is no such article in the index: it may have been deleted."),
        HTTPStatus.NOT_FOUND,
    )


def init_failures(app: Flask) -> None:
    """Answer every error with a page or, under ``/api/``, with JSON."""
    app.register_error_handler(KzsearchError, _deliberate)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _foreign_host)


def status_of(error: KzsearchError) -> HTTPStatus:
    """The HTTP status an error of the rooms below stands for."""
    match error:
        case RequestError():
            return error.status
        case CursorExpiredError():
            return HTTPStatus.GONE
        case QueryError():
            return HTTPStatus.BAD_REQUEST
        case IndexMissingError() | IndexDamagedError() | IndexMismatchError() | IndexLockedError():
            return HTTPStatus.SERVICE_UNAVAILABLE
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR


def _deliberate(error: KzsearchError) -> ResponseReturnValue:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.error("%s", error)
    return _answer(str(error) if is_api() else _sentence(error), status)


def _http(error: HTTPException) -> ResponseReturnValue:
    """Werkzeug's own errors; an uncaught exception arrives here as a logged 500."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    response = make_response(_answer(_http_sentence(status), status))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value  # such as Allow, with a 405
    return response


def _foreign_host(error: SecurityError) -> ResponseReturnValue:
    """A host outside ``TRUSTED_HOSTS``: no page, for no link can be made on it."""
    if is_api():
        return _answer(_http_sentence(HTTPStatus.BAD_REQUEST), HTTPStatus.BAD_REQUEST)
    return Response(_http_sentence(HTTPStatus.BAD_REQUEST), error.code, mimetype="text/plain")


def _answer(sentence: str, status: HTTPStatus) -> ResponseReturnValue:
    if is_api():
        return jsonify(error=sentence), status
    query = request.args.get("q", "")[: current_app.config["MAX_QUERY_LENGTH"]]
    return render_template("error.html", sentence=sentence, status=status, q=query), status


def _sentence(error: KzsearchError) -> str:
    match error:
        case RequestError():
            return str(error)
        case QueryError():
            return gettext("The search could not be understood; check the dates and the address.")
        case IndexMissingError():
            return gettext(
                "There is no index yet: make one with the command “kzsearch index”, "
                "then reload this page."
            )
        case IndexMismatchError():
            return gettext(
                "The index was made by another version of the program: "
                "run “kzsearch rebuild”, then reload this page."
            )
        case IndexDamagedError():
            return gettext(
                "The index is damaged: “kzsearch verify” tells where "
                "and “kzsearch rebuild” mends it."
            )
        case _:
            return _http_sentence(HTTPStatus.INTERNAL_SERVER_ERROR)


def _http_sentence(status: HTTPStatus) -> str:
    match status:
        case HTTPStatus.NOT_FOUND:
            return gettext("There is no such page: the link may be old or mistyped.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return gettext("This address can be read but not written to.")
        case HTTPStatus.TOO_MANY_REQUESTS:
            return gettext("Too many requests come from your address; please wait a little.")
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return gettext("Something broke on the server; please try again a little later.")
        case _:
            return gettext("The server did not understand the request; check the address.")
