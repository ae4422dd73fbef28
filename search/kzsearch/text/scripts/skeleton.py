"""A key under which all spellings without Kazakh letters fall together.

``қазақстан``, ``казакстан`` and ``қазакстан`` have one skeleton. Words of an index kept by it
find what no list of letter swaps reaches; it is a weak key, for last resorts and suggestions.
"""

from __future__ import annotations

from functools import cache

from kzsearch.text.folding import fold
from kzsearch.text.scripts.tables import rows

__all__ = ["skeleton"]


def skeleton(word: str) -> str:
    """The skeleton of a Cyrillic word; other characters stay as they are, in small letters."""
    return fold(word).translate(_letters())


@cache
def _letters() -> dict[int, str]:
    return str.maketrans({letter: key.replace("-", "") for letter, key, _ in rows("skeleton.tsv")})
