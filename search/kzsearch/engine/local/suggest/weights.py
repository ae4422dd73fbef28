"""How much an article counts for what its title says: news of late is what people look for.

An article counts ``BASE`` for ever and the rest of 1 only while it is new: that part halves every
``HALF_LIFE`` days before the newest article of the index. So an article of today weighs as much as
five of last year, and a phrase of last year is still offered where nothing newer begins like it.
"""

from __future__ import annotations

__all__ = ["BASE", "HALF_LIFE", "LONGEST", "decay", "weight"]

HALF_LIFE = 30
"""Days in which the part of an article's weight that is its news value halves."""

BASE = 0.2
"""The part of an article's weight that age does not take away."""

LONGEST = 4
"""Words in a phrase at most."""


def decay(days: int) -> float:
    """What is left of the news value after so many days."""
    return float(0.5 ** (days / HALF_LIFE))


def weight(day: int, newest: int) -> float:
    """Weight of an article; ``day`` and ``newest`` as ordinals, a day of 0 is an undated one."""
    return BASE + (1 - BASE) * decay(newest - day) if day else BASE
