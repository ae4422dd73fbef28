"""An article as every engine indexes it: its words numbered, and where each stands.

The one place where articles are analysed. What comes out is arrays, small enough to be sent
from one process to another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kzsearch.documents.article import ALMATY, Article
from kzsearch.documents.script import article_script
from kzsearch.engine.fingerprint import Fingerprint, take_fingerprint
from kzsearch.engine.schema import NO_TIME
from kzsearch.engine.title_words import TitleWord, title_words
from kzsearch.morphology import Analyzer, Term

__all__ = ["AnalysedArticle", "AnalysedWord", "Tokens", "analyse_article"]

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

AnalysedWord = tuple[str, tuple[str, ...]]
"""A word as written in small letters (surface), and its stems, the likeliest first.

One surface may be two words: a Russian sentence gives it its lemma, a Kazakh one its stem.
"""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a title or body, one row each, in order of position, then start.

    words: numbers of the words in the table they came with, uint32.
    positions: word positions from 0, rising, uint32; a compound and its parts share one.
    starts, ends: code points of the original text, uint32.
    """

    words: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.words)

    @property
    def length(self) -> int:
        """Length of the text in word positions."""
        return int(self.positions[-1]) + 1 if len(self.positions) else 0


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article ready for indexing.

    id, source, category, language: as given.
    digest: of all that is stored; tells an unchanged article from a new version.
    time: microseconds since 1970 UTC, ``NO_TIME`` when undated.
    day: local day as a proleptic ordinal, 0 when undated.
    words: the distinct words of title and body, which ``title`` and ``body`` number.
    title_words: the words of the title in order, for completions.
    fingerprint: of the text, to find its near-duplicates; None of a text too short to have any.
    """

    id: str
    source: str
    category: str
    language: str
    digest: str
    time: int
    day: int
    words: tuple[AnalysedWord, ...]
    title: Tokens
    body: Tokens
    title_words: tuple[TitleWord, ...] = ()
    fingerprint: Fingerprint | None = None


def analyse_article(article: Article, analyzer: Analyzer) -> AnalysedArticle:
    """Analyse an article, in whatever script it is."""
    script = article_script(article)
    title_terms = analyzer.analyze(article.title, script=script)
    body_terms = analyzer.analyze(article.body, script=script)
    numbers: dict[AnalysedWord, int] = {}
    return AnalysedArticle(
        id=article.id,
        source=article.source,
        category=article.category,
        language=article.language,
        digest=article.content_digest,
        time=_time(article.date),
        day=article.day.toordinal() if article.day else 0,
        title=_tokens(title_terms, numbers),
        body=_tokens(body_terms, numbers),
        words=tuple(numbers),
        title_words=tuple(title_words(article.title, title_terms)),
        fingerprint=take_fingerprint([*_first_stems(title_terms), *_first_stems(body_terms)]),
    )


def _tokens(terms: Sequence[Term], numbers: dict[AnalysedWord, int]) -> Tokens:
    """The terms of a text as tokens; new words are added to ``numbers``."""
    words = [numbers.setdefault((term.surface, term.stems), len(numbers)) for term in terms]
    return Tokens(
        np.array(words, np.uint32),
        np.array([term.position for term in terms], np.uint32),
        np.array([term.start for term in terms], np.uint32),
        np.array([term.end for term in terms], np.uint32),
    )


def _first_stems(terms: Sequence[Term]) -> list[str]:
    """One stem for each position, the likeliest of the whole word where it has parts."""
    stems: dict[int, str] = {}
    for term in terms:
        stems.setdefault(term.position, term.stems[0])
    return list(stems.values())


def _time(date: dt.date | None) -> int:
    """Microseconds since 1970; a plain date counts from its local midnight."""
    if date is None:
        return NO_TIME
    if not isinstance(date, dt.datetime):
        date = dt.datetime(date.year, date.month, date.day, tzinfo=ALMATY)
    return (date - EPOCH) // dt.timedelta(microseconds=1)
