"""The words of dates, read once from ``data/words.tsv``: which classes a written word is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from kzsearch.text import fold
from kzsearch.text.data_files import table_rows
from kzsearch.text.scripts import Script, skeleton, to_cyrillic
from kzsearch.text.scripts.script import LATIN_ALPHABETS

__all__ = [
    "FILLER",
    "Classes",
    "Lookup",
    "classes_of",
    "classes_on_pages",
    "date_words",
    "read_rows",
]

Classes = Sequence[tuple[str, str]]
"""The classes of a word, each with the value it has there: ``[("month", "9")]``."""

Lookup = Callable[[str], Classes]
"""Gives the classes of a folded word; none for a word that no date has."""

FILLER = "filler"
"""The class of words that say nothing new in a date of a document: days of the week, «сағат»."""

_CASES = {"in": "", "from": ":from", "to": ":to"}
_SHORTEST = 4
"""Letters of a word that is known without its Kazakh letters: shorter ones are too many things."""

_SCRIPTS = (*LATIN_ALPHABETS, Script.ARABIC)


def read_rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a data file of this room, as columns."""
    return list(table_rows("kzsearch.dates", name))


def classes_of(word: str) -> Classes:
    """The classes of a word anywhere, in a query above all."""
    return _forms(False).get(word, ())


def classes_on_pages(word: str) -> Classes:
    """The classes of a word in the date of a document.

    Such a date is nothing but a date, so abbreviations count too, and words in Latin or Arabic
    script or typed without Kazakh letters («29 qyrkúıek», «29 кыркуйек»).
    """
    return _forms(True).get(word) or _respelled(word)


def date_words() -> frozenset[str]:
    """The words that dates are made of in queries, as they stand in the table."""
    return frozenset(row[0] for row in read_rows("words.tsv") if row[4] == "all")


def _respelled(word: str) -> Classes:
    forms, skeletons = _forms(True), _skeletons()
    spellings = [word, *(fold(to_cyrillic(word, script).text) for script in _SCRIPTS)]
    for spelling in spellings:
        if classes := forms.get(spelling):
            return classes
    long_enough = (spelling for spelling in spellings if len(spelling) >= _SHORTEST)
    return next(filter(None, (skeletons.get(skeleton(it)) for it in long_enough)), ())


@cache
def _forms(on_pages: bool) -> Mapping[str, Classes]:
    endings = [(ending, _CASES[case]) for ending, case, _example in read_rows("endings.tsv")]
    forms: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for word, kind, value, takes, where, _example in read_rows("words.tsv"):
        if where == "all" or on_pages:
            for ending, case in (("", ""), *(endings if takes == "place" else ())):
                forms[word + ending].append((kind + case, value))
    return forms


@cache
def _skeletons() -> Mapping[str, Classes]:
    return {
        skeleton(word): classes
        for word, classes in _forms(True).items()
        if len(word) >= _SHORTEST and not word.isascii()
    }
