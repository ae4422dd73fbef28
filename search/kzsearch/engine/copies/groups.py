"""From links between texts to groups of articles, the same however the index came about.

A text joins the group of whose texts the greatest share are copies of it, if that is at least
half of them; else it begins a group. So a chain of small changes ends soon, and a digest of two
stories does not make one of both. The oldest text comes first, then the longest: two cuts of a
story need not be copies of each other, but both are of the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Groups", "make_groups"]

LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Groups:
    """Articles with copies. members: the numbers of each group, rising. of: group by number."""

    members: Sequence[tuple[int, ...]] = ()
    of: Mapping[int, int] = field(default_factory=dict)

    def copies(self, number: int) -> tuple[int, ...]:
        """All articles of an article's group, itself among them; only itself without copies."""
        group = self.of.get(number)
        return (number,) if group is None else self.members[group]


def make_groups(
    articles: Iterable[tuple[int, int, int, int]], links: Iterable[tuple[int, int]]
) -> Groups:
    """Groups of two articles and more.

    articles: number, key of the text (not 0), time and length of every live article.
    links: pairs of keys of texts that are copies; texts no live article has may be among them.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    order: dict[int, tuple[int, int, int]] = {}
    for number, key, time, length in articles:
        holders[key].append(number)
        place = (time, -length, key)
        order[key] = min(order.get(key, place), place)
    copies: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in links:
        if one in holders and other in holders:
            copies[one].add(other)
            copies[other].add(one)
    gathered = _gather(sorted(copies, key=order.__getitem__), copies)
    gathered += [[key] for key, numbers in holders.items() if key not in copies and numbers[1:]]
    members = [
        tuple(sorted(number for key in texts for number in holders[key])) for texts in gathered
    ]
    members = sorted(numbers for numbers in members if len(numbers) > 1)
    return Groups(
        members, {number: group for group, numbers in enumerate(members) for number in numbers}
    )


def _gather(order: Sequence[int], copies: Mapping[int, set[int]]) -> list[list[int]]:
    groups: list[list[int]] = []
    group_of: dict[int, int] = {}
    for text in order:
        shared = Counter(group_of[copy] for copy in copies[text] if copy in group_of)
        shares = [(count / len(groups[group]), -group) for group, count in shared.items()]
        share, best = max(shares, default=(0.0, 0))
        if share >= LEAST_SHARE:
            group = -best
        else:
            group = len(groups)
            groups.append([])
        groups[group].append(text)
        group_of[text] = group
    return groups
