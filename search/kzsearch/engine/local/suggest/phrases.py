"""Every phrase of some titles, in the order of a dictionary, and where it stands.

The places of all words are sorted by the words that follow, as in a suffix array, and so all
places where a phrase stands come together. A phrase of one to four words begins where a place has
fewer words in common with the place before, and ends where that is so again; they come as a
dictionary lists them: a phrase before those that begin with it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.weights import LONGEST
from kzsearch.engine.title_words import Edge

__all__ = ["BREAK", "Phrases"]

BREAK = 0
"""The number that no word has: a phrase does not go on over it."""

U32 = NDArray[np.uint32]

_LENGTHS = np.arange(1, LONGEST + 1)


class Phrases:
    """The phrases of a text, as flat arrays.

    places: of all its words, sorted by the words from there on, four of them or up to a break.
    first, count: where a phrase's places begin among these, and how many there are.
    length: of a phrase in words.
    word_phrases, word_places: for each word, the first phrase and the first place that begin
        with it; one entry more at the end.
    """

    def __init__(self, words: NDArray[Any], edges: NDArray[np.uint8]) -> None:
        """Find the phrases.

        words: numbers of words, all of 1, 2 … among them, their order that of the alphabet.
        edges: for each word how a phrase may use it, see ``Edge``.
        """
        text = np.concatenate([words, np.full(LONGEST, BREAK)]).astype(np.uint32)
        places = np.flatnonzero(text != BREAK)
        following = _following(text, places)
        order = _in_order(following)
        following = following[order]
        shared = _shared(following)

        begins = (edges & int(Edge.BEGIN)) > 0
        ends = (edges & int(Edge.END)) > 0
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

        self.places = places[order].astype(np.uint32)
        self.first = first.astype(np.uint32)
        self.count = (end - first).astype(np.uint32)
        self.length = (column + 1).astype(np.uint8)
        self.word_phrases = np.concatenate([[0], word_phrases, [len(first)]]).astype(np.uint32)
        self.word_places = np.concatenate([[0], word_begins, [len(shared)]]).astype(np.uint32)


def _following(text: U32, places: NDArray[np.intp]) -> U32:
    """The words from each place on, nothing but ``BREAK`` after the first break."""
    following = np.zeros((len(places), LONGEST), np.uint32)
    goes_on = np.ones(len(places), np.bool_)
    for number in range(LONGEST):
        word = text[places + number]
        goes_on &= word != BREAK
        following[goes_on, number] = word[goes_on]
    return following


def _in_order(following: U32) -> NDArray[np.intp]:
    """The order of the rows, equal ones as they come; two words are compared at once."""
    pairs = following[:, ::2].astype(np.uint64) << np.uint64(32) | following[:, 1::2]
    return np.lexsort(pairs.T[::-1])


def _shared(following: U32) -> NDArray[np.intp]:
    """How many words each row has in common with the row before."""
    shared = np.zeros(len(following), np.intp)
    same = following[1:] == following[:-1]
    shared[1:] = np.logical_and.accumulate(same, axis=1).sum(axis=1)
    return shared
