"""Expansion: what plain words of a query are searched for besides or instead of themselves."""

from kzsearch.query.expansion.compounds import CompoundExpander
from kzsearch.query.expansion.equivalents import EquivalentExpander
from kzsearch.query.expansion.expansion import Expander, expand
from kzsearch.query.expansion.foreign_names import ForeignNameExpander
from kzsearch.query.expansion.kazakh_names import KazakhNameExpander
from kzsearch.query.expansion.numbers import NumberExpander
from kzsearch.query.expansion.numerals import normalize_numbers
from kzsearch.query.expansion.run import Run
from kzsearch.query.expansion.word_lists import Equivalents, OwnerLists, read_equivalents

__all__ = [
    "CompoundExpander",
    "EquivalentExpander",
    "Equivalents",
    "Expander",
    "ForeignNameExpander",
    "KazakhNameExpander",
    "NumberExpander",
    "OwnerLists",
    "Run",
    "expand",
    "normalize_numbers",
    "read_equivalents",
]
