"""Headers that keep a page to itself.

Nothing is loaded from elsewhere, no inline script or style runs, and no other
site may frame a page, but for the box made for that: text from an article, were
it ever written to a page unescaped, could still not run or call home.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, g

__all__ = ["HEADERS", "init_security"]

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'self'",  # the box asks for completions
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers older than frame-ancestors
    "Referrer-Policy": "same-origin",  # what a reader searched for stays here
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_security(app: Flask) -> None:
    """Put ``HEADERS`` on every answer, errors and static files included."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if origins := g.get("framed_by"):  # a box for other sites, see embed.py
        policy = _POLICY | {"frame-ancestors": origins}
        response.headers["Content-Security-Policy"] = _written(policy)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        del response.headers["X-Frame-Options"]
    return response


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
