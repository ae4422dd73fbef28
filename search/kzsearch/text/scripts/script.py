"""The scripts and alphabets that Kazakh is written in."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "ARABIC_LETTER",
    "AS_THEY_ARE",
    "CYRILLIC_LETTER",
    "LATIN_ALPHABETS",
    "LATIN_LETTER",
    "Script",
]

CYRILLIC_LETTER = r"[\u0400-\u0481\u048a-\u052f]"
LATIN_LETTER = r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"
ARABIC_LETTER = r"[\u0620-\u064a\u0671-\u06d3\u06d5]"
"""Patterns for one letter of each script, whatever the language."""


class Script(StrEnum):
    """A script or alphabet; bare Cyrillic and the Latin and Arabic ones are Kazakh, OTHER is any
    other text."""

    CYRILLIC = "cyrillic"  # Қазақстан жаңа; Russian and Kyrgyz too: detection ends at the letters
    CYRILLIC_BARE = "cyrillic-bare"  # Казакстан жана, typed on a Russian keyboard
    LATIN_2018 = "latin-2018"  # Qazaqstan jańa sý
    LATIN_2021 = "latin-2021"  # Qazaqstan jaña su, ūlt, bır
    LATIN_2017 = "latin-2017"  # Qazaqstan jan'a sy'
    LATIN_DIGRAPH = "latin-digraph"  # Qazaqstan zhanga sw
    LATIN_KAZINFORM = "latin-kazinform"  # Qazaqstan jaña sw, jıl; Turkish-like habits
    LATIN_ASCII = "latin-ascii"  # Kazakstan zhana su, Nazarbayev
    ARABIC = "arabic"  # قازاقستان
    OTHER = "other"  # English, Persian, digits, nothing


LATIN_ALPHABETS = (
    Script.LATIN_2018,
    Script.LATIN_2021,
    Script.LATIN_2017,
    Script.LATIN_KAZINFORM,
    Script.LATIN_DIGRAPH,
    Script.LATIN_ASCII,
)
"""The Latin alphabets, the likeliest first."""

AS_THEY_ARE = frozenset((Script.CYRILLIC, Script.CYRILLIC_BARE, Script.OTHER))
"""Scripts whose texts are not converted into Cyrillic."""
