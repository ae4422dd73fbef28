"""The near-duplicates of one generation: which live articles are copies of one text.

Most commits bring no copy of anything and take none away. The groups of the generation before
then stay as they are, which is found out in a hundredth of the time that making them takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.duplicates import Groups, make_groups
from kzsearch.engine.local.segments import Segment
from kzsearch.engine.schema import NO_TIME

__all__ = ["Copies", "find_copies", "member_ranks"]

Keys = NDArray[np.uint64]

_LATEST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Copies:
    """Near-duplicates by document, numbered through the segments they were found in.

    linked: of each segment its identity, and whether it has links between texts.
    keys: of the text of each document, 0 of deleted ones and of texts too short to tell.
    telling: keys that have a link or a copy, rising, and 0: all others are in no group.
    groups: the groups. group_of: the number of each document's group, -1 of none.
    """

    linked: Sequence[tuple[str, bool]]
    keys: Keys
    telling: Keys
    groups: Groups
    group_of: NDArray[np.int32]


def find_copies(
    segments: Mapping[str, Segment],
    live: NDArray[np.bool_],
    place: Callable[[int], tuple[int, ...]],
    before: Copies | None,
) -> Copies:
    """The near-duplicates among the live documents of segments, which are given by identity.

    place: see ``make_groups``. before: those of an earlier generation.
    Raises IndexDamagedError.
    """
    of_segments = [np.asarray(segment.copies.keys, np.uint64) for segment in segments.values()]
    linked = [(identity, bool(segment.copies.links)) for identity, segment in segments.items()]
    keys = np.concatenate([np.zeros(0, np.uint64), *of_segments])
    keys[~live] = 0
    if before is not None and _are_the_same(before, linked, of_segments, keys):
        group_of = np.full(len(keys), -1, np.int32)
        common = min(len(keys), len(before.keys))
        group_of[:common] = before.group_of[:common]
        return Copies(linked, keys, before.telling, before.groups, group_of)
    links = [
        (int(part_keys[number]), key)
        for segment, part_keys in zip(segments.values(), of_segments, strict=True)
        for number, key in segment.copies.links
    ]
    in_order = np.sort(keys[keys > 0])
    repeated = in_order[1:][in_order[1:] == in_order[:-1]]
    ends = np.array(sorted(set(chain.from_iterable(links))), np.uint64)
    # Not by union1d and isin, for which NumPy loads its masked arrays: 40 ms of a first search.
    telling = np.sort(np.concatenate([repeated, ends, np.zeros(1, np.uint64)]))
    documents = np.flatnonzero((keys > 0) & _among(keys, telling))
    articles = [(int(number), int(keys[number])) for number in documents]
    groups = make_groups(articles, links, place)
    group_of = np.full(len(keys), -1, np.int32)
    group_of[_flat(groups)] = _numbers(groups)
    return Copies(linked, keys, telling, groups, group_of)


def _are_the_same(
    before: Copies, linked: Sequence[tuple[str, bool]], of_segments: Sequence[Keys], keys: Keys
) -> bool:
    """Whether no text that came or went has anything to do with another."""
    pairs = zip(before.linked, linked, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if any(has_links for _, has_links in (*before.linked[shared:], *linked[shared:])):
        return False
    end = sum(map(len, of_segments[:shared]))
    changed = keys[:end] != before.keys[:end]
    gone = np.concatenate([before.keys[:end][changed], before.keys[end:]])
    came = np.concatenate([keys[:end][changed], keys[end:]])
    came = np.sort(came[came > 0])
    if (came[1:] == came[:-1]).any() or _among(keys[:end][~changed], came).any():
        return False
    return not any(_among(texts[texts > 0], before.telling).any() for texts in (gone, came))


def _among(values: Keys, rising: Keys) -> NDArray[np.bool_]:
    """For each value whether it is one of some rising ones."""
    if not len(rising):
        return np.zeros(len(values), np.bool_)
    places = rising.searchsorted(values, side="right") - 1
    return np.equal(rising[places], values)


def _flat(groups: Groups) -> NDArray[np.intp]:
    """The members of all groups, one group behind another."""
    return np.fromiter(chain.from_iterable(groups.members), np.intp)


def _numbers(groups: Groups) -> NDArray[np.int32]:
    """For each of the members the number of its group."""
    sizes = np.fromiter(map(len, groups.members), np.intp)
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def member_ranks(
    groups: Groups, times: NDArray[np.int64], id_of: Callable[[int], str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Ranks by document among those of its group: by age, the oldest first, and by date, the
    newest first. Undated ones come last, and ids decide between those of one time.
    """
    members, numbers = _flat(groups), _numbers(groups)
    found = times[members]
    undated = found == NO_TIME
    by_age = np.where(undated, _LATEST, found)
    by_date = np.where(undated, _LATEST, -np.where(undated, 0, found))
    ages = _ranked(members, numbers, by_age, len(times), id_of)
    return ages, _ranked(members, numbers, by_date, len(times), id_of)


def _ranked(
    members: NDArray[np.intp],
    numbers: NDArray[np.int32],
    order: NDArray[np.int64],
    documents: int,
    id_of: Callable[[int], str],
) -> NDArray[np.int32]:
    """Ranks of the members by group, then ``order``, then id, which is read for ties only."""
    by_order = np.lexsort((order, numbers))
    sorted_members, keys = members[by_order], order[by_order]
    same = (keys[1:] == keys[:-1]) & (numbers[1:] == numbers[:-1])
    begins = np.flatnonzero(np.concatenate(([True], ~same)))
    lengths = np.diff(np.concatenate((begins, [len(members)])))
    for place in np.flatnonzero(lengths > 1).tolist():
        tied = slice(int(begins[place]), int(begins[place] + lengths[place]))
        sorted_members[tied] = sorted(sorted_members[tied].tolist(), key=id_of)
    ranks = np.zeros(documents, np.int32)
    ranks[sorted_members] = np.arange(len(members))
    return ranks
