"""Writing the titles of a segment, and every phrase in them, in the order of a dictionary.

A title is a row of numbers, one for each word as written, with a break where a phrase cannot go
on. File and memory grow with the words of the titles, time a little faster (``phrases.py``). When
segments are merged their titles are taken over as they are, without analysing them again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.phrases import BREAK, Phrases
from kzsearch.engine.local.suggest.weights import weight
from kzsearch.engine.title_words import Edge, TitleWord

if TYPE_CHECKING:
    from kzsearch.engine.local.suggest.reader import TitlesReader

__all__ = ["BLOCK", "SECTION", "TitlesWriter"]

SECTION = "titles."
"""What the names of its sections begin with."""

BLOCK = 64
"""Phrases whose greatest weight is kept, so that the best of many are found without reading all."""

_SAMPLE = 32
"""Places of a phrase that are looked at to see how it is mostly written."""

_NOTHING = TitleWord("", "", "", Edge(0), follows=False)


def joined(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Texts without line breaks in one array of bytes."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode("utf-8"), np.uint8)


class TitlesWriter:
    """Gathers titles in the order of their articles; ``sections`` is what is kept of them."""

    def __init__(self) -> None:
        self._words = {"": _NOTHING}
        self._forms = {"": BREAK}
        self._form_words = [""]
        self._tokens = array("I")
        self._starts = array("I", [0])
        self._days = array("I")

    def add(self, words: Iterable[TitleWord], day: int) -> None:
        """Take in the title of the next article; ``day`` as in ``AnalysedArticle``."""
        for word in words:
            if not word.follows:
                self._tokens.append(BREAK)
            form = self._forms.get(word.written)
            if form is None:
                form = self._forms[word.written] = len(self._forms)
                self._form_words.append(word.surface)
                self._words.setdefault(word.surface, word)
            self._tokens.append(form)
        self._tokens.append(BREAK)
        self._starts.append(len(self._tokens))
        self._days.append(day)

    def add_from(self, titles: TitlesReader, keep: Iterable[int], days: Sequence[int]) -> None:
        """Take over the titles of some articles of another segment."""
        for number in keep:
            self.add(titles.title(number), days[number])

    def sections(self) -> dict[str, NDArray[Any]]:
        """Sections for the file of the segment, by name."""
        words = sorted(self._words)
        numbers = {word: number for number, word in enumerate(words)}
        form_words = array("I", (numbers[word] for word in self._form_words))
        edges = array("B", (self._words[word].edges for word in words))
        phrases = Phrases([form_words[form] for form in self._tokens], edges)
        newest = max(self._days, default=0)
        weights = self._weights(phrases, newest)
        best = [max(weights[n : n + BLOCK]) for n in range(0, len(weights), BLOCK)]
        texts = {
            "words": words,
            "stems": [self._words[word].stem for word in words],
            "forms": list(self._forms),
        }
        numbers_of = {
            "newest": array("I", [newest]),
            "edges": edges,
            "word_phrases": phrases.word_phrases,
            "word_places": phrases.word_places,
            "form_words": form_words,
            "tokens": self._tokens,
            "starts": self._starts,
            "places": self._examples(phrases),
            "lengths": phrases.length,
            "counts": phrases.count,
            "weights": weights,
            "best": array("f", best),
        }
        return {
            **{SECTION + name: joined(section) for name, section in texts.items()},
            **{SECTION + name: np.array(section) for name, section in numbers_of.items()},
        }

    def _weights(self, phrases: Phrases, newest: int) -> array[float]:
        """What the articles of every phrase weigh together."""
        weights = array("d")
        for number, day in enumerate(self._days):
            weights.extend(
                [weight(day, newest)] * (self._starts[number + 1] - self._starts[number])
            )
        sums = [0.0, *accumulate(weights[place] for place in phrases.places)]
        return array(
            "f",
            (sums[first + count] - sums[first] for first, count, _ in phrases),
        )

    def _examples(self, phrases: Phrases) -> array[int]:
        """For every phrase a place where it stands as it is mostly written.

        The first word of a title has a capital whatever it is, so a place within counts first.
        """
        initial = {start + 1 for start in self._starts}
        return array(
            "I",
            (
                phrases.places[first]
                if count == 1
                else self._example(phrases.places[first : first + count], length, initial)
                for first, count, length in phrases
            ),
        )

    def _example(self, places: Sequence[int], length: int, initial: Container[int]) -> int:
        sample = places[:: -(-len(places) // _SAMPLE)]
        inside = [place for place in sample if place not in initial] or sample
        written = {place: tuple(self._tokens[place : place + length]) for place in inside}
        often = Counter(written.values())
        return max(inside, key=lambda place: (often[written[place]], -place))
