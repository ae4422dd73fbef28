"""Readings: what plain words of a query may mean beside or instead of themselves."""

from kzsearch.query.readings.date_phrases import DateReading, read_dates
from kzsearch.query.readings.equivalents import EquivalentReader
from kzsearch.query.readings.number_reader import NumberReader
from kzsearch.query.readings.numerals import normalize_numbers
from kzsearch.query.readings.reading import Reader, Reading, disjoint
from kzsearch.query.readings.run import Run
from kzsearch.query.readings.word_lists import read_groups

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
