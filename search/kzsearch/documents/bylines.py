"""Finds the source a text itself names: «…, деп хабарлайды BAQ.KZ».

The ways of saying so are rows of ``data/bylines.tsv``; this module only turns
them into patterns. It is used for articles whose file gives no better source.
"""

from __future__ import annotations

import re
from functools import cache

from kzsearch.documents.tables import read_table

__all__ = ["byline_source"]

_LEAD_CHARS = 2000
"""A byline stands in the first paragraphs; further down others are quoted."""

_LATIN_CAPITALS = "A-ZÁÄÇĞǴÍÑŃÓÖŞÚÜŪÝ"
_CYRILLIC_CAPITALS = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_WORD = rf"(?-i:[{_LATIN_CAPITALS}{_CYRILLIC_CAPITALS}])[\w’'-]*"
_SLOTS = {
    "{site}": r"(?P<source>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10})(?![a-z])",
    "{quoted}": r"«(?P<source>[^«»\n]{2,40})»",
    "{name}": rf"(?P<source>{_WORD}(?: \w[\w’'-]*)?(?: \w[\w’'-]*)?)",
    "{word}": rf"(?P<source>{_WORD})",
    "{other}": r"[\w.’'-]{2,40}?",
}


def byline_source(text: str) -> str:
    """The source named near the beginning of a text, or ''."""
    lead = " ".join(text[:_LEAD_CHARS].split())
    for pattern in _patterns():
        if match := pattern.search(lead):
            return match["source"].strip()
    return ""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(template) for template, _source, _example in read_table("bylines.tsv"))


def _compiled(template: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{\w+\})", template)
    source = "".join(_SLOTS.get(piece) or re.escape(piece) for piece in pieces)
    return re.compile(rf"(?<!\w){source}", re.IGNORECASE)
