"""What a hyphen may join to a word without making a compound of it.

Kazakh spelling sets an ending off with a hyphen after a number, a percent sign, a Latin word,
an acronym or an abbreviation without vowels (``55-ші``, ``%-ке``, ``Facebook-те``, ``АҚШ-тың``,
``км-ге``), and a particle after any word (``күні-ақ``). Head and ending are one token.
"""

from __future__ import annotations

import re

from kzsearch.text.alphabet import VOWELS
from kzsearch.text.data_files import rows
from kzsearch.text.folding import fold

__all__ = ["KAZAKH_ENDING", "attaches", "is_acronym"]

_LONGEST_ACRONYM = 6  # ЮНЕСКО; longer ones are words of a headline in capitals


def _layers() -> dict[str, str]:
    forms: dict[str, list[str]] = {}
    for layer, form, _ in rows("hyphen_suffixes"):
        forms.setdefault(layer, []).append(form)
    return {layer: "|".join(sorted(forms[layer], key=len, reverse=True)) for layer in forms}


_LAYERS = _layers()
_KAZAKH_LAYERS = ("count", "derive", "plural", "possessive", "case", "attribute", "predicate")

KAZAKH_ENDING = r"(?=\w)" + "".join(f"(?:{_LAYERS[layer]})?" for layer in _KAZAKH_LAYERS)
"""A pattern for a Kazakh ending in small letters, to be followed by a word border."""

_ENDING = re.compile(KAZAKH_ENDING)
_RUSSIAN_ENDING = re.compile(_LAYERS["russian"])
_CLITICS = frozenset(clitic for clitic, _ in rows("clitics"))
_LATIN_END = re.compile(r"[A-Za-z\u00c0-\u024f]$")


def attaches(head: str, tail: str) -> bool:
    """Whether ``tail``, written after ``head`` and a hyphen, is an ending or particle of it."""
    if tail in _CLITICS:
        return True
    if head[-1].isdigit() and _RUSSIAN_ENDING.fullmatch(tail):
        return True
    return _ENDING.fullmatch(fold(tail)) is not None and _takes_ending(head)


def _takes_ending(head: str) -> bool:
    """Whether a word is of the kinds that take their endings with a hyphen."""
    last = head[-1]
    if last.isdigit() or last.isupper() or _LATIN_END.search(head):
        return True
    return len(head) > 1 and VOWELS.isdisjoint(fold(head))  # км, млрд


def is_acronym(word: str) -> bool:
    """Whether a word is an acronym by its letters: АҚШ, ҚазҰУ, but not ҚАЗАҚСТАН."""
    return (
        1 < len(word) <= _LONGEST_ACRONYM and word[-1].isupper() and sum(map(str.isupper, word)) > 1
    )
