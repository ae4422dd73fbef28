"""An article as every engine indexes it: its words numbered, and where each stands.

The one place where articles are analysed. What comes out is arrays, small enough to be sent
from one process to another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["AnalysedArticle", "AnalysedWord", "Tokens"]

AnalysedWord = tuple[str, tuple[str, ...]]
"""A word as written in small letters (surface), and its stems, the likeliest first.

One surface may be two words: a Russian sentence gives it its lemma, a Kazakh one its stem.
"""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a title or body, one row each, in order of position, then start.

    words: numbers of the words in the table they came with, uint32.
    positions: word positions from 0, rising, uint32; a compound and its parts share one.
    starts, ends: code points of the original text, uint32.
    """

    words: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.words)

    @property
    def length(self) -> int:
        """Length of the text in word positions."""
        return int(self.positions[-1]) + 1 if len(self.positions) else 0


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article ready for indexing.

    id, source, category, language: as given.
    digest: of all that is stored; tells an unchanged article from a new version.
    time: microseconds since 1970 UTC, ``NO_TIME`` when undated.
    day: local day as a proleptic ordinal, 0 when undated.
    words: the distinct words of title and body, which ``title`` and ``body`` number.
    """

    id: str
    source: str
    category: str
    language: str
    digest: str
    time: int
    day: int
    words: tuple[AnalysedWord, ...]
    title: Tokens
    body: Tokens
