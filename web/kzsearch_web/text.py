"""Text of articles made ready for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup

from kzsearch.results import to_html
from kzsearch.results.page import Fragment

__all__ = ["init_text", "marked", "paragraphs", "web_address"]


def init_text(app: Flask) -> None:
    """Give templates the filters of this module."""
    app.add_template_filter(marked)
    app.add_template_filter(paragraphs)
    app.add_template_filter(web_address)
    app.add_template_filter(lambda address: urlsplit(address).hostname, "host")


def marked(fragment: Fragment) -> Markup:
    """A fragment as HTML: escaped first, its marks in ``<mark>``."""
    return Markup(to_html(fragment))


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
