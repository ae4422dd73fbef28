"""Why a hit was found, a reason a word."""

from __future__ import annotations

from kzsearch.engine.interface import Match, Place, ScorePart
from kzsearch.results import Reason, reasons


def test_parts_of_one_word_are_one_reason() -> None:
    parts = [
        ScorePart("тоқаев", Place.TITLE, Match.STEM, 2.0, "тоқаевтың"),
        ScorePart("прези", Place.BODY, Match.PREFIX, 0.5, "президент"),
        ScorePart("тоқае", Place.BODY, Match.PREFIX, 0.25, "тоқаевтың"),
        ScorePart("президент", Place.LEAD, Match.STEM, 0.5, "президент"),
        ScorePart("тоқаевтың", Place.BODY, Match.EXACT, 0.5, "тоқаевтың"),
    ]
    assert reasons(parts) == [
        Reason("тоқаевтың", (Place.TITLE, Place.BODY), Match.EXACT, 2.75),
        Reason("президент", (Place.LEAD, Place.BODY), Match.STEM, 1.0),
    ]


def test_without_parts_there_is_no_reason() -> None:
    assert reasons([]) == []
