"""Every phrase of some titles, in the order of a dictionary, and where it stands.

The places of all words are sorted by the words that follow, as in a suffix array, and so all
places where a phrase stands come together. A phrase of one to four words begins where a place has
fewer words in common with the place before, and ends where that is so again; they come as a
dictionary lists them: a phrase before those that begin with it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.weights import LONGEST
from kzsearch.engine.title_words import Edge

__all__ = ["BREAK", "Phrases"]

BREAK = 0
"""The number that no word has: a phrase does not go on over it."""

_LENGTHS = np.arange(1, LONGEST + 1)


class Phrases:
    """The phrases of a text.

    places: of all its words, sorted by the words from there on, four of them or up to a break.
    first, count: where a phrase's places begin among these, and how many there are.
    length: of a phrase in words.
    word_phrases, word_places: for each word, the first phrase and the first place that begin
        with it; one entry more at the end.
    """

    def __init__(self, words: Sequence[int], edges: Sequence[int]) -> None:
        """Find the phrases.

        words: numbers of words, all of 1, 2 … among them, their order that of the alphabet.
        edges: for each word how a phrase may use it, see ``Edge``.
        """
        text = np.array([*words, *[BREAK] * LONGEST], np.int32)
        places = np.flatnonzero(text != BREAK)
        following = _following(text, places)
        order = np.lexsort(following.T[::-1])  # stable: equal ones stay in order of place
        following = following[order]
        shared = _shared(following)

        allowed = np.array(edges, np.uint8)
        begins = (allowed & int(Edge.BEGIN)) > 0
        ends = (allowed & int(Edge.END)) > 0
        opens = (
            (shared[:, None] < _LENGTHS)
            & (following != BREAK)
            & begins[following[:, :1]]
            & ends[following]
        )
        first, column = np.nonzero(opens)
        end = np.zeros(len(first), np.int64)
        for length in range(1, LONGEST + 1):
            borders = np.append(np.flatnonzero(shared < length), len(shared))
            chosen = column == length - 1
            end[chosen] = borders[np.searchsorted(borders, first[chosen], "right")]
        word_begins = np.flatnonzero(shared == 0)
        word_phrases = np.searchsorted(first, word_begins)

        self.places = _array("I", places[order])
        self.first = _array("I", first)
        self.count = _array("I", end - first)
        self.length = _array("B", column + 1)
        self.word_phrases = _array("I", np.concatenate([[0], word_phrases, [len(first)]]))
        self.word_places = _array("I", np.concatenate([[0], word_begins, [len(shared)]]))

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """First, count and length of each phrase."""
        return zip(self.first, self.count, self.length, strict=True)


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
