"""What the text room hands on: tokens with their place in the original text.

Every offset is a code point index into the *original* string, before any
normalising, so that ``original[token.start:token.end]`` is what the reader saw.
Normalising that slice gives ``token.text`` again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

__all__ = ["Language", "Token", "TokenKind"]


class TokenKind(StrEnum):
    """What a token is, decided from its characters alone."""

    WORD = "word"  # мектептерімізде, Audi
    ACRONYM = "acronym"  # АҚШ, АҚШ-тың (two or more capitals, with or without a suffix)
    COMPOUND = "compound"  # Қасым-Жомарт, COVID-19, 2025-жылы: its parts stand beside it
    NUMBER = "number"  # 2025, 25,5, 55-ші, 100-ден, XXI
    SYMBOL = "symbol"  # %, %-ке, №, ₸
    URL = "url"  # https://baq.kz/news
    EMAIL = "email"  # news@baq.kz
    HASHTAG = "hashtag"  # #Қазақстан, @user


class Language(StrEnum):
    """The language a token is read in."""

    KAZAKH = "kk"
    RUSSIAN = "ru"
    OTHER = "other"  # digits, symbols, Latin words, other scripts


class Token(NamedTuple):
    """One token; a tuple, since making these takes a third of the time of tokenising.

    text: the normalised form, letter case kept.
    start, end: half-open span in code points of the original text.
    position: word position; the parts of a compound share the compound's position.
    kind: see TokenKind.
    """

    text: str
    start: int
    end: int
    position: int
    kind: TokenKind
