"""The words of texts, cut and counted as the benchmarks of query repairs need them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kzsearch.engine.vocabulary import WordList
from kzsearch.morphology import Analyzer
from kzsearch.text import fold, normalize_text

__all__ = ["WORD", "CountedWords", "parts_of", "words_of"]

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
"""A word of letters only, compounds whole."""


def words_of(text: str) -> list[str]:
    """The folded words of a text, compounds whole."""
    return WORD.findall(fold(normalize_text(text)))


def parts_of(text: str) -> list[str]:
    """The folded words of a text, each part of a compound by itself."""
    return [part for word in words_of(text) for part in word.split("-")]


class CountedWords:
    """A ``kzsearch.engine.vocabulary.Vocabulary`` of articles without titles, never changed.

    counts: in how many articles each word as written is.
    stems: in how many each stem is.
    """

    generation = 1

    def __init__(self, counts: Mapping[str, int], stems: Mapping[str, int], articles: int) -> None:
        self.counts = Counter(counts)
        self.stems = Counter(stems)
        self.articles = articles

    @classmethod
    def of(cls, texts: Iterable[str], analyzer: Analyzer) -> CountedWords:
        """The words of texts, as an index of them has them."""
        counts, stems, articles = Counter[str](), Counter[str](), 0
        for text in texts:
            terms = analyzer.analyze(text)
            counts.update({term.surface for term in terms})
            stems.update({stem for term in terms for stem in term.stems})
            articles += 1
        return cls(counts, stems, articles)

    def doc_freq(self, word: str) -> int:
        """How many articles hold a word as written."""
        return self.counts[word]

    def stem_doc_freq(self, stem: str) -> int:
        """How many articles hold a stem."""
        return self.stems[stem]

    def surfaces(self, stem: str) -> Mapping[str, bool]:
        """None: which words have a stem is not kept, only in how many articles they are."""
        return {}

    def prefix_doc_freq(self, prefix: str) -> int:
        """How many articles hold the commonest word that begins so."""
        return max((count for _, count in self._words(prefix)), default=0)

    def word_lists(self) -> list[WordList]:
        """All words, in one list."""
        return [WordList("all", self._words)]

    def _words(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        for word in self._sorted[bisect_left(self._sorted, prefix) :]:
            if not word.startswith(prefix):
                return
            yield word, self.counts[word]

    def title_doc_freq(self, word: str) -> int:
        """Zero: the articles have no titles."""
        return 0

    def title_prefix_freq(self, prefix: str) -> int:
        """Zero: the articles have no titles."""
        return 0

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.counts)
