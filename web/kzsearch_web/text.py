"""Text of articles made ready for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import shorten
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup

from kzsearch.results import to_html
from kzsearch.results.page import Fragment, Hit

__all__ = ["elsewhere", "init_text", "lead", "marked", "paragraphs", "web_address"]

_LEAD = 200
"""Code points of what is told of an article to whoever links to it."""


def init_text(app: Flask) -> None:
    """Give templates the filters of this module."""
    app.add_template_filter(elsewhere)
    app.add_template_filter(lead)
    app.add_template_filter(marked)
    app.add_template_filter(paragraphs)
    app.add_template_filter(web_address)
    app.add_template_filter(lambda address: urlsplit(address).hostname, "host")


def marked(fragment: Fragment) -> Markup:
    """A fragment as HTML: escaped first, its marks in ``<mark>``."""
    return Markup(to_html(fragment))


def elsewhere(hit: Hit) -> bool:
    """Whether each copy of a hit is of a source of its own, none of the hit's."""
    sources = [hit.article.source, *(copy.source for copy in hit.copies)]
    return all(sources) and len(set(sources)) == len(sources)


def lead(text: str) -> str:
    """The first words of a text in one line."""
    return shorten(text[: 4 * _LEAD], _LEAD, placeholder="…")


def paragraphs(fragment: Fragment) -> Iterator[Fragment]:
    """The lines of a text that are not blank, each with its share of the marks."""
    for line in re.finditer(r"[^\r\n]*\S[^\r\n]*", fragment.text):
        start, end = line.span()
        inside = (
            (max(left, start) - start, min(right, end) - start) for left, right in fragment.marks
        )
        yield Fragment(line.group(), tuple((left, right) for left, right in inside if left < right))


def web_address(url: str) -> str:
    """The address if it is one of the web, else '': a ``javascript:`` link must never be made."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
