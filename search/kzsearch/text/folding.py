"""Lower-casing that never changes the length of a word.

``str.lower`` turns İ (the capital of i in the 2021 Latin alphabet) into two code points, the
only letter in Unicode that it lengthens; a folded word must stay aligned with its offsets.
"""

from __future__ import annotations

__all__ = ["fold"]


def fold(word: str) -> str:
    """The word in small letters, code point for code point."""
    return word.replace("İ", "i").lower()
