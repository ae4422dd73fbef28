"""Reading the titles of one segment: what is in them, and the best phrases that begin somehow."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.phrases import BREAK
from kzsearch.engine.local.suggest.writer import BLOCK, SECTION
from kzsearch.engine.title_words import Edge, TitleWord

__all__ = ["Found", "TitlesReader"]

_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a segment.

    words: as folded. titles: how many have it. weight: of these, by the segment's newest day.
    place: one where it stands as it is mostly written.
    """

    words: tuple[str, ...]
    titles: int
    weight: float
    place: int


def _numbers(name: str) -> cached_property[memoryview]:
    """A section of numbers, checked when it is first used."""
    return cached_property(lambda titles: memoryview(titles._section(SECTION + name)))


def _texts(name: str) -> cached_property[list[str]]:
    """A section of texts, likewise."""

    def read(titles: TitlesReader) -> list[str]:
        return titles._section(SECTION + name).tobytes().decode("utf-8").split("\n")[:-1]

    return cached_property(read)


class TitlesReader:
    """The titles of a segment; safe from many threads.

    Every method raises IndexDamagedError when the file does not hold what was written.
    """

    _words = _texts("words")
    _stems = _texts("stems")
    _forms = _texts("forms")
    _edges = _numbers("edges")
    _form_words = _numbers("form_words")
    _tokens = _numbers("tokens")
    _starts = _numbers("starts")
    _word_phrases = _numbers("word_phrases")
    _word_places = _numbers("word_places")
    _places = _numbers("places")
    _lengths = _numbers("lengths")
    _counts = _numbers("counts")
    _weights = _numbers("weights")
    _best = _numbers("best")
    _newest = _numbers("newest")

    def __init__(self, section: Callable[[str], NDArray[Any]]) -> None:
        """``section``: gives a section of the segment's file by its name, checked."""
        self._section = section

    @property
    def newest(self) -> int:
        """The newest day of an article, 0 if none is dated."""
        return int(self._newest[0])

    @property
    def forms(self) -> int:
        """How many words as written there are."""
        return len(self._forms)

    def form(self, number: int) -> TitleWord:
        """A word as written by its number, as it was handed to the writer."""
        word = self._form_words[number]
        edges = Edge(self._edges[word])
        return TitleWord(
            self._forms[number], self._words[word], self._stems[word], edges, follows=False
        )

    def title(self, number: int) -> list[TitleWord]:
        """The words of an article's title, as they were handed to the writer."""
        words = []
        follows = False
        for form in self._tokens[self._starts[number] : self._starts[number + 1]]:
            if form != BREAK:
                words.append(self.form(form)._replace(follows=follows))
            follows = form != BREAK
        return words

    def rows(self, keep: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The titles of some articles, given by rising numbers, as numbers of words as written,
        and how many each has.
        """
        starts = np.asarray(self._starts).astype(np.int64)
        lengths = np.diff(starts)
        kept = np.zeros(len(lengths), np.bool_)
        kept[keep] = True
        return np.asarray(self._tokens)[np.repeat(kept, lengths)], lengths[keep]

    def words(self, start: str) -> dict[str, int]:
        """Words of the titles that begin with ``start``, and how many of each there are."""
        first, last = self._beginning(start)
        places = self._word_places[first : last + 1]
        return {
            word: after - before
            for word, (before, after) in zip(self._words[first:last], pairwise(places), strict=True)
        }

    def beginning_with(self, start: str) -> int:
        """How many words of the titles begin with ``start``."""
        first, last = self._beginning(start)
        return int(self._word_places[last] - self._word_places[first])

    def holds(self, word: str) -> int:
        """How many words of the titles are ``word``."""
        number = self._number(word)
        return int(self._word_places[number + 1] - self._word_places[number]) if number else 0

    def best(self, context: Sequence[str], start: str, count: int) -> list[Found]:
        """The ``count`` weightiest phrases that begin with some words, and then with a word
        that begins with ``start``; the best first.
        """
        return [self._found(phrase) for phrase in self._largest(*self._span(context, start), count)]

    def find(self, words: Sequence[str]) -> Found | None:
        """A phrase by its words."""
        numbers = self._numbers(words)
        if numbers is None:
            return None
        first = self._word_phrases[numbers[0]]
        last = self._word_phrases[numbers[0] + 1]
        phrase = first  # of its phrases, a word alone comes before all others
        if len(numbers) > 1:
            phrase = bisect_left(range(last), numbers, first, key=self._phrase)
        if phrase < last and self._phrase(phrase) == numbers:
            return self._found(phrase)
        return None

    def written(self, place: int, length: int) -> list[str]:
        """The words from a place on as they are written there.

        The first word of a title has a capital whatever it is: it is shown as it is written
        elsewhere, if it is anywhere else.
        """
        forms = list(self._tokens[place : place + length])
        if self._is_initial(place):
            word = self._form_words[forms[0]]
            phrase = self._word_phrases[word]
            if phrase < self._word_phrases[word + 1] and self._lengths[phrase] == 1:
                forms[0] = self._tokens[self._places[phrase]]
        return [self._forms[form] for form in forms]

    def stems(self, place: int, length: int) -> tuple[str, ...]:
        """Stems of the words from a place on."""
        forms = self._tokens[place : place + length]
        return tuple(self._stems[self._form_words[form]] for form in forms)

    def article(self, place: int) -> int:
        """Number of the article whose title has a place."""
        return bisect_right(self._starts, place) - 1

    def _is_initial(self, place: int) -> bool:
        return bool(self._starts[self.article(place)] == place - 1)

    def _number(self, word: str) -> int:
        """Number of a word; 0, which no word has, if it is not there."""
        number = bisect_left(self._words, word)
        return number if number < len(self._words) and self._words[number] == word else 0

    def _numbers(self, words: Sequence[str]) -> tuple[int, ...] | None:
        numbers = tuple(map(self._number, words))
        return numbers if all(numbers) else None

    def _beginning(self, start: str) -> tuple[int, int]:
        """Span of the words that begin with ``start``; the first word is no word."""
        return (
            max(1, bisect_left(self._words, start)),
            max(1, bisect_left(self._words, start + _AFTER_ALL)),
        )

    def _span(self, context: Sequence[str], start: str) -> tuple[int, int]:
        """Span of the phrases that begin with some words and then a word that begins so."""
        first, last = self._beginning(start)
        if not context:
            return self._word_phrases[first], self._word_phrases[last]
        before = self._numbers(context)
        if before is None:
            return 0, 0
        low, high = self._word_phrases[before[0]], self._word_phrases[before[0] + 1]
        low = bisect_left(range(high), (*before, first), low, key=self._phrase)
        return low, bisect_left(range(high), (*before, last), low, key=self._phrase)

    def _phrase(self, number: int) -> tuple[int, ...]:
        """Numbers of the words of a phrase: phrases are in the order of these."""
        place = self._places[number]
        forms = self._tokens[place : place + self._lengths[number]]
        return tuple([self._form_words[form] for form in forms])

    def _largest(self, first: int, last: int, count: int) -> list[int]:
        """The ``count`` phrases of a span of greatest weight.

        They are all in the ``count`` blocks whose best is greatest, or at the span's ends.
        """
        weight = self._weights.__getitem__
        begin, end = -(-first // BLOCK), last // BLOCK
        if end - begin <= count:
            return heapq.nlargest(count, range(first, last), key=weight)
        blocks = heapq.nlargest(count, range(begin, end), key=self._best.__getitem__)
        least = self._best[blocks[-1]]
        spans = [range(first, begin * BLOCK), range(end * BLOCK, last)]
        spans += [range(block * BLOCK, (block + 1) * BLOCK) for block in blocks]
        return heapq.nlargest(
            count,
            (phrase for span in spans for phrase in span if weight(phrase) >= least),
            key=weight,
        )

    def _found(self, phrase: int) -> Found:
        return Found(
            tuple(self._words[word] for word in self._phrase(phrase)),
            self._counts[phrase],
            self._weights[phrase],
            self._places[phrase],
        )
