"""Readings: what plain words of a query may mean beside or instead of themselves."""

from kzsearch.query.date_phrases import DateReading, read_dates
from kzsearch.query.expansion.equivalents import EquivalentReader
from kzsearch.query.expansion.expansion import Reader, Reading, disjoint
from kzsearch.query.expansion.numbers import NumberReader
from kzsearch.query.expansion.numerals import normalize_numbers
from kzsearch.query.expansion.run import Run
from kzsearch.query.expansion.word_lists import read_groups

__all__ = [
    "DateReading",
    "EquivalentReader",
    "NumberReader",
    "Reader",
    "Reading",
    "Run",
    "disjoint",
    "normalize_numbers",
    "read_dates",
    "read_groups",
]
