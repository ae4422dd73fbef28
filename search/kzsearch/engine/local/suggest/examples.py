"""For every phrase of some titles a place where it has the capitals that it mostly has.

The first word of a title has a capital whatever it is, so a place within counts first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.phrases import Phrases
from kzsearch.engine.local.suggest.weights import LONGEST

__all__ = ["SMALL", "capitals_of", "examples"]

SAMPLE = 32
"""Places of a phrase that are looked at, at least half of them."""

ACRONYM, CAPITAL, SMALL = 3, 2, 1
"""How a word is written; 0 where there is none."""

AS_MANY = 4
"""How many times a spelling in capitals counts: who writes Ақш for АҚШ is many, not right."""

BATCH = 1 << 20
"""Places that are looked at together: decides how much memory it takes."""

U32 = NDArray[np.uint32]
Numbers = NDArray[np.int64]


def capitals_of(written: str) -> int:
    """How a word is written."""
    head = written.partition("-")[0]
    if len(head) > 1 and head.isupper():
        return ACRONYM
    return CAPITAL if written[:1].isupper() else SMALL if written else 0


def examples(phrases: Phrases, capitals: NDArray[np.uint8], initial: NDArray[np.bool_]) -> U32:
    """A place of each phrase.

    capitals: how the word at each place is written.
    initial: whether a place is that of the first word of a title.
    """
    every, first = np.array(phrases.places, np.uint32), np.array(phrases.first, np.int64)
    length, counts = np.array(phrases.length), np.array(phrases.count, np.int64)
    found = every[first]
    several = np.flatnonzero(counts > 1)
    steps = -(-counts[several] // SAMPLE)
    sizes = -(-counts[several] // steps)
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    spellings = _spellings(capitals)
    low = 0
    while low < len(several):
        high = max(int(np.searchsorted(ends, ends[low] + BATCH, "right")) - 1, low + 1)
        chosen = several[low:high]
        row = np.repeat(np.arange(high - low), sizes[low:high])
        nth = np.arange(len(row)) - (ends[low:high] - ends[low])[row]
        places = every[first[chosen][row] + nth * steps[low:high][row]]
        inside = ~initial[places]
        kept = inside | ~_marked(row[inside], high - low)[row]
        row, places = row[kept], places[kept]
        found[chosen] = _commonest(row, spellings[length[chosen][row] - 1, places], places)
        low = high
    return found


def _spellings(capitals: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """For each length and place how so many words are written there, two bits a word."""
    spellings = np.zeros((LONGEST, len(capitals)), np.uint8)
    spellings[0] = capitals
    for length in range(1, LONGEST):
        following = capitals[length:]
        spellings[length] = spellings[length - 1] << 2
        spellings[length, : len(following)] |= following
    return spellings


def _has_acronym(spellings: NDArray[Any]) -> NDArray[np.bool_]:
    acronyms: NDArray[np.bool_] = (spellings & (spellings >> 1) & 0b01010101) > 0
    return acronyms


def _marked(rows: Numbers, count: int) -> NDArray[np.bool_]:
    marked = np.zeros(count, np.bool_)
    marked[rows] = True
    return marked


def _commonest(row: Numbers, written: NDArray[np.uint8], places: U32) -> NDArray[Any]:
    """For each row the first place where it is written as in most of its places."""
    keys = row << 8 | written
    order = np.argsort(keys)
    keys = keys[order]
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    often = np.diff(begins, append=len(keys))
    first_places = np.minimum.reduceat(places[order], begins)
    of_row, spelling = keys[begins] >> 8, keys[begins] & 0xFF
    often = np.where(_has_acronym(spelling), often * AS_MANY, often)
    best = np.lexsort((first_places, -often, of_row))
    of_row = of_row[best]
    chosen: NDArray[Any] = first_places[best][np.concatenate([[True], of_row[1:] != of_row[:-1]])]
    return chosen
