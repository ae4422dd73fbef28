"""Arguments of what counts by periods: the unit, and a second query to compare with."""

from __future__ import annotations

from kzsearch.engine.interface import Period
from kzsearch_web.languages import gettext
from kzsearch_web.parameters import Choice, Text

__all__ = ["COMPARE", "MOST_PERIODS", "UNIT"]

MOST_PERIODS = 60
"""Periods that are enough, where no unit is asked for."""

UNIT = Choice(
    name="unit",
    meaning=f"what to count by; left out, the shortest of which {MOST_PERIODS} are enough",
    values=tuple(Period),
    default="",
    refusal=lambda: gettext("A unit is “day”, “week”, “month” or “year”."),
    example="month",
)
COMPARE = Text(
    name="compare", meaning="a second query, counted with the same filters", example="балабақша"
)
