"""Collapsing near-duplicates: of every group among the matches one is shown, with the others.

The one is whichever comes first in the order asked for; of copies with the same score, as those
of one text have, the oldest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.postings import Docs
from kzsearch.engine.local.search.snapshot import Snapshot

__all__ = ["NOTHING_COLLAPSED", "Collapsed", "collapse"]


@dataclass(frozen=True, slots=True)
class Collapsed:
    """Which matches are shown for others.

    places: of the matches that belong to a group of which several match, sorted by group and
        within one in the order of showing.
    groups: their groups. shown: for each whether it is the one that is shown.
    hidden: places of the matches that are not shown.
    """

    places: NDArray[np.intp]
    groups: NDArray[np.int32]
    shown: NDArray[np.bool_]

    @property
    def hidden(self) -> NDArray[np.intp]:
        """Places of the matches that are not shown."""
        return self.places[~self.shown]

    def copies(self, place: int, group: int) -> list[int]:
        """Places of the matches that are shown under one, in no order that matters."""
        first, end = np.searchsorted(self.groups, [group, group + 1]).tolist()
        return [other for other in self.places[first:end].tolist() if other != place]


NOTHING_COLLAPSED = Collapsed(np.zeros(0, np.intp), np.zeros(0, np.int32), np.zeros(0, np.bool_))


def collapse(snapshot: Snapshot, docs: Docs, order: Sequence[NDArray]) -> Collapsed:  # type: ignore[type-arg]
    """Find the groups of which several documents match.

    order: what documents are shown by, the least first; later columns break ties of earlier.
    """
    groups = snapshot.group_of[docs]
    places = np.flatnonzero(groups >= 0)
    if not len(places):
        return NOTHING_COLLAPSED
    counts = np.bincount(groups[places])
    places = places[counts[groups[places]] > 1]
    if not len(places):
        return NOTHING_COLLAPSED
    by_order = np.lexsort([*(column[places] for column in reversed(order)), groups[places]])
    places = places[by_order]
    groups = groups[places]
    shown = np.concatenate(([True], groups[1:] != groups[:-1]))
    return Collapsed(places, groups, shown)
