"""From links between texts to groups of articles, the same however the index came about.

A text joins the group of whose texts the greatest share are copies of it, if that is at least
half of them; else it begins a group. So a chain of small changes ends soon, and a digest of two
stories does not make one of both. The oldest text comes first, then the longest: two cuts of a
story need not be copies of each other, but both are of the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["make_groups"]

LEAST_SHARE = 0.5


def make_groups(
    articles: Sequence[tuple[int, int]],
    links: Iterable[tuple[int, int]],
    place: Callable[[int], tuple[int, ...]],
) -> list[tuple[int, ...]]:
    """Groups of two articles and more: the numbers of each, rising.

    articles: number and key of the text (not 0) of every live article.
    links: pairs of keys of texts that are copies; texts no live article has may be among them.
    place: of an article by number, oldest and longest first; the same for all of one text but
        for their age.
    """
    counts = Counter(key for _, key in articles)
    copies: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in links:
        if one in counts and other in counts:
            copies[one].add(other)
            copies[other].add(one)
    repeated = {key for key, count in counts.items() if count > 1}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, key in articles:
        if key in copies or key in repeated:
            holders[key].append(number)
    order = {key: (min(map(place, holders[key])), key) for key in copies}
    gathered = _gather(sorted(copies, key=order.__getitem__), copies)
    gathered += [[key] for key in repeated - copies.keys()]
    members = sorted(tuple(sorted(n for key in texts for n in holders[key])) for texts in gathered)
    return [numbers for numbers in members if len(numbers) > 1]


def _gather(order: Sequence[int], copies: Mapping[int, set[int]]) -> list[list[int]]:
    groups: list[list[int]] = []
    group_of: dict[int, int] = {}
    for text in order:
        shared: dict[int, int] = {}
        for copy in copies[text]:
            if (group := group_of.get(copy, -1)) >= 0:
                shared[group] = shared.get(group, 0) + 1
        best, most = len(groups), 0.0
        for group in sorted(shared):
            share = shared[group] / len(groups[group])
            if share >= LEAST_SHARE and share > most:
                best, most = group, share
        if best == len(groups):
            groups.append([])
        groups[best].append(text)
        group_of[text] = best
    return groups
