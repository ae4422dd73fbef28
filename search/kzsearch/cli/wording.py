"""Small things of English that several commands say."""

from __future__ import annotations

from kzsearch.engine.interface import Match, Place

__all__ = ["MATCHES", "PLACES", "counted"]

PLACES = {
    Place.TITLE: "in the title",
    Place.LEAD: "among the first words",
    Place.BODY: "in the text",
}
MATCHES = {
    Match.STEM: "by its stem",
    Match.EXACT: "as typed",
    Match.PREFIX: "by its first letters",
    Match.PHRASE: "words side by side",
    Match.RELATED: "a word of like meaning",
}
"""What a score is made of, in words."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 article``, ``2,000 articles``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
