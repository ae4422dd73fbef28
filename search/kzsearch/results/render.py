"""Fragments as text to show: HTML for pages, pieces for a terminal.

HTML is escaped first and ``<mark>`` put in afterwards, so nothing an article or a query
holds can become markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from kzsearch.results.page import Fragment

__all__ = ["ELLIPSIS", "snippet_html", "to_html", "to_pieces"]

ELLIPSIS = "…"


def to_pieces(fragment: Fragment) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is marked; ellipses are pieces of their own."""
    if fragment.before:
        yield ELLIPSIS, False
    done = 0
    for start, end in fragment.marks:
        if done < start:
            yield fragment.text[done:start], False
        yield fragment.text[start:end], True
        done = end
    if done < len(fragment.text):
        yield fragment.text[done:], False
    if fragment.after:
        yield ELLIPSIS, False


def to_html(fragment: Fragment) -> str:
    """The fragment as HTML, escaped, matches in ``<mark>``."""
    return "".join(
        f"<mark>{escape(text)}</mark>" if marked else escape(text)
        for text, marked in to_pieces(fragment)
    )


def snippet_html(fragments: Sequence[Fragment]) -> str:
    """Several fragments as one piece of HTML, an ellipsis between each two."""
    html = "".join(map(to_html, fragments[:1]))
    for left, right in pairwise(fragments):
        html += " " if left.after or right.before else f" {ELLIPSIS} "
        html += to_html(right)
    return html
