"""For every phrase of some titles a place where it stands as it is mostly written.

The first word of a title has a capital whatever it is, so a place within counts first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.phrases import Phrases
from kzsearch.engine.local.suggest.weights import LONGEST

__all__ = ["examples"]

SAMPLE = 32
"""Places of a phrase that are looked at, at least half of them."""

BATCH = 1 << 20
"""Places that are looked at together: decides how much memory it takes."""

U32 = NDArray[np.uint32]
Numbers = NDArray[np.int64]


def examples(phrases: Phrases, forms: U32, initial: NDArray[np.bool_]) -> U32:
    """A place of each phrase.

    forms: the number of each word of the text as written.
    initial: whether a place is that of the first word of a title.
    """
    found = phrases.places[phrases.first]
    several = np.flatnonzero(phrases.count > 1)
    counts = phrases.count[several].astype(np.int64)
    steps = -(-counts // SAMPLE)
    sizes = -(-counts // steps)
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    windows = _windows(forms)
    low = 0
    while low < len(several):
        high = max(int(np.searchsorted(ends, ends[low] + BATCH, "right")) - 1, low + 1)
        chosen = several[low:high]
        row = np.repeat(np.arange(high - low), sizes[low:high])
        nth = np.arange(len(row)) - (ends[low:high] - ends[low])[row]
        places = phrases.places[phrases.first[chosen][row] + nth * steps[low:high][row]]
        inside = ~initial[places]
        kept = inside | ~_marked(row[inside], high - low)[row]
        row, places = row[kept], places[kept]
        found[chosen] = _commonest(row, windows[phrases.length[chosen][row] - 1, places], places)
        low = high
    return found


def _windows(forms: U32) -> U32:
    """For each length and place a number that tells apart how so many words are written there."""
    windows = np.zeros((LONGEST, len(forms)), np.uint32)
    windows[0] = forms
    for length in range(1, LONGEST):
        pairs = windows[length - 1].astype(np.uint64) << np.uint64(32)
        following = forms[length:]
        pairs[: len(following)] |= following
        windows[length] = np.unique(pairs, return_inverse=True)[1]
    return windows


def _marked(rows: Numbers, count: int) -> NDArray[np.bool_]:
    marked = np.zeros(count, np.bool_)
    marked[rows] = True
    return marked


def _commonest(row: Numbers, written: U32, places: U32) -> NDArray[Any]:
    """For each row the first place where it is written as in most of its places."""
    keys = row.astype(np.uint64) << np.uint64(32) | written
    order = np.argsort(keys)
    keys = keys[order]
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    often = np.diff(begins, append=len(keys))
    first_places = np.minimum.reduceat(places[order], begins)
    of_row = keys[begins] >> np.uint64(32)
    best = np.lexsort((first_places, -often, of_row))
    of_row = of_row[best]
    chosen: NDArray[Any] = first_places[best][np.concatenate([[True], of_row[1:] != of_row[:-1]])]
    return chosen
