"""Writing the titles of a segment, and every phrase in them, in the order of a dictionary.

A title is a row of numbers, one for each word as written and as phrases know it, with a break
where a phrase cannot go on. File and memory grow with the words of the titles, time a little
faster (``phrases.py``). When segments are merged their titles are taken over as they are, without
analysing them again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.examples import SMALL, capitals_of, examples
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
        for word in words:
            if not word.follows:
                self._tokens.append(BREAK)
            self._tokens.append(self._form(word))
        self._tokens.append(BREAK)
        self._starts.append(len(self._tokens))
        self._days.append(day)

    def _form(self, word: TitleWord) -> int:
        """The number of a word as written and as phrases know it."""
        key = word.written, word.word
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = len(self._forms)
            entry = Entry(word.last, word.stem, word.use)
            self._words[word.word] = min(entry, self._words.get(word.word, entry))
        return form

    def add_from(self, titles: TitlesReader, keep: NDArray[np.uint32], days: NDArray[Any]) -> None:
        """Take over the titles of some articles of another segment, given by rising numbers."""
        tokens, lengths = titles.rows(keep)
        first = np.full(titles.forms, len(tokens))
        first[tokens[::-1]] = np.arange(len(tokens))[::-1]  # of equal ones the last is what stays
        used = np.flatnonzero(first < len(tokens))
        mapped = np.full(titles.forms, BREAK, np.uint32)
        for form in used[np.argsort(first[used])].tolist():
            if form != BREAK:
                mapped[form] = self._form(titles.form(form))
        begin = len(self._tokens)
        self._tokens.frombytes(mapped[tokens].tobytes())
        self._starts.frombytes((begin + np.cumsum(lengths)).astype(np.uint32).tobytes())
        self._days.frombytes(days[keep].astype(np.uint32).tobytes())

    def sections(self) -> dict[str, NDArray[Any]]:
        """Sections for the file of the segment, by name."""
        words = sorted(self._words)
        numbers = {word: number for number, word in enumerate(words)}
        form_words = np.array([numbers[word] for _, word in self._forms], np.uint32)
        entries = [self._words[word] for word in words]
        uses = array("B", (entry.use for entry in entries))
        capitals = np.array([capitals_of(written) for written, _ in self._forms], np.uint8)
        cased = np.array([fold(written) != word for written, word in self._forms])
        tokens, starts = np.array(self._tokens, np.uint32), np.array(self._starts, np.uint32)
        initial = np.zeros(len(tokens) + 2, np.bool_)
        initial[starts + 1] = True
        newest = max(self._days, default=0)
        phrases = Phrases(
            form_words[tokens],
            uses,
            capitals[tokens] > SMALL,
            cased[tokens],
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
            "tokens": tokens,
            "starts": starts,
            "places": phrases.places,
            "firsts": phrases.first,
            "examples": examples(phrases, capitals[tokens], initial),
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
        days, which = np.unique(np.array(self._days, np.int64), return_inverse=True)
        each = np.array([weight(day, newest) for day in days.tolist()], np.float64)[which]
        starts = np.array(self._starts, np.int64)
        weights: NDArray[np.float64] = each.repeat(starts[1:] - starts[:-1])
        return weights

    def _surfaces(self) -> dict[str, tuple[str, int]]:
        """Words as written in small letters, sorted, each with the word of phrases that it is and
        how often it stands in a title."""
        often = np.bincount(self._tokens, minlength=len(self._forms)).tolist()
        surfaces = {"": ("", 0)}
        for form, (written, word) in sorted(enumerate(self._forms), key=itemgetter(1)):
            surface = fold(written)
            if surface:
                known, count = surfaces.get(surface, (word, 0))
                surfaces[surface] = min(known, word), count + often[form]
        return dict(sorted(surfaces.items()))
