"""Every phrase of some titles, in the order of a dictionary, and where it stands.

The places of all words are sorted by the words that follow, as in a suffix array, and so all
places where a phrase stands come together. A phrase of one to four words begins where a place has
fewer words in common with the place before, and ends where that is so again; they come as a
dictionary lists them: a phrase before those that begin with it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kzsearch.engine.local.suggest.weights import LONGEST
from kzsearch.engine.title_words import Use

__all__ = ["BREAK", "Phrases"]

BREAK = 0
"""The number that no word has: a phrase does not go on over it."""

_LENGTHS = np.arange(1, LONGEST + 1)


class Phrases:
    """The phrases of a text.

    places: of all its words, sorted by the words from there on, four of them or up to a break.
    first, count: where a phrase's places begin among these, and how many there are.
    free: at how many of them it is a noun phrase of its own, no part of a longer one; of a single
        word, at all.
    weight: what the articles of these weigh together.
    length: of a phrase in words.
    word_phrases, word_places: for each word, the first phrase and the first place that begin
        with it; one entry more at the end.
    """

    def __init__(
        self,
        words: ArrayLike,
        uses: ArrayLike,
        capitals: ArrayLike,
        cased: ArrayLike,
        weights: NDArray[np.float64],
    ) -> None:
        """Find the phrases.

        words: numbers of words, all of 1, 2 … among them, their order that of the alphabet.
        uses: for each word what a phrase may do with it, see ``Use``.
        capitals: for each place whether it is written with a capital.
        cased: for each place whether the word has lost a case ending there.
        weights: for each place what its article weighs.
        """
        text = np.append(np.asarray(words, np.int32), np.full(LONGEST, BREAK, np.int32))
        places = np.flatnonzero(text != BREAK)
        following = _following(text, places)
        order = np.lexsort(following.T[::-1])  # stable: equal ones stay in order of place
        following, places = following[order], places[order]
        shared = _shared(following)

        allowed = np.array(uses, np.uint8)
        opens = (shared[:, None] < _LENGTHS) & (following != BREAK) & _usable(allowed, following)
        first, column = np.nonzero(opens)
        end = np.zeros(len(first), np.int64)
        free = np.zeros(len(first), np.int64)
        weight = np.zeros(len(first), np.float64)
        begins, ends = _borders(text, allowed, np.array(capitals, np.bool_))
        ends &= _is_sure(text, allowed, np.array(cased, np.bool_))
        for length in range(1, LONGEST + 1):
            borders = np.append(np.flatnonzero(shared < length), len(shared))
            chosen = column == length - 1
            end[chosen] = borders[np.searchsorted(borders, first[chosen], "right")]
            alone = begins[places] & ends[places + length - 1] if length > 1 else places >= 0
            counted = np.append(0, np.cumsum(alone))
            weighed = np.append(0.0, np.cumsum(np.where(alone, weights[places], 0.0)))
            free[chosen] = counted[end[chosen]] - counted[first[chosen]]
            weight[chosen] = weighed[end[chosen]] - weighed[first[chosen]]
        weight[free == 0] = 0.0  # what is left there is rounding
        word_begins = np.flatnonzero(shared == 0)
        word_phrases = np.searchsorted(first, word_begins)

        self.places = _array("I", places)
        self.first = _array("I", first)
        self.count = _array("I", end - first)
        self.free = _array("I", free)
        self.weight = _array("f", weight)
        self.length = _array("B", column + 1)
        self.word_phrases = _array("I", np.concatenate([[0], word_phrases, [len(first)]]))
        self.word_places = _array("I", np.concatenate([[0], word_begins, [len(shared)]]))

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """First, count and length of each phrase."""
        return zip(self.first, self.count, self.length, strict=True)


def _has(uses: NDArray[np.uint8], use: Use) -> NDArray[np.bool_]:
    return (uses & int(use)) > 0


def _usable(allowed: NDArray[np.uint8], following: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether the first one, two … words of each row may be a phrase."""
    usable = _has(allowed, Use.END)[following] & _has(allowed, Use.BEGIN)[following[:, :1]]
    usable[:, 0] = _has(allowed, Use.ALONE)[following[:, 0]]
    return usable


def _borders(
    text: NDArray[np.int32], allowed: NDArray[np.uint8], capitals: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """At which places a noun phrase may begin of its own, and at which one may end.

    It may where words part: at a break, at a conjunction, after an adjective, after an ending that
    closes a phrase, between a name and what is none (басшысы | Қасым-Жомарт Тоқаев).
    """
    uses = np.where(text == BREAK, 0, allowed[text]).astype(np.uint8)
    unused = ~_has(uses, Use.BEGIN | Use.END)
    closes = unused | _has(uses, Use.CLOSES)
    is_name = np.zeros(len(text), np.bool_)
    is_name[: len(capitals)] = capitals
    begins = np.roll(closes | ~_has(uses, Use.END), 1) | (is_name & ~np.roll(is_name, 1))
    ends = closes | np.roll(unused, -1) | (is_name & ~np.roll(is_name, -1))
    begins[0] = True
    return begins, ends


def _is_sure(
    text: NDArray[np.int32], allowed: NDArray[np.uint8], cased: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """At which places the word is sure to lean on the one before.

    A bare noun before one with a case ending may be something else: Трамп Иранға is no phrase.
    """
    sure = _has(allowed[text], Use.POSSESSED) | np.roll(~_has(allowed[text], Use.END), 1)
    sure[: len(cased)] |= ~cased
    return sure


def _following(text: NDArray[np.int32], places: NDArray[np.intp]) -> NDArray[np.int32]:
    """The words from each place on, nothing but ``BREAK`` after the first break."""
    following = np.zeros((len(places), LONGEST), np.int32)
    goes_on = np.ones(len(places), np.bool_)
    for number in range(LONGEST):
        word = text[places + number]
        goes_on &= word != BREAK
        following[goes_on, number] = word[goes_on]
    return following


def _shared(following: NDArray[np.int32]) -> NDArray[np.intp]:
    """How many words each row has in common with the row before."""
    shared = np.zeros(len(following), np.intp)
    same = following[1:] == following[:-1]
    shared[1:] = np.logical_and.accumulate(same, axis=1).sum(axis=1)
    return shared


def _array(kind: str, numbers: NDArray[Any]) -> array[int]:
    found: array[int] = array(kind)
    found.frombytes(numbers.astype(kind).tobytes())
    return found
