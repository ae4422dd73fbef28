"""Letters of the reader's choice: any Kazakh text in Cyrillic, Latin or Arabic script.

``?letters=latn`` chooses and a cookie remembers it; ``?letters=original`` shows everything as it
was written again. Russian, English and other texts are never rewritten.
"""

from __future__ import annotations

from flask import Flask, Response, request
from markupsafe import Markup

from kzsearch.documents import Article, article_script
from kzsearch.results import Fragment, Hit, in_script, snippet_html
from kzsearch.results.fragments import whole
from kzsearch.text.scripts import Script
from kzsearch_web.languages import is_api

__all__ = ["LETTERS", "ORIGINAL", "init_letters"]

ORIGINAL = "original"

LETTERS = {"cyrl": "Кирилл", "latn": "Latyn", "arab": "توتە"}
"""Code (ISO 15924) and own name of every script on offer."""

_SCRIPTS = {"cyrl": Script.CYRILLIC, "latn": Script.LATIN_2021, "arab": Script.ARABIC}
_FAMILIES = {Script.CYRILLIC: "cyrl", Script.CYRILLIC_BARE: "cyrl", Script.ARABIC: "arab"}
"""Of scripts that are no Latin alphabet."""

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
    for code in (request.args.get("letters"), request.cookies.get(_COOKIE)):
        if code in LETTERS or code == ORIGINAL:
            return str(code)
    return ORIGINAL


def _remember(response: Response) -> Response:
    chosen = request.args.get("letters")
    if (chosen in LETTERS or chosen == ORIGINAL) and not is_api():
        response.set_cookie(_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def _conversion(article: Article) -> tuple[Script, Script] | None:
    """From which script into which an article is shown; None as it is written."""
    chosen = _chosen()
    if chosen == ORIGINAL or article.language_tag != "kk":
        return None
    script = article_script(article)
    if script is Script.OTHER or _FAMILIES.get(script, "latn") == chosen:
        return None
    return script, _SCRIPTS[chosen]


def _lettered(fragment: Fragment, article: Article) -> Fragment:
    """A piece of an article in the reader's letters."""
    scripts = _conversion(article)
    return in_script(fragment, *scripts) if scripts else fragment


def _title(article: Article) -> str:
    """The whole title of an article in the reader's letters."""
    return _lettered(whole(article.title, ()), article).text


def _snippet(hit: Hit) -> Markup:
    """The snippet of a hit in the reader's letters, as HTML."""
    if not (scripts := _conversion(hit.article)):
        return Markup(hit.snippet)
    return Markup(snippet_html([in_script(each, *scripts) for each in hit.fragments]))


def _tag(article: Article) -> str:
    """The language of what is shown of an article, as BCP 47 has it: kk, kk-Latn."""
    if not _conversion(article):
        return article.language_tag
    return f"kk-{_chosen().capitalize()}"


def _direction(article: Article) -> str:
    """Where what is shown of an article begins, for HTML's ``dir``: an article may be in any script
    as it is written.
    """
    return "rtl" if _tag(article) == "kk-Arab" else "auto"
