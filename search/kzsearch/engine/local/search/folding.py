"""Folding copies: of every group of copies among the matches one is shown, with the others.

The one is whichever comes first in the order asked for; of copies with the same score, as those
of one text have, the oldest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, TypeVar

from kzsearch.engine.local.duplicates import Groups

__all__ = ["Folded", "fold", "repeats"]

Folded = Mapping[int, Sequence[int]]
"""Number of an article shown → numbers of its copies, oldest first."""

Value = TypeVar("Value")


def fold(
    matches: Set[int],
    groups: Groups,
    place: Callable[[int], Any],
    age: Callable[[int], Any],
) -> Folded:
    """The articles of every group of copies of which several match.

    place: sorts matches in the order asked for, the oldest of equals first.
    age: sorts articles from the oldest to the newest.
    """
    folded = {}
    for group in {groups.of[number] for number in matches & groups.of.keys()}:
        found = [number for number in groups.members[group] if number in matches]
        if len(found) > 1:
            shown = min(found, key=place)
            folded[shown] = sorted((number for number in found if number != shown), key=age)
    return folded


def repeats(folded: Folded, value: Callable[[int], Value]) -> Counter[Value]:
    """How often a value is there once more among copies of one another.

    What matches have a value, less this, are the hits that a search for it would show.
    """

    def extra(values: Iterable[Value]) -> Counter[Value]:
        return Counter({value: count - 1 for value, count in Counter(values).items()})

    total: Counter[Value] = Counter()
    for shown, others in folded.items():
        total.update(extra(map(value, (shown, *others))))
    return total
