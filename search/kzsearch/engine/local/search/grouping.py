"""The near-duplicates of one generation: which live articles are copies of one text.

Most commits bring no copy of anything and take none away. The groups of the generation before
then stay as they are, which is found out in a hundredth of the time that making them takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.duplicates import make_groups
from kzsearch.engine.local.segments import Segment
from kzsearch.engine.schema import NO_TIME

__all__ = ["Copies", "find_copies", "member_ranks"]

Keys = NDArray[np.uint64]
Numbers = NDArray[np.intp]

_NO_KEYS: Keys = np.zeros(0, np.uint64)
_LATEST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Copies:
    """Near-duplicates by document, numbered through the segments they were found in.

    linked: of each segment its identity, and whether it has links between texts.
    keys: of the text of each document, 0 of deleted ones and of texts too short to tell.
    telling: keys that have a link or a copy, rising, and 0: all others are in no group.
    group_of: the number of each document's group, -1 of none.
    members: the documents of all groups, one group behind another, rising within one.
    numbers: the group of each of these; groups are in order of their first members.
    """

    linked: Sequence[tuple[str, bool]]
    keys: Keys
    telling: Keys
    group_of: NDArray[np.int32]
    members: Numbers
    numbers: NDArray[np.int32]

    def of(self, document: int) -> tuple[int, ...]:
        """All documents of a document's group, itself among them; only itself without copies."""
        group = self.group_of[document]
        if group < 0:
            return (document,)
        first, end = self.numbers.searchsorted([group, group + 1])
        return tuple(self.members[first:end].tolist())


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
    copies = [segment.copies for segment in segments.values()]
    of_segments = [np.asarray(each.keys, np.uint64) for each in copies]
    linked = [
        (identity, len(each.link_keys) > 0) for identity, each in zip(segments, copies, strict=True)
    ]
    keys = np.concatenate([_NO_KEYS, *of_segments])
    ones = [own[each.link_numbers] for own, each in zip(of_segments, copies, strict=True)]
    links = np.stack(
        [
            np.concatenate([_NO_KEYS, *ones]),
            np.concatenate([_NO_KEYS, *(np.asarray(each.link_keys) for each in copies)]),
        ]
    )
    keys[~live] = 0
    if before is not None and _are_the_same(before, linked, of_segments, keys):
        group_of = np.full(len(keys), -1, np.int32)
        common = min(len(keys), len(before.keys))
        group_of[:common] = before.group_of[:common]
        return replace(before, linked=linked, keys=keys, group_of=group_of)
    in_order = np.sort(keys[keys > 0])
    repeated = in_order[1:][in_order[1:] == in_order[:-1]]
    telling = np.sort(np.concatenate([repeated, links.ravel(), np.zeros(1, np.uint64)]))
    documents = ((keys > 0) & _among(keys, telling)).nonzero()[0]
    firsts = _first_members(documents, keys[documents], links, place)
    documents, firsts = documents[firsts >= 0], firsts[firsts >= 0]
    order = np.lexsort((documents, firsts))
    members, firsts = documents[order], firsts[order]
    begins = np.ones(len(firsts), np.bool_)
    begins[1:] = firsts[1:] != firsts[:-1]
    numbers = begins.cumsum(dtype=np.int32) - np.int32(1)
    group_of = np.full(len(keys), -1, np.int32)
    group_of[members] = numbers
    return Copies(linked, keys, telling, group_of, members, numbers)


def _first_members(
    documents: Numbers, keys: Keys, links: Keys, place: Callable[[int], tuple[int, ...]]
) -> Numbers:
    """For each document the first of its group, -1 of those that are alone.

    Most texts are linked to one other that is linked to no third, or to none: these groups are
    told at once. Only the others must be gathered text by text.
    """
    in_order = np.sort(keys)
    texts = in_order[np.concatenate(([True], in_order[1:] != in_order[:-1]))[: len(in_order)]]
    of = texts.searchsorted(keys)
    both = _among(links[0], texts) & _among(links[1], texts) & (links[0] != links[1])
    one, other = np.sort(texts.searchsorted(links[:, both]), axis=0)
    edges = np.sort(one * len(texts) + other)
    edges = edges[np.concatenate(([True], edges[1:] != edges[:-1]))[: len(edges)]]
    one, other = np.divmod(edges, max(1, len(texts)))
    degree = np.bincount(one, minlength=len(texts)) + np.bincount(other, minlength=len(texts))
    paired = (degree[one] == 1) & (degree[other] == 1)
    same = np.arange(len(texts))
    same[other[paired]] = one[paired]
    simple = degree == 0
    simple[one[paired]] = simple[other[paired]] = True
    firsts = np.full(len(documents), -1)
    chosen = simple[of].nonzero()[0]
    groups = same[of[chosen]]
    first = np.full(len(texts), len(documents))
    np.minimum.at(first, groups, chosen)
    several = np.bincount(groups, minlength=len(texts))[groups] > 1
    firsts[chosen[several]] = documents[first[groups[several]]]
    rest = (~simple[of]).nonzero()[0]
    if len(rest):
        gathered = make_groups(
            list(zip(documents[rest].tolist(), keys[rest].tolist(), strict=True)),
            texts[np.stack([one[~paired], other[~paired]], axis=1)].tolist(),
            place,
        )
        for members in gathered:
            firsts[documents.searchsorted(members)] = members[0]
    return firsts


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


def member_ranks(
    copies: Copies, times: NDArray[np.int64], id_of: Callable[[int], str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Ranks by document among those of its group: by age, the oldest first, and by date, the
    newest first. Undated ones come last, and ids decide between those of one time.
    """
    members, numbers = copies.members, copies.numbers
    found = times[members]
    undated = found == NO_TIME
    by_age = np.where(undated, _LATEST, found)
    by_date = np.where(undated, _LATEST, -np.where(undated, 0, found))
    ages = _ranked(members, numbers, by_age, len(times), id_of)
    return ages, _ranked(members, numbers, by_date, len(times), id_of)


def _ranked(
    members: Numbers,
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
