"""Writing the titles of a segment, and every phrase in them, in the order of a dictionary.

A title is a row of numbers, one for each word as written and as phrases know it, with a break
where a phrase cannot go on. File and memory grow with the words of the titles, time a little
faster (``phrases.py``). When segments are merged their titles are taken over as they are, without
analysing them again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.phrases import BREAK, Phrases
from kzsearch.engine.local.suggest.weights import weight
from kzsearch.engine.title_words import TitleWord, Use
from kzsearch.text import fold

if TYPE_CHECKING:
    from kzsearch.engine.local.suggest.reader import TitlesReader

__all__ = ["BLOCK", "SECTION", "TitlesWriter"]

SECTION = "titles."
"""What the names of its sections begin with."""

BLOCK = 64
"""Phrases whose greatest weight is kept, so that the best of many are found without reading all."""

_SAMPLE = 32
"""Places of a phrase that are looked at to see how it is mostly written."""

_ACRONYM = 4
"""How many times a spelling in capitals counts: who writes Ақш for АҚШ is many, not right."""


class Entry(NamedTuple):
    """What is kept of a word, see ``TitleWord``."""

    last: str
    stem: str
    use: Use


_NOTHING = Entry("", "", Use(0))


def joined(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Texts without line breaks in one array of bytes."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode("utf-8"), np.uint8)


class TitlesWriter:
    """Gathers titles in the order of their articles; ``sections`` is what is kept of them."""

    def __init__(self) -> None:
        self._words = {"": _NOTHING}
        self._forms = {("", ""): BREAK}
        self._tokens = array("I")
        self._starts = array("I", [0])
        self._days = array("I")

    def add(self, words: Iterable[TitleWord], day: int) -> None:
        """Take in the title of the next article; ``day`` as in ``AnalysedArticle``."""
        for written, word, last, stem, use, follows in words:
            if not follows:
                self._tokens.append(BREAK)
            form = self._forms.get((written, word))
            if form is None:
                form = self._forms[written, word] = len(self._forms)
                entry = Entry(last, stem, use)
                self._words[word] = min(entry, self._words.get(word, entry))
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
        form_words = array("I", (numbers[word] for _, word in self._forms))
        entries = [self._words[word] for word in words]
        uses = array("B", (entry.use for entry in entries))
        capitals = [written[:1].isupper() for written, _ in self._forms]
        cased = [fold(written) != word for written, word in self._forms]
        newest = max(self._days, default=0)
        phrases = Phrases(
            [form_words[form] for form in self._tokens],
            uses,
            [capitals[form] for form in self._tokens],
            [cased[form] for form in self._tokens],
            self._weights(newest),
        )
        best = [max(phrases.weight[n : n + BLOCK]) for n in range(0, len(phrases.weight), BLOCK)]
        surfaces = self._surfaces()
        texts = {
            "words": words,
            "lasts": [
                "" if entry.last == word else entry.last
                for word, entry in zip(words, entries, strict=True)
            ],
            "stems": [entry.stem for entry in entries],
            "forms": [written for written, _ in self._forms],
            "surfaces": list(surfaces),
        }
        numbers_of = {
            "newest": array("I", [newest]),
            "uses": uses,
            "word_phrases": phrases.word_phrases,
            "word_places": phrases.word_places,
            "form_words": form_words,
            "surface_words": array("I", (numbers[word] for word, _ in surfaces.values())),
            "surface_ends": array("I", accumulate(count for _, count in surfaces.values())),
            "tokens": self._tokens,
            "starts": self._starts,
            "places": phrases.places,
            "firsts": phrases.first,
            "examples": self._examples(phrases),
            "lengths": phrases.length,
            "counts": phrases.count,
            "free": phrases.free,
            "weights": phrases.weight,
            "best": array("f", best),
        }
        return {
            **{SECTION + name: joined(section) for name, section in texts.items()},
            **{SECTION + name: np.array(section) for name, section in numbers_of.items()},
        }

    def _weights(self, newest: int) -> NDArray[np.float64]:
        """For every place what its article weighs."""
        each = np.array([weight(day, newest) for day in self._days], np.float64)
        starts = np.array(self._starts, np.int64)
        weights: NDArray[np.float64] = each.repeat(starts[1:] - starts[:-1])
        return weights

    def _surfaces(self) -> dict[str, tuple[str, int]]:
        """Words as written in small letters, sorted, each with the word of phrases that it is and
        how often it stands in a title."""
        often = Counter(self._tokens)
        surfaces = {"": ("", 0)}
        for form, (written, word) in sorted(enumerate(self._forms), key=itemgetter(1)):
            surface = fold(written)
            if surface:
                known, count = surfaces.get(surface, (word, 0))
                surfaces[surface] = min(known, word), count + often[form]
        return dict(sorted(surfaces.items()))

    def _examples(self, phrases: Phrases) -> array[int]:
        """For every phrase a place where it has the capitals that it mostly has.

        The first word of a title has a capital whatever it is, so a place within counts first.
        """
        initial = {start + 1 for start in self._starts}
        capitals = [_capitals(written) for written, _ in self._forms]
        return array(
            "I",
            (
                phrases.places[first]
                if count == 1
                else self._example(phrases.places[first : first + count], length, initial, capitals)
                for first, count, length in phrases
            ),
        )

    def _example(
        self,
        places: Sequence[int],
        length: int,
        initial: Container[int],
        capitals: Sequence[str],
    ) -> int:
        sample = places[:: -(-len(places) // _SAMPLE)]
        inside = [place for place in sample if place not in initial] or sample
        written = {
            place: "".join([capitals[form] for form in self._tokens[place : place + length]])
            for place in inside
        }
        often = Counter(written.values())
        for spelling in often:
            if "A" in spelling:
                often[spelling] *= _ACRONYM
        return max(inside, key=lambda place: (often[written[place]], -place))


def _capitals(written: str) -> str:
    """How a word is written: A an acronym, C with a capital, c without."""
    head = written.partition("-")[0]
    if len(head) > 1 and head.isupper():
        return "A"
    return "C" if written[:1].isupper() else "c"
