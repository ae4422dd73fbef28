"""Reading the titles of one segment: what is in them, and the best phrases that begin somehow."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.phrases import BREAK
from kzsearch.engine.local.suggest.writer import BLOCK, SECTION
from kzsearch.engine.title_words import TitleWord, Use
from kzsearch.text import fold

__all__ = ["Found", "TitlesReader"]

_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a segment.

    words: as phrases know them. titles: how many have it; free: as a noun phrase of its own.
    weight: what the articles of these weigh by the segment's newest day.
    example: a place where it has the capitals it mostly has.
    first: where its places begin among all, sorted ones.
    """

    words: tuple[str, ...]
    titles: int
    free: int
    weight: float
    example: int
    first: int


def _numbers(name: str) -> cached_property[memoryview]:
    """A section of numbers, checked when it is first used."""
    return cached_property(lambda titles: memoryview(titles._section(SECTION + name)))


class _Lines(Sequence[str]):
    """Texts that end with line breaks, left in place: four bytes are held of each."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data.data
        self._ends = np.flatnonzero(data == ord("\n")).astype(np.uint32).data

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        begin = self._ends[number - 1] + 1 if number else 0
        return str(self._data[begin : self._ends[number]], "utf-8")

    def all(self) -> list[str]:
        """All of them, many times as fast as one by one."""
        return str(self._data, "utf-8").split("\n")[:-1]


def _texts(name: str) -> cached_property[_Lines]:
    """A section of texts, likewise."""
    return cached_property(lambda titles: _Lines(titles._section(SECTION + name)))


class TitlesReader:
    """The titles of a segment; safe from many threads.

    Every method raises IndexDamagedError when the file does not hold what was written.
    """

    _words = _texts("words")
    _lasts = _texts("lasts")
    _stems = _texts("stems")
    _forms = _texts("forms")
    _surfaces = _texts("surfaces")
    _uses = _numbers("uses")
    _form_words = _numbers("form_words")
    _surface_words = _numbers("surface_words")
    _surface_ends = _numbers("surface_ends")
    _tokens = _numbers("tokens")
    _starts = _numbers("starts")
    _word_phrases = _numbers("word_phrases")
    _word_places = _numbers("word_places")
    _places = _numbers("places")
    _firsts = _numbers("firsts")
    _examples = _numbers("examples")
    _lengths = _numbers("lengths")
    _counts = _numbers("counts")
    _free = _numbers("free")
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
        """How many words as written there are, each counted for every word that phrases know."""
        return len(self._forms)

    def form(self, number: int) -> TitleWord:
        """A word as written by its number, as it was handed to the writer."""
        word = self._form_words[number]
        use = Use(self._uses[word])
        return TitleWord(
            self._forms[number], self._words[word], self.last(word), self._stems[word], use, False
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

    def stems_of(self, number: int) -> frozenset[str]:
        """Stems of the words of an article's title."""
        forms = self._tokens[self._starts[number] : self._starts[number + 1]]
        return frozenset(self._stems[self._form_words[form]] for form in forms if form != BREAK)

    def words(self, start: str) -> dict[str, int]:
        """Words of the titles, as written, that begin with ``start``, and how often each stands."""
        first, last = _beginning(self._surfaces, start)
        ends = self._surface_ends[first - 1 : last]
        return {
            word: after - before
            for word, (before, after) in zip(
                self._surfaces[first:last], pairwise(ends), strict=True
            )
        }

    def beginning_with(self, start: str) -> int:
        """How many words of the titles begin with ``start``."""
        first, last = _beginning(self._surfaces, start)
        return int(self._surface_ends[last - 1] - self._surface_ends[first - 1])

    def holds(self, word: str) -> int:
        """How many words of the titles are ``word``."""
        number = _number(self._surfaces, word)
        return int(self._surface_ends[number] - self._surface_ends[number - 1]) if number else 0

    def holding(self, word: str) -> NDArray[np.bool_]:
        """Of every article whether its title has a word, in any form."""
        articles = np.zeros(len(self._starts) - 1, np.bool_)
        surface = _number(self._surfaces, word)
        if surface:
            for number in self._words_of(self._stems[self._surface_words[surface]]):
                span = slice(self._word_places[number], self._word_places[number + 1])
                articles[self._articles_at(span)] = True
        return articles

    def articles(self, phrase: Found) -> NDArray[np.intp]:
        """Numbers of the articles that have a phrase, one for each time it stands in a title."""
        return self._articles_at(slice(phrase.first, phrase.first + phrase.titles))

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

    def shown(self, place: int, length: int, start: str = "") -> str:
        """The words from a place on as they are shown, the last one in its dictionary form.

        The first word of a title has a capital whatever it is: it is shown as it is written
        elsewhere, if it is anywhere else. The last word begins with ``start``, whatever form
        that asks for.
        """
        forms = list(self._tokens[place : place + length])
        words = [self._form_words[form] for form in forms]
        if self._is_initial(place):
            phrase = self._word_phrases[words[0]]
            if phrase < self._word_phrases[words[0] + 1] and self._lengths[phrase] == 1:
                forms[0] = self._tokens[self._examples[phrase]]
        texts = [self._words[word] for word in words]
        wanted = (self._dictionary_form(words), self.last(words[-1]), texts[-1])
        texts[-1] = next(text for text in wanted if text.startswith(start) or text is wanted[-1])
        return " ".join(
            _with_capitals(text, self._forms[form]) for text, form in zip(texts, forms, strict=True)
        )

    def _dictionary_form(self, words: Sequence[int]) -> str:
        """The last word of a phrase as a dictionary has it.

        A possessive belongs to it (қала әкімі) unless the owner is no part of the phrase (жаңа
        әкімі: its new mayor).
        """
        *before, last = words
        use = self._uses[last]
        if use & Use.STEM and (not before or (use & Use.POSSESSED and not self._owned(before))):
            return self._stems[last]
        return self.last(last)

    def _owned(self, before: Sequence[int]) -> bool:
        """Whether there is a noun among the words before another."""
        return any(self._uses[word] & Use.END for word in before)

    def is_izafet(self, place: int, length: int) -> bool:
        """Whether the last of some words has its possessive from one before (қала әкімі)."""
        *before, last = (self._form_words[form] for form in self._tokens[place : place + length])
        return bool(self._uses[last] & Use.POSSESSED) and self._owned(before)

    def last(self, word: int) -> str:
        """A word as it stands at the end of a phrase."""
        return self._lasts[word] or self._words[word]

    def stems(self, place: int, length: int) -> tuple[str, ...]:
        """Stems of the words from a place on."""
        forms = self._tokens[place : place + length]
        return tuple(self._stems[self._form_words[form]] for form in forms)

    def _words_of(self, stem: str) -> list[int]:
        """Numbers of the words of a stem."""
        first = bisect_left(self._by_stem, stem, key=self._stems.__getitem__)
        end = bisect_right(self._by_stem, stem, first, key=self._stems.__getitem__)
        return self._by_stem[first:end].tolist()

    @cached_property
    def _by_stem(self) -> memoryview:
        """Numbers of the words in the order of their stems."""
        stems = self._stems.all()
        order = sorted(range(len(stems)), key=stems.__getitem__)
        return np.array(order, np.uint32).data

    @cached_property
    def _start_array(self) -> NDArray[np.uint32]:
        return np.asarray(self._starts)

    def _articles_at(self, span: slice) -> NDArray[np.intp]:
        """Numbers of the articles of some of the sorted places."""
        places = np.asarray(self._places[span])
        return np.searchsorted(self._start_array, places, "right") - 1

    def _is_initial(self, place: int) -> bool:
        article = bisect_right(self._starts, place) - 1
        return bool(self._starts[article] == place - 1)

    def _numbers(self, words: Sequence[str]) -> tuple[int, ...] | None:
        numbers = tuple(_number(self._words, word) for word in words)
        return numbers if all(numbers) else None

    def _span(self, context: Sequence[str], start: str) -> tuple[int, int]:
        """Span of the phrases that begin with some words and then a word that begins so."""
        first, last = _beginning(self._words, start)
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
        place = self._examples[number]
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
            self._free[phrase],
            self._weights[phrase],
            self._examples[phrase],
            self._firsts[phrase],
        )


def _number(words: Sequence[str], word: str) -> int:
    """Number of a word among sorted ones; 0, which no word has, if it is not there."""
    number = bisect_left(words, word)
    return number if number < len(words) and words[number] == word else 0


def _beginning(words: Sequence[str], start: str) -> tuple[int, int]:
    """Span of the sorted words that begin with ``start``; the first word is no word."""
    return (
        max(1, bisect_left(words, start)),
        max(1, bisect_left(words, start + _AFTER_ALL)),
    )


def _with_capitals(word: str, written: str) -> str:
    """A word in small letters with the capitals of the form of it that is written."""
    pairs = zip(word, fold(written), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if shared == len(word):
        return written[:shared]
    if shared > 1 and written[:shared].isupper():
        return word.upper()
    return written[:shared] + word[shared:] if shared else word
