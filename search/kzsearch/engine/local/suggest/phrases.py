"""Every phrase of some titles, in the order of a dictionary, and where it stands.

The places of all words are sorted by the words that follow, as in a suffix array, and so all
places where a phrase stands come together. One walk over them opens and closes the phrases of one
to four words as a dictionary lists them: a phrase before those that begin with it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from kzsearch.engine.local.suggest.weights import LONGEST
from kzsearch.engine.title_words import Edge

__all__ = ["BREAK", "Phrases", "sorted_places"]

BREAK = 0
"""The number that no word has: a phrase does not go on over it."""

_BEGIN, _END = int(Edge.BEGIN), int(Edge.END)  # an operation on flags takes a microsecond
_BITS = 24
_WORD = (1 << _BITS) - 1
_PLACE_BITS = 40
_PLACE = (1 << _PLACE_BITS) - 1


def sorted_places(words: Sequence[int]) -> list[int]:
    """Places of the words of a text by the words from there on, four of them or up to a break.

    words: numbers of words below 2**24, their order that of the alphabet. The places come with
    those words above them, four times 24 bits above 40.
    """
    places = []
    following = 0
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if word == BREAK:
            following = 0
        else:
            following = word << (LONGEST - 1) * _BITS | following >> _BITS
            places.append(following << _PLACE_BITS | place)
    places.sort()
    return places


class Phrases:
    """The phrases of a text, found in one walk over its sorted places.

    places: the sorted places themselves.
    first, count: where a phrase's places begin among these, and how many there are.
    length: of a phrase in words.
    word_phrases, word_places: for each word, the first phrase and the first place that begin
        with it; one entry more at the end.
    """

    def __init__(self, words: Sequence[int], edges: Sequence[int]) -> None:
        """``edges``: for each word how a phrase may use it, see ``Edge``."""
        self.first = array("I")
        self.count = array("I")
        self.length = array("B")
        self.word_phrases = array("I", [0])
        self.word_places = array("I", [0])
        keys = sorted_places(words)
        self.places = array("I", (key & _PLACE for key in keys))
        open_phrases: list[int | None] = []
        before = 0
        for number, key in enumerate(keys):
            following = key >> _PLACE_BITS
            if following == before:
                continue
            shared = LONGEST - 1 - ((following ^ before).bit_length() - 1) // _BITS
            self._close(open_phrases, shared, number)
            if not shared:
                self.word_phrases.append(len(self.first))
                self.word_places.append(number)
            begins = edges[following >> (LONGEST - 1) * _BITS] & _BEGIN
            for length in range(shared + 1, LONGEST + 1):
                word = following >> (LONGEST - length) * _BITS & _WORD
                if word == BREAK:
                    break
                if begins and edges[word] & _END:
                    open_phrases.append(len(self.first))
                    self.first.append(number)
                    self.count.append(0)
                    self.length.append(length)
                else:
                    open_phrases.append(None)
            before = following
        self._close(open_phrases, 0, len(keys))
        self.word_phrases.append(len(self.first))
        self.word_places.append(len(keys))

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """First, count and length of each phrase."""
        return zip(self.first, self.count, self.length, strict=True)

    def _close(self, open_phrases: list[int | None], shared: int, end: int) -> None:
        """End the phrases that are longer than the words shared with the next place."""
        for phrase in open_phrases[shared:]:
            if phrase is not None:
                self.count[phrase] = end - self.first[phrase]
        del open_phrases[shared:]
