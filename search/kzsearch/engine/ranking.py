"""The weights of the ranking, in one place. Tuned with benchmarks/relevance.py."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["DEFAULT_RANKING", "QUESTION_RANKING", "Ranking"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """BM25F: one saturating score for each reading of a word, over title and body.

    k1: how soon repeating a word stops helping.
    b_title, b_body: how much longer titles and bodies are held against an article (0..1).
    title: what a word in the title counts for, in words of the body.
    stem, exact, prefix, long_prefix: weights of a word found by stem, as typed, by its first
        five and its first six letters.
    aside: what a word in page furniture counts for, in words of running text (0..1).
    lead: weight of a stem in the title or among the first words of the body, on top of that.
    related: weight of other words of like meaning.
    phrase: weight of the words of a phrase standing together.
    partial: what the score of an article that holds only some of the words is multiplied by.
    """

    k1: float = 0.9
    b_title: float = 0.75
    b_body: float = 0.75
    title: float = 3.0
    aside: float = 0.1
    stem: float = 1.0
    exact: float = 0.2
    prefix: float = 1.3
    long_prefix: float = 0.5
    lead: float = 1.25
    related: float = 0.35
    phrase: float = 1.0
    partial: float = 0.75


DEFAULT_RANKING = Ranking()

QUESTION_RANKING = replace(DEFAULT_RANKING, lead=0.0)
"""What is asked for is seldom what the article is about, and may be said anywhere in it."""
