"""Variants of a token: the other ways to write it, as further stems.

``15.000`` is 15000, ``XXI`` is 21, ``15.30`` a clock time, ``км`` a kilometre, ``С-400`` the same
in either alphabet, ``іс-шара`` one word with a hyphen or without. Articles and queries go through
the same analyzer, so whoever has one of them has the others with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain

from kzsearch.text import TokenKind
from kzsearch.text.data_files import rows
from kzsearch.text.roman import is_roman, roman_value
from kzsearch.text.runs import Word

__all__ = ["Stems", "unit_words", "with_variants"]

Stems = Callable[[str], tuple[str, ...]]
"""Gives the stems of a word as written, see ``Stemmer.stems``."""

_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(\1[0-9]{3})*")
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]+")
_CLOCK = re.compile(r"0?([0-9]|1[0-9]|2[0-4])[.:]([0-5][0-9])")

_LONE_ROMAN = {"Х": "10", "X": "10", "V": "5", "Ү": "5", "I": "1", "І": "1"}
"""Letters that are a numeral by themselves, unless a full stop makes them an initial."""

_DESIGNATION = re.compile(
    r"[^\W\d_]{1,5}-?[0-9]{1,4}(?:-?[^\W\d_]{1,3}[0-9]{0,3})?|[0-9]{1,3}[^\W\d_]"
)
"""A few letters with a few digits: c-400, ту-154м, h5n1, 4к; not 5млн, 2025-жыл."""

_LATIN = re.compile("[a-z]")
_HYPHENED = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})+")

_UNITS = [(unit, tuple(words.split(",")), where) for unit, words, where, _ in rows("units")]
_ANYWHERE = {unit: words for unit, words, where in _UNITS if where == "any"}
_BEHIND_NUMBERS = {unit: words for unit, words, where in _UNITS if where == "number"}
_WORDS = frozenset(chain.from_iterable(words for _, words, _ in _UNITS))


def with_variants(run: str, word: Word, before: Word | None, stems: Stems) -> tuple[str, ...]:
    """The stems of a word of a run, then those of its variants.

    before: the word before it in the run.
    """
    surface = word.surface
    own = stems(surface)
    further: Iterable[str] = _ANYWHERE.get(own[0], ())
    if not further:
        if word.kind is TokenKind.NUMBER and len(surface) > 1:
            return _of_number(own[0])
        if not surface.isalpha():
            further = _of_compound(own[0])
        elif before or len(surface) == 1:
            further = _of_letters(run, word, before)
        else:
            return own
    return tuple(dict.fromkeys(chain(own, further)))


def unit_words(stems: Iterable[str]) -> Iterator[str]:
    """Those of the stems of a word that are what a unit or sign stands for."""
    return (stem for stem in stems if stem in _WORDS)


def _of_letters(run: str, word: Word, before: Word | None) -> tuple[str, ...]:
    """What is a unit behind a number only, or a numeral of one letter."""
    if before and before.kind is TokenKind.NUMBER:
        return _BEHIND_NUMBERS.get(word.surface, ())
    numeral = _LONE_ROMAN.get(run[word.start : word.end])
    is_initial = run.startswith(".", word.end)
    return (numeral,) if numeral and not is_initial else ()


def _of_number(stem: str) -> tuple[str, ...]:
    """A number in its one spelling, then what else it may be.

    In groups of three it is whole, but a single group other than 000 may be a fraction as well;
    fractions are written with a comma. What has a full stop may be a clock time.
    """
    if grouped := _GROUPED.fullmatch(stem):
        whole = stem.replace(grouped[1], "")
        is_whole = grouped[2] or stem.endswith("000")
        return (whole,) if is_whole else (stem.replace(".", ","), whole)
    clock = _CLOCK.fullmatch(stem)
    time = (f"{clock[1]}:{clock[2]}",) if clock else ()
    if _DECIMAL.fullmatch(stem):
        return (stem.replace(".", ","), *(time if "." in stem else ()))
    if time:
        return time
    numeral = stem.upper()
    return (stem, str(roman_value(numeral))) if is_roman(numeral) else (stem,)


def _of_compound(stem: str) -> Iterator[str]:
    """A designation in Latin letters without its hyphen; a compound joined."""
    if _DESIGNATION.fullmatch(stem):
        yield from _designations(stem.replace("-", ""))
    elif _HYPHENED.fullmatch(stem):
        yield stem.replace("-", "")


def _designations(letters_and_digits: str) -> Iterator[str]:
    """By the look of its letters and, if all are Cyrillic, by their sound."""
    twins, sounds = _latin_letters()
    twin, sound = letters_and_digits.translate(twins), letters_and_digits.translate(sounds)
    if twin.isascii():
        yield twin
    if sound.isascii() and not _LATIN.search(letters_and_digits):
        yield sound


@cache
def _latin_letters() -> tuple[dict[int, str], dict[int, str]]:
    """Tables for ``str.translate``: Cyrillic letters by look and by sound."""
    table = list(rows("designations"))
    twins = {ord(letter): twin for letter, twin, *_ in table if twin != "-"}
    return twins, {ord(letter): sound for letter, _, sound, _ in table}
