"""An article as every engine indexes it: its words numbered, and where each stands.

The one place where articles are analysed: ``analyse_articles`` many at a time for the index,
``analyse_article`` one by one from its terms, by which an index is verified. Both give the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kzsearch.documents.article import ALMATY, Article
from kzsearch.documents.furniture import (
    Span,
    furniture_spans,
    shape_of,
    spans_of_texts,
    spans_of_words,
)
from kzsearch.documents.script import article_script
from kzsearch.engine.fingerprint import Fingerprint, take_fingerprint
from kzsearch.engine.schema import NO_TIME
from kzsearch.engine.title_words import TitleWord, title_words
from kzsearch.morphology import Analyzer, Term
from kzsearch.morphology.numbering import NumberedTexts, TextNumberer

__all__ = [
    "AnalysedArticle",
    "AnalysedWord",
    "Tokens",
    "analyse_article",
    "analyse_articles",
    "aside_of",
    "text_numberer",
]

BROKEN = 255
"""Mark of a run that white space breaks."""

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
    words: distinct words, which ``title`` and ``body`` number: at least those of title and body.
        Articles that were analysed together share theirs, which may grow while they are read.
    aside: for each token of the body whether it is page furniture; None where none is.
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
    words: Sequence[AnalysedWord]
    title: Tokens
    body: Tokens
    aside: NDArray[np.bool_] | None = None
    title_words: tuple[TitleWord, ...] = ()
    fingerprint: Fingerprint | None = None


def analyse_article(article: Article, analyzer: Analyzer) -> AnalysedArticle:
    """Analyse an article, in whatever script it is."""
    script = article_script(article)
    title_terms = analyzer.analyze(article.title, script=script)
    body_terms = analyzer.analyze(article.body, script=script)
    numbers: dict[AnalysedWord, int] = {}
    title, body = _tokens(title_terms, numbers), _tokens(body_terms, numbers)
    stems = [*_first_stems(title_terms), *_first_stems(body_terms)]
    spans = furniture_spans(article.body)
    return _analysed(article, tuple(numbers), title, body, title_terms, stems, spans)


def analyse_articles(articles: Sequence[Article], numberer: TextNumberer) -> list[AnalysedArticle]:
    """Analyse articles together: what ``analyse_article`` gives, but their words are all that the
    numberer has met, so whoever takes the articles in need look at each of them only once.
    """
    texts = [
        (text, article_script(article))
        for article in articles
        for text in (article.title, article.body)
    ]
    numbered = numberer.number(texts)
    table = numberer.words
    rows = (numbered.words, numbered.positions, numbered.starts, numbered.ends_at)
    ends = [0, *numbered.ends.tolist()]
    furniture = _furniture([article.body for article in articles], numbered)
    stems, stem_ends = _stems_of_texts(numbered)
    analysed = []
    for number, (article, spans) in enumerate(zip(articles, furniture, strict=True)):
        title, body = (
            Tokens(*(column[ends[text] : ends[text + 1]] for column in rows))
            for text in (2 * number, 2 * number + 1)
        )
        own_stems = stems[stem_ends[2 * number] : stem_ends[2 * number + 2]]
        terms = numbered.terms(2 * number)
        analysed.append(_analysed(article, table, title, body, terms, own_stems, spans))
    return analysed


def _analysed(
    article: Article,
    words: Sequence[AnalysedWord],
    title: Tokens,
    body: Tokens,
    title_terms: Iterable[Term],
    stems: Sequence[str],
    furniture: Sequence[Span],
) -> AnalysedArticle:
    return AnalysedArticle(
        id=article.id,
        source=article.source,
        category=article.category,
        language=article.language,
        digest=article.content_digest,
        time=_time(article.date),
        day=article.day.toordinal() if article.day else 0,
        title=title,
        body=body,
        words=words,
        aside=_aside(furniture, body),
        title_words=tuple(title_words(article.title, title_terms, article.body)),
        fingerprint=take_fingerprint(stems),
    )


def _aside(spans: Sequence[Span], body: Tokens) -> NDArray[np.bool_] | None:
    """Which tokens begin within some stretches of their text; all of a position, or none."""
    if not spans or not len(body):
        return None
    edges = np.array(spans, np.int64).ravel()
    first = np.append(True, body.positions[1:] != body.positions[:-1])
    starts = body.starts[first][first.cumsum() - 1]
    aside: NDArray[np.bool_] = edges.searchsorted(starts, "right") % 2 == 1
    return aside


def aside_of(article: AnalysedArticle) -> NDArray[np.bool_]:
    """For each token of an article's body whether it is page furniture."""
    return np.zeros(len(article.body), np.bool_) if article.aside is None else article.aside


def _furniture(bodies: Sequence[str], numbered: NumberedTexts) -> list[tuple[Span, ...]]:
    """The page furniture of every other text, the second first, from what its runs look like.

    A run that white space breaks is several words there: such texts are read by themselves.
    """
    counts = np.diff(numbered.run_ends, prepend=0)
    of_body = np.repeat(np.arange(len(counts)) % 2 == 1, counts)
    shapes = numbered.marks[of_body]
    counted = np.append(0, of_body.cumsum())
    ends = counts[1::2].cumsum()
    broken = ends.searchsorted(np.flatnonzero(shapes == BROKEN), "right")
    apart = np.unique(broken).tolist()
    spans = spans_of_words(bodies, shapes, ends, counted[numbered.line_ends], but=set(apart))
    for body, own in zip(apart, spans_of_texts([bodies[each] for each in apart]), strict=True):
        spans[body] = own
    return spans


def text_numberer(analyzer: Analyzer) -> TextNumberer:
    """What ``analyse_articles`` numbers words by."""
    return TextNumberer(analyzer, lambda run: BROKEN if run.split() != [run] else shape_of(run))


def _stems_of_texts(numbered: NumberedTexts) -> tuple[list[str], list[int]]:
    """One stem for each position of some texts, and where those of each text end, 0 before all."""
    first = np.ones(len(numbered.words), np.bool_)
    first[1:] = numbered.positions[1:] != numbered.positions[:-1]
    ends = np.append(0, numbered.ends)
    first[ends[ends < len(first)]] = True
    counted = np.append(0, first.cumsum())
    stems = map(numbered.numberer.first_stems.__getitem__, numbered.words[first].tolist())
    return list(stems), counted[ends].tolist()


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
