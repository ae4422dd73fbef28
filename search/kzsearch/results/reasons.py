"""Why a hit was found, told by the words of the query: one reason a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kzsearch.engine.interface import Match, Place, ScorePart

__all__ = ["Reason", "reasons"]

_CLOSEST = (Match.EXACT, Match.PHRASE, Match.STEM, Match.PREFIX, Match.RELATED)
"""Ways to match, the closest first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one word or phrase of a query adds to a score.

    places: where it was found, in the order of ``Place``. match: the closest way it was found by.
    """

    word: str
    places: tuple[Place, ...]
    match: Match
    score: float


def reasons(parts: Iterable[ScorePart]) -> list[Reason]:
    """The parts of a score put together by the words of the query, what adds most first."""
    by_word: dict[str, list[ScorePart]] = {}
    for part in parts:
        by_word.setdefault(part.word or part.what, []).append(part)
    found = [
        Reason(
            word,
            tuple(place for place in Place if place in {part.place for part in of_word}),
            min((part.match for part in of_word), key=_CLOSEST.index),
            sum(part.score for part in of_word),
        )
        for word, of_word in by_word.items()
    ]
    return sorted(found, key=lambda reason: (-reason.score, reason.word))
