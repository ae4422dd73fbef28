"""The words of an index, kept so that those like a given one are found in a few milliseconds.

Compared are skeletons (``kzsearch.text.scripts.skeleton``): letters that are taken for each
other fall together, so that they count for nothing and only true mistakes are bounded.

Every word has a signature, a bit for each letter it holds and one more where it holds the
letter twice. A mistake changes two bits at most, so words whose signatures differ in more
are passed over, a hundred thousand in a millisecond; the edit distance is computed of what is
left. See docs/spelling.md for what else was tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from kzsearch.query.spelling.real_words import is_correctable
from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts import skeleton

__all__ = ["JoinedWords", "SpelledWords"]

_BREAK = "\n"


class SpelledWords:
    """Words that can be meant, each with the number of articles that hold it.

    Their text stands in one string, what is compared in arrays: 45 bytes a word.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        """``counts``: folded words, and in how many articles each is."""
        words = list(filter(is_correctable, counts))
        self._text = "".join(f"{_BREAK}{word}" for word in words) + _BREAK
        self._counts = np.fromiter(map(counts.__getitem__, words), np.uint32, len(words))
        self._begins, self._lengths, self._signatures = _compiled(self._text)

    def __len__(self) -> int:
        return len(self._counts)

    def near(self, word: str, mistakes: int) -> Iterator[tuple[str, int]]:
        """Words whose skeletons are at most so many mistakes from that of ``word``, with counts."""
        wanted = skeleton(word)
        for number in self._alike(word, mistakes):
            begin = self._begins[number]
            found = self._text[begin : self._text.find(_BREAK, begin)]
            distance = OSA.distance(wanted, skeleton(found), score_cutoff=mistakes)
            if distance <= mistakes:
                yield found, int(self._counts[number])

    def beginning_with(self, letters: str) -> Iterator[tuple[str, int]]:
        """Words that begin with some letters, with counts."""
        at = self._text.find(_BREAK + letters)
        while 0 <= at < len(self._text) - 1:
            end = self._text.find(_BREAK, at + 1)
            number = np.searchsorted(self._begins, at + 1)
            yield self._text[at + 1 : end], int(self._counts[number])
            at = self._text.find(_BREAK + letters, end)

    def _alike(self, word: str, mistakes: int) -> NDArray[np.intp]:
        """Numbers of words of about the same length and letters."""
        _, (length,), (signature,) = _compiled(f"{_BREAK}{word}{_BREAK}")
        near = np.flatnonzero(np.abs(self._lengths - length) <= mistakes)
        differing = np.bitwise_count(self._signatures[near] ^ signature)
        alike: NDArray[np.intp] = near[differing <= 2 * mistakes]
        return alike


class JoinedWords:
    """Several lists of words as one; the counts of a word add up."""

    def __init__(self, lists: Sequence[SpelledWords]) -> None:
        self._lists = lists

    def near(self, word: str, mistakes: int) -> Iterator[tuple[str, int]]:
        """See ``SpelledWords.near``."""
        return _added_up(words.near(word, mistakes) for words in self._lists)

    def beginning_with(self, letters: str) -> Iterator[tuple[str, int]]:
        """See ``SpelledWords.beginning_with``."""
        return _added_up(words.beginning_with(letters) for words in self._lists)


def _added_up(found: Iterable[Iterable[tuple[str, int]]]) -> Iterator[tuple[str, int]]:
    counts = Counter[str]()
    for words in found:
        for word, count in words:
            counts[word] += count
    return iter(counts.items())


def _compiled(text: str) -> tuple[NDArray[np.uint32], NDArray[np.int8], NDArray[np.uint64]]:
    """Of each word of a text: where it begins; the length of its skeleton, and its signature.

    text: words with a line break before, between and after them.
    """
    codes = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    is_break = codes == ord(_BREAK)
    begins = (np.flatnonzero(is_break) + 1)[:-1].astype(np.uint32)
    numbers = np.cumsum(is_break, dtype=np.int64) - 1
    keys = _letters()[codes]
    lengths = np.bincount(numbers[keys > 0], minlength=len(begins)).astype(np.int8)
    signatures = np.zeros(len(begins), np.uint64)
    for letter in range(1, keys.max(initial=0) + 1):
        times = np.bincount(numbers[keys == letter], minlength=len(begins))
        for least in (1, 2):
            signatures[times >= least] |= np.uint64(1 << 2 * letter + least - 3)
    return begins, lengths, signatures


@cache
def _letters() -> NDArray[np.uint8]:
    """The number of the skeleton of each character, from 1; 0 for those that have none."""
    keys = {character: skeleton(character) for character in f"{LETTERS}-"}
    numbers = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    table = np.zeros(1 << 16, np.uint8)
    for character, key in keys.items():
        table[ord(character)] = numbers[key]
    return table
