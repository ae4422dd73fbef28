"""The Russian-Kazakh translations, read when the first Russian word is searched for.

Three files, each of which names its source: words written down by hand, countries and
regions of CLDR, and what word alignment learned from openly licensed sentence pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kzsearch.text.data_files import table_rows

__all__ = ["FILES", "Translations", "merged", "shipped_translations"]

Translations = Mapping[str, tuple[str, ...]]
"""Kazakh words and phrases, the best first, by the Russian word in its dictionary form
(small letters, е for ё), or by several such words with a space between."""

FILES = ("vocabulary.tsv", "territories.tsv", "learned.tsv")
"""The lists that ship with kzsearch, the surest first."""


def merged(*lists: Translations) -> Translations:
    """All together; of one Russian word what earlier lists say comes first."""
    together: dict[str, tuple[str, ...]] = {}
    for each in lists:
        for russian, kazakh in each.items():
            together[russian] = tuple(dict.fromkeys(together.get(russian, ()) + kazakh))
    return together


@cache
def shipped_translations(*names: str) -> Translations:
    """What ships with kzsearch; only the files of some ``names`` if given."""
    return merged(*(dict(_pairs(name)) for name in names or FILES))


def _pairs(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for russian, kazakh, *_ in table_rows("kzsearch.query.translation", name):
        yield russian, tuple(kazakh.split(", "))
