"""The words of an index as the query room sees them: all it sees of an engine.

A vocabulary is that of one generation. It is asked many times for every query, so it answers
from memory; a remote engine loads it once for each generation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

__all__ = ["Vocabulary", "WordList"]


class WordList(NamedTuple):
    """Some of the words of an index, which may be shared by many generations.

    name: of two lists of one name both hold the same.
    words: reads them: words as written and how many articles hold each, in code point order;
        deleted articles may count.
    """

    name: str
    words: Callable[[], Iterable[tuple[str, int]]]


class Vocabulary(Protocol):
    """The words of the live articles of one generation; safe from many threads."""

    @property
    def generation(self) -> int:
        """Number of the generation."""
        ...

    @property
    def articles(self) -> int:
        """How many articles there are."""
        ...

    def doc_freq(self, word: str) -> int:
        """How many articles hold a word as written (folded), in title or body."""
        ...

    def stem_doc_freq(self, stem: str) -> int:
        """How many articles hold a stem."""
        ...

    def prefix_doc_freq(self, prefix: str) -> int:
        """How many articles hold the commonest term that begins so: a prefix of five letters,
        or a word where more letters are given; 0 only if no word begins so.
        """
        ...

    def surfaces(self, stem: str) -> Mapping[str, bool]:
        """All words as written that have a stem, and whether none of theirs is likelier."""
        ...

    def word_lists(self) -> Sequence[WordList]:
        """All words as written, in one list or several; the counts of a word add up."""
        ...

    def title_doc_freq(self, word: str) -> int:
        """How often titles hold a folded word; deleted articles may count."""
        ...

    def title_prefix_freq(self, prefix: str) -> int:
        """How often titles hold words that begin so; deleted articles may count."""
        ...
