"""Whether a word is one, so that nothing is corrected that is rare and right.

Most forms of an agglutinative language stand in no archive, so an index alone cannot tell: a
word is real if the index holds it, or if the lexicon knows its root. A root nobody listed is
real if the index knows it by other forms.
"""

from __future__ import annotations

import re

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import is_known_word, stem
from kzsearch.morphology.russian import is_russian_word
from kzsearch.text.alphabet import LETTERS

__all__ = ["FEW", "is_correctable", "is_doubtful", "is_of_known_stem"]

_WORD = re.compile(f"(?=.{{3,64}}$)[{LETTERS}]+(?:-[{LETTERS}]+)*")

_SHORTEST_STEM = 3
"""Letters; nearly every two letters are the stem of something."""

FEW = 2
"""Articles that may all have misspelt a word."""


def is_correctable(word: str) -> bool:
    """Whether a folded word is of the kind that can be misspelt or meant.

    Cyrillic letters only, three or more. Numbers have no misspellings, and of a Latin word
    that an index does not hold nothing tells whether it is a word.
    """
    return _WORD.fullmatch(word) is not None


def is_doubtful(word: str, forms: Vocabulary) -> bool:
    """Whether nothing tells that a folded word is real; a few articles that hold it do not."""
    if not is_correctable(word) or _is_listed(word):
        return False
    articles = forms.doc_freq(word)
    return 0 < articles <= FEW or not (articles or is_of_known_stem(word, forms))


def _is_listed(word: str) -> bool:
    """Whether a folded word is Kazakh by the lexicon or Russian by the dictionary."""
    return is_known_word(word) or is_russian_word(word)


def is_of_known_stem(word: str, forms: Vocabulary) -> bool:
    """Whether an index holds another form of a folded word."""
    root = stem(word)
    return len(root) >= _SHORTEST_STEM and forms.stem_doc_freq(root) > 0
