"""The Kazakh Cyrillic alphabet: its 42 letters in order, their classes, and how to sort by it.

Source of the order: the official alphabet as given by MediaWiki's KkConverter and Apertium.
Code points do not sort in that order (Python puts ``ә ғ қ ң ө ұ ү һ і ё`` after ``я``), and
CLDR tailors only ұ before ү, so the order is written out here. Vowel and consonant classes
follow school grammar; the classes of letters that occur only in loans follow the endings
they take (``партиялар``, ``поэзия``).
"""

from __future__ import annotations

import sys

__all__ = [
    "BACK_VOWELS",
    "CONSONANTS",
    "FRONT_VOWELS",
    "KAZAKH_ONLY",
    "LETTERS",
    "NEUTRAL_VOWELS",
    "SIGNS",
    "SONORANTS",
    "VOICED",
    "VOICELESS",
    "VOWELS",
    "sort_key",
]

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The 42 small letters in alphabetical order; ``LETTERS.upper()`` gives the capitals."""

KAZAKH_ONLY = frozenset("әғқңөұүһі")
"""Letters that Russian does not have."""

BACK_VOWELS = frozenset("аоұыёя")
"""Vowels after which endings are back: бала-лар, партия-лар."""

FRONT_VOWELS = frozenset("әеөүіэ")
"""Vowels after which endings are front: дәптер-лер."""

NEUTRAL_VOWELS = frozenset("иую")
"""Vowels of both back and front words (қағида-лар, сурет-тер): the rest of the word tells."""

VOWELS = BACK_VOWELS | FRONT_VOWELS | NEUTRAL_VOWELS

VOICELESS = frozenset("кқпстфхһцчшщ")
"""Consonants after which endings begin voiceless: мектеп-тер."""

VOICED = frozenset("бвгғджз")
"""Voiced obstruents. After б в г д, which end only loans, endings are voiceless: клуб-тар."""

SONORANTS = frozenset("йлмнңр")
"""Sonorants; у and и can play this part too when they stand after a vowel: тау-лар."""

CONSONANTS = VOICELESS | VOICED | SONORANTS

SIGNS = frozenset("ъь")
"""Letters without a sound of their own."""

_RANK = {letter: rank for rank, letter in enumerate(LETTERS)}


def sort_key(word: str) -> tuple[tuple[int, ...], str]:
    """The key that sorts words by the Kazakh alphabet.

    Digits and punctuation come before letters, other alphabets after я; words that differ
    only by case sort small letters first.
    """
    return tuple(_rank(character) for character in word.lower()), word.swapcase()


def _rank(character: str) -> int:
    if character in _RANK:
        return _RANK[character]
    # Below every letter, or above every letter, and in code-point order among themselves.
    return ord(character) + (len(LETTERS) if character.isalpha() else -sys.maxunicode - 1)
