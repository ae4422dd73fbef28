"""ETags on articles: who has one already, a browser, a cache or a robot, gets status 304."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, request

__all__ = ["init_revalidation"]

_ENDPOINTS = {"pages.article", "api.article"}


def init_revalidation(app: Flask) -> None:
    """Let an article be kept, but asked for each time whether it is still the same.

    The ETag is of the answer as it goes out: the article, its marks, similar ones, the language.
    """

    @app.after_request
    def revalidated(response: Response) -> Response:
        if request.endpoint in _ENDPOINTS and response.status_code == HTTPStatus.OK:
            response.add_etag()
            response.cache_control.no_cache = True
            response.make_conditional(request)
        return response
