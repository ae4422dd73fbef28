"""Letters of the reader's choice: any Kazakh text in Cyrillic, Latin or Arabic script.

``?letters=latn`` chooses and a cookie remembers it; ``?letters=original`` shows everything as it
was written again. Russian, English and other texts are never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request
from markupsafe import Markup

from kzsearch.documents import Article
from kzsearch.results import Fragment, Hit, Letters, rewriting, snippet_html
from kzsearch_web.languages import is_api

__all__ = ["LETTERS", "ORIGINAL", "init_letters"]

ORIGINAL = "original"

LETTERS = {Letters.CYRILLIC: "Кирилл", Letters.LATIN: "Latyn", Letters.ARABIC: "توتە"}
"""Code and own name of every script on offer."""

_CODES = (*LETTERS, ORIGINAL)
_COOKIE = "kzsearch_letters"
_YEAR = 365 * 24 * 3600


def init_letters(app: Flask) -> None:
    """Give templates what shows articles in the letters chosen, and remember the choice."""
    app.after_request(_remember)
    app.context_processor(lambda: {"letters": LETTERS, "chosen_letters": _chosen()})
    app.add_template_filter(_title, "title_text")
    app.add_template_filter(_snippet, "snippet")
    app.add_template_filter(_lettered, "lettered")
    app.add_template_filter(_tag, "language_tag")
    app.add_template_filter(_direction, "direction")


def _chosen() -> str:
    """The code of the letters chosen, ``original`` for none."""
    for code in (request.args.get("letters"), request.cookies.get(_COOKIE)):
        if code in _CODES:
            return str(code)
    return ORIGINAL


def _remember(response: Response) -> Response:
    chosen = request.args.get("letters")
    if chosen in _CODES and not is_api():
        response.set_cookie(_COOKIE, str(chosen), max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def _rewriting(article: Article) -> Callable[[Fragment], Fragment] | None:
    """What rewrites an article for the reader; None where it is shown as it is written."""
    chosen = _chosen()
    return None if chosen == ORIGINAL else rewriting(article, Letters(chosen))


def _lettered(fragment: Fragment, article: Article) -> Fragment:
    """A piece of an article in the reader's letters."""
    rewrite = _rewriting(article)
    return rewrite(fragment) if rewrite else fragment


def _title(article: Article) -> str:
    """The whole title of an article in the reader's letters."""
    return _lettered(Fragment(article.title), article).text


def _snippet(hit: Hit) -> Markup:
    """The snippet of a hit in the reader's letters, as HTML."""
    rewrite = _rewriting(hit.article)
    return Markup(snippet_html([*map(rewrite, hit.fragments)]) if rewrite else hit.snippet)


def _tag(article: Article) -> str:
    """The language of what is shown of an article, as BCP 47 has it: kk, kk-Latn."""
    return f"kk-{_chosen().capitalize()}" if _rewriting(article) else article.language_tag


def _direction(article: Article) -> str:
    """Where what is shown of an article begins, for HTML's ``dir``: an article may be in any script
    as it is written.
    """
    return "rtl" if _tag(article) == "kk-Arab" else "auto"
