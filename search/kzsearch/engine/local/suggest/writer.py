"""Writing the titles of a segment, and every phrase in them, in the order of a dictionary.

A title is a row of numbers, one for each word as written, with a break where a phrase cannot go
on. File and memory grow with the words of the titles, time a little faster (``phrases.py``). When
segments are merged their titles are taken over as they are, without analysing them again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.suggest.examples import examples
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
            self._tokens.append(self._form(word))
        self._tokens.append(BREAK)
        self._starts.append(len(self._tokens))
        self._days.append(day)

    def _form(self, word: TitleWord) -> int:
        """The number of a word as written."""
        form = self._forms.get(word.written)
        if form is None:
            form = self._forms[word.written] = len(self._forms)
            self._form_words.append(word.surface)
            self._words.setdefault(word.surface, word)
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
        form_words = np.array([numbers[word] for word in self._form_words], np.uint32)
        edges = np.array([self._words[word].edges for word in words], np.uint8)
        tokens, starts = np.array(self._tokens, np.uint32), np.array(self._starts, np.uint32)
        phrases = Phrases(form_words[tokens], edges)
        initial = np.zeros(len(tokens) + 2, np.bool_)
        initial[starts + 1] = True
        newest = max(self._days, default=0)
        weights = self._weights(phrases, starts, newest)
        texts = {
            "words": words,
            "stems": [self._words[word].stem for word in words],
            "forms": list(self._forms),
        }
        numbers_of: dict[str, NDArray[Any]] = {
            "newest": np.array([newest], np.uint32),
            "edges": edges,
            "word_phrases": phrases.word_phrases,
            "word_places": phrases.word_places,
            "form_words": form_words,
            "tokens": tokens,
            "starts": starts,
            "places": examples(phrases, tokens, initial),
            "lengths": phrases.length,
            "counts": phrases.count,
            "weights": weights,
            "best": np.maximum.reduceat(weights, np.arange(0, len(weights), BLOCK))
            if len(weights)
            else weights,
        }
        return {
            **{SECTION + name: joined(section) for name, section in texts.items()},
            **{SECTION + name: section for name, section in numbers_of.items()},
        }

    def _weights(self, phrases: Phrases, starts: NDArray[Any], newest: int) -> NDArray[np.float32]:
        """What the articles of every phrase weigh together."""
        days, which = np.unique(np.array(self._days, np.int64), return_inverse=True)
        of_day = np.array([weight(day, newest) for day in days.tolist()], np.float64)
        of_place = np.repeat(of_day[which], np.diff(starts))
        sums = np.zeros(len(phrases.places) + 1)
        np.cumsum(of_place[phrases.places], out=sums[1:])
        found: NDArray[Any] = sums[phrases.first + phrases.count] - sums[phrases.first]
        return found.astype(np.float32)
