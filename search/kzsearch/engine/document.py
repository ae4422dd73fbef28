"""From an article to what is indexed of it. The one place where articles are analysed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from kzsearch.documents.article import ALMATY, Article
from kzsearch.documents.script import article_script
from kzsearch.engine.local.duplicates import take_fingerprint
from kzsearch.engine.local.segment_api import (
    LEAD_WORDS,
    LONG_START_LETTERS,
    START_LETTERS,
    Field,
    IndexedArticle,
)
from kzsearch.engine.local.suggest import title_words
from kzsearch.morphology import Analyzer, Term

__all__ = ["NO_TIME", "fold_keyword", "index_article", "long_start_of", "start_of"]

NO_TIME = -(2**63)
"""Sorts undated articles behind all others."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
Postings = defaultdict[str, list[int]]


def start_of(surface: str) -> str:
    """The first five letters of a word, or all of a shorter one."""
    return surface[:START_LETTERS]


def long_start_of(surface: str) -> str | None:
    """The first six letters of a word, None for a shorter one: it is found as typed."""
    return surface[:LONG_START_LETTERS] if len(surface) >= LONG_START_LETTERS else None


def fold_keyword(value: str) -> str:
    """A keyword value as compared: letter case ignored."""
    return value.casefold()


def index_article(article: Article, analyzer: Analyzer) -> IndexedArticle:
    """Analyse an article, in whatever script it is."""
    script = article_script(article)
    title_terms = analyzer.analyze(article.title, script=script)
    title, title_exact, title_start, stems_of_title = _readings(title_terms)
    body_terms = analyzer.analyze(article.body, script=script)
    body, body_exact, body_start, stems_of_body = _readings(body_terms)
    keywords = {
        Field.ID: article.id,
        Field.SOURCE: article.source,
        Field.CATEGORY: article.category,
        Field.LANGUAGE: article.language,
        Field.URL: article.url,
    }
    return IndexedArticle(
        id=article.id,
        source=article.source,
        category=article.category,
        digest=article.content_digest,
        time=_time(article.date),
        day=article.day.toordinal() if article.day else 0,
        title_length=len(stems_of_title),
        body_length=len(stems_of_body),
        terms={
            Field.TITLE: title,
            Field.BODY: body,
            Field.TITLE_EXACT: title_exact,
            Field.BODY_EXACT: body_exact,
            Field.TITLE_START: title_start,
            Field.BODY_START: body_start,
            Field.TITLE_LONG_START: _long_starts(title_exact),
            Field.BODY_LONG_START: _long_starts(body_exact),
            Field.LEAD: _lead(body),
            **{field: {fold_keyword(value): (0,)} for field, value in keywords.items() if value},
        },
        title_words=title_words(article.title, title_terms),
        fingerprint=take_fingerprint([*stems_of_title.values(), *stems_of_body.values()]),
    )


def _readings(terms: Iterable[Term]) -> tuple[Postings, Postings, Postings, dict[int, str]]:
    """Stems, surface forms and beginnings with their positions; one stem for each position."""
    stems: Postings = defaultdict(list)
    exact: Postings = defaultdict(list)
    start: Postings = defaultdict(list)
    words: dict[int, str] = {}
    for term in terms:
        position = term.position
        words.setdefault(position, term.stems[0])
        for stem in term.stems:
            _append(stems[stem], position)
        _append(exact[term.surface], position)
        _append(start[start_of(term.surface)], position)
    return stems, exact, start, words


def _long_starts(exact: Postings) -> dict[str, list[int]]:
    """Positions of all words that begin with the same six letters, where they have so many."""
    starts: Postings = defaultdict(list)
    for surface, positions in exact.items():
        if start := long_start_of(surface):
            starts[start] += positions
    return {start: sorted(set(positions)) for start, positions in starts.items()}


def _lead(body: Postings) -> dict[str, list[int]]:
    """What of a body stands among its first words."""
    return {
        term: [position for position in positions if position < LEAD_WORDS]
        for term, positions in body.items()
        if positions[0] < LEAD_WORDS
    }


def _append(positions: list[int], position: int) -> None:
    """Alternatives of one word (a compound and its parts) may share a stem: count it once."""
    if not positions or positions[-1] != position:
        positions.append(position)


def _time(date: dt.date | None) -> int:
    """Microseconds since 1970; a plain date counts from its local midnight."""
    if date is None:
        return NO_TIME
    if not isinstance(date, dt.datetime):
        date = dt.datetime(date.year, date.month, date.day, tzinfo=ALMATY)
    return (date - EPOCH) // dt.timedelta(microseconds=1)
