"""What an index knows of words, by which repairs of a query are judged."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology.lexicon import load_parts
from kzsearch.query.tables import function_words
from kzsearch.text.scripts import personal_names

__all__ = ["KnownWords"]

_BY_STEM = 0.01
_MOST_BY_STEM = 0.9
"""What articles with other forms of a word count for, each and together, beside one article
with the word itself."""

_SHORTEST_STEM = 3
"""Letters; nearly every two letters are the stem of something."""

_UNDERSTOOD = 0.5
"""What words count for that a query is understood by (кеше, қандай), held by articles or not."""

_LISTED = 0.1
"""What a listed root or given name that no article holds counts for, beside a stem of one article.
Places do not count: many are English words as well (Canada)."""


class KnownWords:
    """How well an index knows words, each looked up once: made for one search.

    Each method is a ``kzsearch.text.scripts.Known``.
    """

    def __init__(self, vocabulary: Vocabulary, stems: Callable[[str], tuple[str, ...]]) -> None:
        """``stems``: of a folded word, by the analyzer that indexed the articles."""
        self.as_written = cache(_as_written(vocabulary))
        self.by_stem = cache(_by_stem(vocabulary, stems))
        self.as_beginning = cache(vocabulary.prefix_doc_freq)

    def __call__(self, word: str) -> float:
        """How often a folded word occurs, in this form or, at a discount, in another."""
        return self.as_written(word) or self.by_stem(word)


def _as_written(vocabulary: Vocabulary) -> Callable[[str], float]:
    def known(word: str) -> float:
        return vocabulary.doc_freq(word) or _UNDERSTOOD * (word in function_words())

    return known


def _by_stem(
    vocabulary: Vocabulary, stems: Callable[[str], tuple[str, ...]]
) -> Callable[[str], float]:
    def known(word: str) -> float:
        found = [stem for stem in stems(word) if len(stem) >= _SHORTEST_STEM]
        articles = max((vocabulary.stem_doc_freq(stem) for stem in found), default=0)
        is_listed = word in personal_names() or any(
            stem in load_parts() or stem in function_words() or stem in personal_names()
            for stem in found
        )
        return min(_BY_STEM * (articles or _LISTED * is_listed), _MOST_BY_STEM)

    return known
