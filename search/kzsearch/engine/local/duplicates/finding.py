"""Finding the texts that new ones are copies of, among older ones and one another.

Texts that share a band of their signatures are compared. A text is compared with those it shares
most bands with, and of a band that very many texts have (a form with the blanks filled in) only
the newest are looked at, so one commit costs what it adds whatever is in the index.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.fingerprint import Fingerprint
from kzsearch.engine.local.duplicates.alike import are_copies

__all__ = ["Texts", "find_links"]

MOST_IN_BAND = 64
MOST_COMPARED = 64


class Texts(Protocol):
    """Fingerprints of older articles, by number."""

    def holders(self, bands: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
        """Every (band, number) of the articles that have one of these bands, numbers rising.

        bands: rising.
        """
        ...

    def key(self, number: int) -> int:
        """Key of an article's text."""
        ...

    def codes(self, number: int) -> bytes:
        """Words of an article's text."""
        ...


def find_links(new: Sequence[Fingerprint | None], older: Sequence[Texts]) -> list[tuple[int, ...]]:
    """For each new text the keys of the other texts before it that it is a copy of, rising.

    older: oldest first.
    """
    holders: defaultdict[int, deque[int]] = defaultdict(lambda: deque(maxlen=MOST_IN_BAND))
    places: dict[int, tuple[Texts, int]] = {}
    distinct, counts = _bands(new)
    for texts in older:
        for band, number in texts.holders(distinct):
            key = texts.key(number)
            if key not in holders[band]:
                holders[band].append(key)
                places[key] = texts, number
    codes = {text.key: text.codes for text in new if text}
    shareable = {*distinct[counts > 1].tolist(), *holders}
    links: dict[int, tuple[int, ...]] = {}
    for text in new:
        if text is None or text.key in links:
            continue
        bands = [band for band in text.bands if band in shareable]
        shared = Counter(key for band in bands for key in holders[band])
        del shared[text.key]
        compared = sorted(shared, key=lambda key: (-shared[key], key))[:MOST_COMPARED]
        found = []
        for key in compared:
            if key not in codes:
                texts, number = places[key]
                codes[key] = texts.codes(number)
            if are_copies(text.codes, codes[key]):
                found.append(key)
        links[text.key] = tuple(sorted(found))
        for band in bands:
            if text.key not in holders[band]:
                holders[band].append(text.key)
    return [links[text.key] if text else () for text in new]


def _bands(texts: Sequence[Fingerprint | None]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The distinct bands of some texts, rising, and how many times each is there."""
    bands = b"".join([array("I", text.bands).tobytes() for text in texts if text])
    return np.unique(np.frombuffer(bands, np.uint32), return_counts=True)
