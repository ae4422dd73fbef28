"""Cross-origin reading: which sites' scripts may read what this one tells programs.

Only answers without anything of a reader's own are shared; cookies are never asked for.
"""

from __future__ import annotations

import re
from http import HTTPMethod

from flask import Flask, Response, current_app, request

__all__ = ["init_cors"]

_SHARED = re.compile(r"/api/.*|/openapi\.json|/export\.\w+|/timeline\.csv|/feed\.atom", re.S)
_READABLE = "ETag, Last-Modified, Retry-After, X-Index-Generation, X-Total-Count"
"""Headers that a script may see beside the usual ones."""


def init_cors(app: Flask) -> None:
    """Let the scripts of ``CORS_ORIGINS`` read the API, exports and feeds.

    To be called before ``init_security``: what is done after a request is done backwards.
    """
    if app.config["CORS_ORIGINS"]:
        app.after_request(_share)


def _share(response: Response) -> Response:
    if not _SHARED.fullmatch(request.path):
        return response
    allowed = current_app.config["CORS_ORIGINS"].split()
    origin = request.headers.get("Origin", "")
    if "*" in allowed:
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response.vary.add("Origin")
        if not any(_fits(origin, each) for each in allowed):
            return response
        response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _READABLE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == HTTPMethod.OPTIONS:
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    return response


def _fits(origin: str, allowed: str) -> bool:
    """Whether an origin is one that is allowed; ``https://*.mysal.kz`` is any host below it."""
    scheme, star, domain = allowed.partition("*")
    if not star:
        return origin == allowed
    host = origin.removeprefix(scheme)
    return (
        origin.startswith(scheme)
        and host.endswith(domain)
        and re.fullmatch(r"[A-Za-z0-9.-]+", host.removesuffix(domain)) is not None
    )
