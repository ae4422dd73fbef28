"""Titles that only repeat the beginning of their body, as those of untitled articles do.

A first sentence that stands in for a title is long, and a snippet that begins with it says
nothing new. So such a title is shown cut short, and the snippet goes on where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzsearch.results.marks import Mark
from kzsearch.results.page import Fragment

__all__ = ["TITLE_LENGTH", "after", "shortened", "shown_length"]

TITLE_LENGTH = 110
"""Code points of such a title that are shown, about two lines on a telephone."""

_ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")
_ENDS = '.!?»”")'
_DANGLING = " ,;:–—-"


def shown_length(title: str, body: str) -> tuple[int, int] | None:
    """How much of a title is shown that is the first sentence of its body, or the beginning of a
    longer one, and how much of the body that is.

    In code points; None for any other title. Spaces and line ends may differ.
    """
    cut = title.endswith(_ELLIPSIS)
    words = title.removesuffix(_ELLIPSIS).split()
    if not words or not (begun := _begins(words, body)):
        return None
    line_ends = body[begun : begun + 1] in ("", "\n", "\r")
    if not (cut or line_ends or title[-1] in _ENDS):
        return None  # words that a sentence happens to begin with
    shown = title
    if len(title) > TITLE_LENGTH:
        border = title.rfind(" ", 0, TITLE_LENGTH + 1)
        shown = title[: border if border > 0 else TITLE_LENGTH].rstrip(_DANGLING)
        begun = _begins(shown.split(), body) or begun
    return len(shown), begun


def _begins(words: Sequence[str], body: str) -> int:
    """Where the words end that a text begins with; 0 where it begins otherwise."""
    end = 0
    for word in words:
        space = _SPACE.match(body, end)
        start = space.end() if space else end
        if not body.startswith(word, start) or (end and start == end):
            return 0
        end = start + len(word)
    return end


def shortened(title: str, marks: Sequence[Mark], length: int) -> Fragment:
    """The beginning of a title as a fragment."""
    inside = tuple((m.start, min(m.end, length)) for m in marks if m.start < length)
    return Fragment(title[:length], inside, after=length < len(title))


def after(body: str, marks: Sequence[Mark], start: int) -> tuple[str, list[Mark]]:
    """What of a body comes after a place, without spaces and marks of punctuation before it."""
    while start < len(body) and (body[start].isspace() or body[start] in ".…!?,;:–—-"):
        start += 1
    rest = [Mark(max(m.start - start, 0), m.end - start, m.parts) for m in marks if m.end > start]
    return body[start:], rest
