"""Words typed while the keyboard was set to another layout.

``0fpf0cnfy`` is қазақстан on US keys, ``0аза0стан`` the same on Russian keys, whose row of digits
the Kazakh layout uses for ә і ң ғ ү ұ қ ө һ; ``Ьшскщыщае`` is Microsoft on Cyrillic keys.
"""

from __future__ import annotations

import re
from functools import cache

from kzsearch.text.folding import fold
from kzsearch.text.scripts.letter_model import letter_model
from kzsearch.text.scripts.ranking import Known
from kzsearch.text.scripts.script import CYRILLIC_LETTER
from kzsearch.text.scripts.tables import rows

__all__ = ["guess_layout", "other_layout", "repair_layout"]

_SHORTEST = 2
_SHORTEST_LATIN = 4
"""Letters a repaired word must have: shorter ones are known by chance, Latin ones above all."""

_SHORTEST_GUESS = 5
_PLAUSIBLE = 3.4
"""Bits a letter: four of five Kazakh words that an index lacks take less, and of 4,000 English
words and numbers with letters read on Kazakh keys, none of five letters or more."""

_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(CYRILLIC_LETTER)
_CYRILLIC_WORD = re.compile(f"{CYRILLIC_LETTER}+")
_WORD = re.compile(r"[^\W\d_]+")
_AT_THE_END = ".,;:?!/\"')]}>»"
"""Keys that type a letter in one layout and end a sentence in the other."""


def repair_layout(typed: str, known: Known) -> str | None:
    """What a run without spaces was meant to be, if only another layout makes a known word of it.

    typed: with its punctuation, since ``;`` is a letter key (``;f4fks0`` is жаңалық).
    known: the vocabulary; it may count a word as known by its stem.
    None if the run is known as typed, or in no layout. Letter case is kept.
    """
    if _is_known(typed, known):
        return None
    meant = other_layout(typed)
    if meant is not None and _is_known(meant, known):
        return meant
    bare = typed.rstrip(_AT_THE_END)
    return repair_layout(bare, known) if bare != typed else None


def guess_layout(typed: str, known: Known) -> str | None:
    """What a run without spaces was likely meant to be, if the vocabulary knows neither.

    Another layout must make it a word that looks Kazakh, and no part of it may be known, as
    those of a compound or a numbered word are (``орынбасары2``).
    """
    if any(_is_known(part, known) for part in (typed, *_WORD.findall(typed))):
        return None
    meanings = (other_layout(run) for run in (typed, typed.rstrip(_AT_THE_END)))
    guesses = {meant: _strangeness(fold(meant)) for meant in meanings if meant}
    best = min(guesses, key=lambda meant: guesses[meant], default=None)
    return best if best is not None and guesses[best] <= _PLAUSIBLE else None


def _strangeness(word: str) -> float:
    """Bits a letter of a folded word."""
    if len(word) < _SHORTEST_GUESS or not _CYRILLIC_WORD.fullmatch(word):
        return float("inf")
    return letter_model().word_price(word) / (len(word) + 1)


def other_layout(typed: str) -> str | None:
    """The word the same keys type in the layout that was likelier meant; None if they type none."""
    us_to_kazakh, russian_to_kazakh, kazakh_to_us = _layouts()
    if _CYRILLIC_WORD.fullmatch(typed):
        meant, shortest = typed.translate(kazakh_to_us), _SHORTEST_LATIN
    elif _CYRILLIC.search(typed):
        meant, shortest = typed.translate(russian_to_kazakh), _SHORTEST
    elif _LATIN.search(typed):
        meant, shortest = typed.translate(us_to_kazakh), _SHORTEST
    else:
        return None
    return meant if len(meant) >= shortest and _WORD.fullmatch(meant) else None


def _is_known(word: str, known: Known) -> bool:
    return known(fold(word)) > 0


@cache
def _layouts() -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    us_to_kazakh: dict[str, str] = {}
    russian_to_kazakh: dict[str, str] = {}
    to_us: dict[str, str] = {}
    for us, us_shift, russian, russian_shift, kazakh, _ in rows("keyboard.tsv"):
        us_to_kazakh |= {us: kazakh, us_shift: kazakh.upper()}
        if russian != kazakh:
            russian_to_kazakh |= {russian: kazakh, russian_shift: kazakh.upper()}
        to_us |= {kazakh: us, kazakh.upper(): us_shift}
    return (
        str.maketrans(us_to_kazakh),
        str.maketrans(russian_to_kazakh),
        str.maketrans(to_us),
    )
