"""What a single word of a query was meant to be, by the words of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import stem
from kzsearch.query.spelling.real_words import is_doubtful

if TYPE_CHECKING:
    from kzsearch.query.spelling.corrector import Candidate, Corrector
    from kzsearch.query.spelling.inflections import Inflections
    from kzsearch.query.spelling.vocabulary import JoinedWords, SpelledWords

__all__ = ["MAX_DOUBTFUL", "Correction", "Speller"]

MAX_DOUBTFUL = 8
"""Words of one query for which the words meant are looked up; to look one up may take 20 ms."""

_MEMORY = 20_000

_MOST_CANDIDATES = 5
"""Candidates that are looked at; those behind them are meant too seldom to raise a doubt."""

_FAR_COMMONER = 8
"""Times as many articles must hold a word for it to be meant by one that few articles hold."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a misspelt word was meant to be.

    meant: a folded word that the index holds.
    sure: whether to search for it unasked, which is only so for words that no article holds.
    best: whether to search for it unasked, though not sure, where nothing is found otherwise.
    """

    meant: str
    sure: bool
    best: bool = False


class Speller:
    """Corrects words by the newest generation of an index. Safe for many threads.

    The words of the index are read when the first word comes up that seems misspelt, and after
    the index has changed those of its new lists.
    """

    def __init__(self, vocabulary: Callable[[], Vocabulary]) -> None:
        """``vocabulary`` gives that of the newest generation."""
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._newest = _Generation(vocabulary(), {})

    def is_held(self, word: str, stems: Iterable[str]) -> bool:
        """Whether an article holds a folded word, or another form of it."""
        index = self._vocabulary()
        return index.doc_freq(word) > 0 or any(index.stem_doc_freq(stem) for stem in stems)

    def corrections(self, words: Iterable[str]) -> dict[str, Correction]:
        """What folded words were meant to be, those left out that need no correction.

        Looks only for what the first MAX_DOUBTFUL doubtful words may mean.
        """
        vocabulary = self._vocabulary()
        with self._lock:
            if self._newest.number != vocabulary.generation:
                self._newest = _Generation(vocabulary, self._newest.lists)
            newest = self._newest
        doubtful = islice(filter(newest.is_doubtful, words), MAX_DOUBTFUL)
        found = {word: newest.correction(word) for word in doubtful}
        return {word: correction for word, correction in found.items() if correction}


class _Generation:
    """The words of one generation of an index.

    known: lists of words by name, as far as an earlier generation has read them.
    """

    def __init__(self, index: Vocabulary, known: Mapping[str, SpelledWords]) -> None:
        self.number = index.generation
        self.lists = known
        self.is_doubtful = lru_cache(_MEMORY)(partial(is_doubtful, forms=index))
        self._index = index
        self._found: dict[str, Correction | None] = {}
        self._lock = Lock()

    def correction(self, word: str) -> Correction | None:
        """What a doubtful word was meant to be, if anything; remembered.

        Not by a cache around a method of its own: that would be a circle, and keep the whole
        generation in memory until garbage is collected.
        """
        found = self._found
        if word not in found:
            if len(found) >= _MEMORY:
                found = self._found = {}
            found[word] = self._correction(word)
        return found[word]

    def _correction(self, word: str) -> Correction | None:
        articles = self._index.doc_freq(word)
        candidates = self._likely(word, self._corrector.candidates(word))
        if not candidates and not articles:
            candidates = self._likely(word, self._inflections.candidates(word))
        if not candidates:
            return None
        if articles and not self._is_far_commoner(word, candidates[0], articles):
            return None
        sure = not articles and self._corrector.is_sure(word, candidates)
        best = not (sure or articles) and self._corrector.is_best(candidates)
        return Correction(candidates[0].word, sure, best)

    def _is_far_commoner(self, word: str, best: Candidate, articles: int) -> bool:
        """Whether a word that some articles hold is likely a misspelling of a far commoner one."""
        forms = max(best.articles, self._index.stem_doc_freq(stem(best.word)))
        likely = self._corrector.is_likely_although_held(word, best)
        return likely and forms >= articles * _FAR_COMMONER

    def _likely(self, word: str, found: Iterable[Candidate]) -> list[Candidate]:
        """The first candidates, if the first of them is likely.

        Only those that live articles hold: words of deleted articles linger for a while.
        """
        there = (candidate for candidate in found if self._index.doc_freq(candidate.word))
        first = list(islice(there, _MOST_CANDIDATES))
        return first if first and self._corrector.is_likely(word, first[0]) else []

    @cached_property
    def _corrector(self) -> Corrector:
        from kzsearch.query.spelling.corrector import Corrector  # here, as most queries need none

        return Corrector(self._vocabulary)

    @cached_property
    def _inflections(self) -> Inflections:
        from kzsearch.query.spelling.inflections import Inflections

        return Inflections(self._vocabulary, self._index)

    @property
    def _vocabulary(self) -> JoinedWords:
        with self._lock:  # made once, however many threads want it
            return self._made_vocabulary

    @cached_property
    def _made_vocabulary(self) -> JoinedWords:
        from kzsearch.query.spelling.vocabulary import JoinedWords, SpelledWords  # loads NumPy

        self.lists = {
            name: self.lists[name] if name in self.lists else SpelledWords(dict(words()))
            for name, words in self._index.word_lists()
        }
        return JoinedWords(list(self.lists.values()))
