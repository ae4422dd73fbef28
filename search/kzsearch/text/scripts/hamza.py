"""What the hamza of Kazakh Arabic script says about a word's vowels.

A word with ә ө ү or і begins with a hamza, unless a letter е г к, which occurs in front words
only, tells already; ғ and қ, which occur in back words, keep it away too (MediaWiki's KkConverter;
Apertium's rules agree but for ғ қ). So a hamza asks for a front vowel, and its absence where
nothing else tells speaks against one.
"""

from __future__ import annotations

__all__ = ["HAMZAS", "hamza_price", "takes_hamza"]

HAMZAS = frozenset("ٴءٵٶٷٸ")
"""High hamza, the hamza people type for it, and letters that hold one."""

_TELLING = frozenset("ەكگکقعغ")
_FRONT = frozenset("әөүі")
_KEEP_AWAY = frozenset("еэгкғқ")

_HAMZA_WITHOUT_FRONT = 10.0
_FRONT_WITHOUT_HAMZA = 6.0
"""Bits: sloppy writers leave the hamza out more often than they add one."""


def hamza_price(source: str, spelled: str) -> float:
    """Bits that a Cyrillic spelling costs for going against the hamza of its source."""
    front = not _FRONT.isdisjoint(spelled)
    if not HAMZAS.isdisjoint(source):
        return 0.0 if front else _HAMZA_WITHOUT_FRONT
    return _FRONT_WITHOUT_HAMZA if front and _TELLING.isdisjoint(source) else 0.0


def takes_hamza(word: str) -> bool:
    """Whether a folded Cyrillic word is written with a hamza in Arabic script."""
    return not _FRONT.isdisjoint(word) and _KEEP_AWAY.isdisjoint(word)
