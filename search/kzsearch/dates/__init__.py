"""Dates: one grammar and one calendar for documents, queries, the command line and the web."""

from kzsearch.dates.calendar import (
    ALMATY,
    Days,
    Period,
    Unit,
    calendar_period,
    rolling_period,
    today,
)
from kzsearch.dates.days import parse_days, parse_period
from kzsearch.dates.moments import parse_moment
from kzsearch.dates.phrases import Phrase, longest_phrase
from kzsearch.dates.words import classes_of, date_words, read_rows

__all__ = [
    "ALMATY",
    "Days",
    "Period",
    "Phrase",
    "Unit",
    "calendar_period",
    "classes_of",
    "date_words",
    "longest_phrase",
    "parse_days",
    "parse_moment",
    "parse_period",
    "read_rows",
    "rolling_period",
    "today",
]
