"""What robots may read: ``/robots.txt``, and all articles in sitemaps (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from xml.etree import ElementTree

from flask import Blueprint, Response, url_for

from kzsearch_web.door import index
from kzsearch_web.failures import RequestError
from kzsearch_web.languages import gettext

__all__ = ["sitemaps"]

sitemaps = Blueprint("sitemaps", __name__)

_CLOSED = ("/*?", "/api/", "/export.", "/timeline", "/embed")
"""Where the endless space of searches begins."""

_ARTICLES = 10_000
"""Articles in one sitemap; fifty thousand are allowed."""

_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HOUR = 3_600


@sitemaps.get("/robots.txt")
def robots() -> Response:
    """Articles may be crawled, and are listed; searches may not."""
    where = url_for("sitemaps.sitemap_index", _external=True)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), f"Sitemap: {where}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@sitemaps.get("/sitemap.xml")
def sitemap_index() -> Response:
    """The sitemaps: one of the start page and the sources, others of articles by id."""
    with index() as opened:
        count = opened.stats().articles
    numbers = range(-(-count // _ARTICLES) + 1)
    addresses = (url_for("sitemaps.sitemap", number=number, _external=True) for number in numbers)
    return _written("sitemapindex", "sitemap", addresses)


@sitemaps.get("/sitemaps/<int:number>.xml")
def sitemap(number: int) -> Response:
    """One sitemap; 0 is that of the start page and the sources."""
    with index() as opened:
        if number == 0:
            names = sorted(opened.counts()["source"])
            addresses = [
                url_for("pages.search", _external=True),
                url_for("source_pages.sources", _external=True),
                *(url_for("source_pages.source", name=name, _external=True) for name in names),
            ]
        else:
            ids = sorted(opened.ids())[(number - 1) * _ARTICLES : number * _ARTICLES]
            addresses = [url_for("pages.article", article_id=each, _external=True) for each in ids]
    if not addresses:
        raise RequestError(
            gettext("There is no such page: the link may be old or mistyped."),
            HTTPStatus.NOT_FOUND,
        )
    return _written("urlset", "url", addresses)


def _written(root: str, entry: str, addresses: Iterable[str]) -> Response:
    tree = ElementTree.Element(root, xmlns=_XMLNS)
    for address in addresses:
        ElementTree.SubElement(ElementTree.SubElement(tree, entry), "loc").text = address
    document = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
    response = Response(document, mimetype="application/xml")
    response.cache_control.max_age = _HOUR
    return response
