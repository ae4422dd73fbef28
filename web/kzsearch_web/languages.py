"""The language of the interface.

Kazakh is the default, whatever the browser asks for: this is a Kazakh service,
and browsers in Kazakhstan mostly ask for Russian without their reader ever
having chosen so. ``?lang=ru`` chooses a language and a cookie remembers it.

Messages in the code are English; ``translations/`` holds the Kazakh and Russian
catalogues (docs/web.md says how to renew them).
"""

from __future__ import annotations

from urllib.parse import urlencode

import flask_babel
from flask import Flask, Response, current_app, request

__all__ = ["CARRIED", "LANGUAGES", "article_language", "gettext", "init_languages", "is_api"]

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Code and own name of every interface language there is; ``LANGUAGES`` offers some."""

CARRIED = (
    "q", "page", "sort", "from", "to", "source", "category", "language", "not_source", "explain",
    "exact", "copies", "limit", "compare", "unit",
)  # fmt: skip
"""The arguments of a page that its link to another language keeps."""

_COOKIE = "kzsearch_lang"
_YEAR = 365 * 24 * 3600


def init_languages(app: Flask) -> None:
    """Choose a language for each request and tell templates which."""
    flask_babel.Babel(app, default_locale=app.config["DEFAULT_LANGUAGE"], locale_selector=_choose)
    app.after_request(_remember)
    app.context_processor(
        lambda: {
            "languages": _offered(),
            "language": str(flask_babel.get_locale()),
            "language_link": _link,
        }
    )


def is_api() -> bool:
    """Whether the request is for the JSON API, whose language is always English."""
    return request.path.startswith("/api/")


def gettext(message: str, **values: object) -> str:
    """The message in the reader's language, its ``%(name)s`` filled from ``values``."""
    return str(flask_babel.gettext(message, **values))


def article_language(code: str) -> str:
    """The name of the language that articles are in, in the reader's language."""
    names = {
        "kk": gettext("Kazakh"),
        "ru": gettext("Russian"),
        "en": gettext("English"),
        "other": gettext("Other languages"),
    }
    return names.get(code.lower(), code)


def _offered() -> dict[str, str]:
    return {code: LANGUAGES[code] for code in current_app.config["LANGUAGES"].split()}


def _choose() -> str:
    if is_api():
        return "en"
    for code in (request.args.get("lang"), request.cookies.get(_COOKIE)):
        if code in _offered():
            return str(code)
    return str(current_app.config["DEFAULT_LANGUAGE"])


def _remember(response: Response) -> Response:
    if request.endpoint == "static" or is_api():
        return response
    response.vary.add("Cookie")
    chosen = request.args.get("lang")
    if chosen in _offered():
        response.set_cookie(_COOKIE, str(chosen), max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def _link(code: str) -> str:
    """This page in another language: only a query string, so it can lead nowhere else.

    It carries what searches know, and no more of it than they take, whatever was sent.
    """
    config = current_app.config
    rest = [
        (name, value)
        for name in CARRIED
        for value in request.args.getlist(name)[: config["MAX_FILTERS"]]
        if len(value) <= config["MAX_QUERY_LENGTH"]
    ]
    return "?" + urlencode([*rest, ("lang", code)])
