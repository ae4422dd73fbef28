"""A feed of any search: ``/feed.atom``, the newest articles first (RFC 4287).

It takes the arguments of the search page. An article is in it for all words of the query, not for
some of them, reprints are folded, and undated articles are left out: a feed is about what is new.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from kzsearch.dates import ALMATY
from kzsearch.results import Hit, ResultPage
from kzsearch_web.arguments import Arguments, limit_parameter
from kzsearch_web.door import index
from kzsearch_web.text import web_address

__all__ = ["feed_title", "feeds"]

feeds = Blueprint("feeds", __name__)

_LIMIT = limit_parameter("FEED_ENTRIES")
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold."""


@feeds.get("/feed.atom")
def feed() -> ResponseReturnValue:
    """The newest articles that a search finds; answers 304 when nothing has changed."""
    arguments = Arguments.read(request.args)
    limit = _LIMIT.read(request.args)
    asked = replace(arguments, page=1, limit=limit, explain=False)
    with index() as opened:
        found = asked.newest(opened)
        changed = opened.stats().changed
    response = Response(_document(arguments, found, changed), mimetype="application/atom+xml")
    response.add_etag()
    response.last_modified = changed
    response.headers["X-Robots-Tag"] = "noindex"
    return response.make_conditional(request)


def feed_title(arguments: Arguments) -> str:
    """What the feed of a search is called."""
    named = (*arguments.sources, *arguments.categories, *arguments.languages)
    days = "–".join(dict.fromkeys(filter(None, (arguments.first, arguments.last))))
    words = f"«{arguments.q}»" if arguments.q else ""
    return " · ".join(filter(None, [words, *named, days, str(current_app.config["SITE_NAME"])]))


def _document(arguments: Arguments, found: ResultPage, changed: dt.datetime) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    link: dict[str, Any] = dict(arguments.all().link())
    here = url_for("feeds.feed", _external=True, **link)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", here)
    _add(root, "title", feed_title(arguments))
    dates = [_moment(hit) for hit in found.hits]
    _add(root, "updated", max(dates, default=changed).isoformat())
    _add(root, "generator", "kzsearch")
    _add(root, "link", rel="self", type="application/atom+xml", href=here)
    page = url_for("pages.search", _external=True, **link)
    _add(root, "link", rel="alternate", type="text/html", href=page)
    for hit in found.hits:
        _add_entry(root, hit)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add_entry(root: ElementTree.Element, hit: Hit) -> None:
    article = hit.article
    entry = _add(root, "entry")
    entry.set(_LANGUAGE, article.language_tag)
    page = url_for("pages.article", article_id=article.id, _external=True)
    _add(entry, "id", page)
    _add(entry, "title", article.title or article.id)
    moment = _moment(hit).isoformat()
    _add(entry, "updated", moment)
    _add(entry, "published", moment)
    _add(entry, "link", rel="alternate", type="text/html", href=page)
    if address := web_address(article.url):
        _add(entry, "link", rel="via", href=address)
    author = _add(entry, "author")
    _add(author, "name", article.author or article.source or str(current_app.config["SITE_NAME"]))
    for category in article.categories:
        _add(entry, "category", term=category)
    if hit.snippet:
        _add(entry, "summary", hit.snippet, type="html")


def _moment(hit: Hit) -> dt.datetime:
    """When an article appeared; of one whose day is known only, when that began in Almaty."""
    date = hit.article.date
    if isinstance(date, dt.datetime):
        return date.replace(microsecond=0)
    assert date is not None, "a feed has dated articles only"
    return dt.datetime.combine(date, dt.time(), ALMATY)


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    clean = {key: _NO_XML.sub("", value) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    child.text = None if text is None else _NO_XML.sub("", text)
    return child
