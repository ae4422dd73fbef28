"""What a single word of a query was meant to be, by the words of an index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Protocol

from kzsearch.query.spelling.corrector import Candidate, Corrector
from kzsearch.query.spelling.real_words import KnownForms, is_listed, is_of_known_stem
from kzsearch.query.spelling.vocabulary import Vocabulary, is_correctable

__all__ = ["Correction", "IndexWords", "Speller"]

_MEMORY = 20_000

_MOST_CANDIDATES = 5
"""Candidates that are looked at; those behind them are meant too seldom to raise a doubt."""

_FEW = 2
"""Articles that may all have misspelt a word."""

_FAR_COMMONER = 50
"""Times as many articles must hold a word for it to be meant by one that few articles hold."""


class IndexWords(KnownForms, Protocol):
    """The words of an index; an ``Engine`` is one."""

    @property
    def generation(self) -> int:
        """Changes whenever the words may have."""
        ...

    def words(self) -> Mapping[str, int]:
        """Every word as written with a count."""
        ...


@dataclass(frozen=True, slots=True)
class Correction:
    """What a misspelt word was meant to be.

    meant: a folded word that the index holds.
    sure: whether to search for it unasked, which is only so for words that no article holds.
    """

    meant: str
    sure: bool


class Speller:
    """Corrects words by the newest generation of an index. Safe for many threads.

    The words of the index are read when the first word comes up that seems misspelt, and
    again after the index has changed.
    """

    def __init__(self, index: IndexWords) -> None:
        self.index = index
        self._lock = Lock()
        self._newest = _Generation(index)

    def correction(self, word: str) -> Correction | None:
        """What a folded word was meant to be; None if it is a word or nobody can tell."""
        with self._lock:
            if self._newest.number != self.index.generation:
                self._newest = _Generation(self.index)
            newest = self._newest
        return newest.correction(word) if self.may_be_misspelt(word) else None

    def may_be_misspelt(self, word: str) -> bool:
        """Whether nothing tells that a folded word is real; few articles that hold it do not."""
        if not is_correctable(word) or is_listed(word):
            return False
        articles = self.index.frequency(word)
        return 0 < articles <= _FEW or not (articles or is_of_known_stem(word, self.index))


class _Generation:
    """The words of one generation of an index."""

    def __init__(self, index: IndexWords) -> None:
        self._index = index
        self.number = index.generation
        self.correction = lru_cache(_MEMORY)(self._correction)
        self._lock = Lock()

    def _correction(self, word: str) -> Correction | None:
        candidates = [found for found in self._candidates(word) if self._is_there(found)]
        if not candidates or not self._corrector.is_likely(word, candidates[0]):
            return None
        articles = self._index.frequency(word)
        if articles and candidates[0].articles < articles * _FAR_COMMONER:
            return None
        sure = not articles and self._corrector.is_sure(word, candidates)
        return Correction(candidates[0].word, sure)

    def _candidates(self, word: str) -> list[Candidate]:
        with self._lock:
            return self._corrector.candidates(word)[:_MOST_CANDIDATES]

    def _is_there(self, candidate: Candidate) -> bool:
        """Whether a live article holds a word; those of deleted articles linger for a while."""
        return self._index.frequency(candidate.word) > 0

    @cached_property
    def _corrector(self) -> Corrector:
        return Corrector(Vocabulary(self._index.words()))
