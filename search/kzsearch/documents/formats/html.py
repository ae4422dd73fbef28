"""HTML pages: the one article of a page, or a refusal where there is none.

No single source is right for all pages, so each field has an order of places to look in:
``page.metadata`` reads what a page states about itself, ``page.body`` finds the text.
Python's trafilatura (``kzsearch[web]``) finds texts best; without it an extractor of our own is
used that knows the shapes news pages commonly have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urljoin

from kzsearch.documents.declared import decode_markup
from kzsearch.documents.formats.page.body import article_text, is_article_text, is_listing
from kzsearch.documents.formats.page.metadata import read_metadata
from kzsearch.documents.formats.xml_root import markup_root
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.markup import parse_html
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import MAX_CHARS, Found, Markup, Record, unusable
from kzsearch.errors import DocumentError

__all__ = ["SUFFIXES", "extract", "read", "sniff"]

SUFFIXES = (".html", ".htm", ".xhtml")

_ROOTS = frozenset([
    "html", "head", "body", "title", "meta", "div", "p", "article", "main", "section", "span",
    "table", "script", "style", "link", "center", "br", "h1", "h2", "h3", "h4", "ul", "ol", "b",
    "i", "a", "img", "font", "form", "base",
])  # fmt: skip

_NO_ARTICLE = "this page holds no article: it lists headlines, or has too little text"


def sniff(head: bytes) -> bool:
    """Whether it begins as HTML does."""
    name = markup_root(head).name
    return name == "html" or (name in _ROOTS and not head.startswith(b"<?xml"))


def read(stream: InputStream) -> Iterator[Found]:
    """The article of a page."""
    data = stream.read(MAX_CHARS + 1)
    if len(data) > MAX_CHARS:
        yield unusable(f"the page is longer than {MAX_CHARS:,} bytes")
    else:
        yield extract(data)


def extract(
    page: bytes | str,
    url: str = "",
    charset: str = "",
    fetched: dt.datetime | None = None,
) -> Record | Problem:
    """The article of a page, or why there is none.

    page: as bytes, decoded as it declares, or as text.
    url: where it was fetched from, '' if that is not known.
    charset: the encoding an HTTP header names.
    fetched: when it was fetched, aware: «бүгін, 14:30» is told from it.
    The record has title, body, date (as the page writes it), source, author, category, url and
    language as far as they are known; its texts are plain. Raises nothing.
    """
    try:
        text = page if isinstance(page, str) else decode_markup(page, charset)
    except DocumentError as error:
        return unusable(str(error))
    tree = parse_html(text)
    if tree is None:
        return unusable("the page is empty")
    metadata = read_metadata(tree, url, fetched)
    if not metadata.is_article and is_listing(tree):
        return unusable(_NO_ARTICLE)
    body = article_text(tree, text, metadata.title, metadata.heading)
    if metadata.body and len(metadata.body) > 2 * len(body):
        body = metadata.body
    if not body or not (metadata.is_article or is_article_text(body)):
        return unusable(_NO_ARTICLE)
    fields: dict[str, object] = {
        "title": metadata.title,
        "body": body,
        "date": metadata.date,
        "author": metadata.author,
        "category": metadata.category,
        "url": urljoin(url, metadata.url) if metadata.url else url,
        "language": metadata.language,
    }
    return Record(1, fields, Markup.PLAIN, source=metadata.source, fetched=fetched)
