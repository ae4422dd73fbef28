"""Words that are forms of verbs, whatever noun they look like: «оралды», returned, and Орал."""

from __future__ import annotations

from functools import lru_cache
from math import inf

from kzsearch.morphology.stemmer import default_stemmer
from kzsearch.morphology.tables import VERB

__all__ = ["doubt_of_noun", "is_verb_form"]

_MEMORY = 20_000  # words of which it is remembered


@lru_cache(_MEMORY)
def is_verb_form(word: str) -> bool:
    """Whether the likeliest reading of a lower-case word is a verb with endings."""
    stemmer = default_stemmer()
    if word in stemmer.fixed or not stemmer.is_plain(word):
        return False
    ending = stemmer.cutter.best(word).ending
    return ending is not None and ending.root == VERB


@lru_cache(_MEMORY)
def doubt_of_noun(word: str, root: str) -> float:
    """By how much the likeliest reading of a lower-case word as a form of a noun is less likely
    than its likeliest of all.

    In units of the scorer, natural logarithms of odds: «оралдың» may as well be the genitive of
    Орал, .3, «болатын» is hardly steel, .8, «тіледі» cannot be the tongue, infinity.
    """
    stemmer = default_stemmer()
    if word in stemmer.fixed or not stemmer.is_plain(word):
        return 0.0
    cuts = stemmer.cutter.cuts(word)
    as_noun = (
        cut.score
        for cut in cuts
        if stemmer.roots.get(cut.root, cut.root) == root
        and (cut.ending is None or cut.ending.root != VERB)
    )
    return max(cut.score for cut in cuts) - max(as_noun, default=-inf)
