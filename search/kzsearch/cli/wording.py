"""Small things of English that several commands say."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 article``, ``2,000 articles``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
