"""An analyzer small enough to predict, indexes made with it, and a reference engine.

The reference engine answers the same queries by looking at every word of every article, in
a few lines without an index: what the real one must agree with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import (
    All,
    Any,
    DateRange,
    Engine,
    Everything,
    Keyword,
    Node,
    Not,
    Nothing,
    Phrase,
    Prefix,
    TextField,
    Word,
    open_engine,
)
from kzsearch.morphology import Analyzer, Term
from kzsearch.text import Language, TokenKind


class PlainAnalyzer(Analyzer):
    """Words between blanks. The stem is the first four letters; words in м have a second stem,
    their last four. ``а-б`` gives the joined word and, at the same position, its parts.
    """

    def __init__(self, fingerprint: str = "plain") -> None:
        self._fingerprint = fingerprint

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def analyze(self, text: str, **options: object) -> list[Term]:
        return [
            Term(part, stems_of(part), *word.span(), position, TokenKind.WORD, Language.KAZAKH)
            for position, word in enumerate(re.finditer(r"\S+", text))
            for part in dict.fromkeys([word[0].lower(), *word[0].lower().split("-")])
        ]


def stems_of(surface: str) -> tuple[str, ...]:
    both = (surface[:4], surface[-4:]) if surface.startswith("м") else (surface[:4],)
    return tuple(dict.fromkeys(both))


@pytest.fixture(scope="session")
def analyzer() -> PlainAnalyzer:
    return PlainAnalyzer()


@pytest.fixture(scope="session")
def word() -> Callable[..., Word]:
    """Makes the node of a word: ``word("мектеп")``."""

    def make(surface: str, field: TextField | None = None, *, loose: bool = False) -> Word:
        return Word(surface, stems_of(surface), field, loose)

    return make


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    return tmp_path / "index"


OpenIndex = Callable[..., Engine]


@pytest.fixture
def open_index(index_path: Path, analyzer: PlainAnalyzer) -> Iterator[OpenIndex]:
    """Opens an index, by default the test's own, made when missing; closes all afterwards."""
    opened: list[Engine] = []

    def open_it(path: Path = index_path) -> Engine:
        opened.append(open_engine(path, create=True, analyzer=analyzer))
        return opened[-1]

    yield open_it
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_index: OpenIndex) -> Engine:
    """The test's own index, empty."""
    return open_index()


class ReferenceEngine:
    """Matches by brute force."""

    def __init__(self, articles: Iterable[Article], analyzer: Analyzer) -> None:
        self.articles = list(articles)
        self._fields = {
            article.id: {
                TextField.TITLE: analyzer.analyze(article.title),
                TextField.BODY: analyzer.analyze(article.body),
            }
            for article in self.articles
        }

    def ids(self, node: Node) -> set[str]:
        """Ids of the articles that match."""
        return {article.id for article in self.articles if self._matches(node, article)}

    def _matches(self, node: Node, article: Article) -> bool:
        match node:
            case All(parts):
                return all(self._matches(part, article) for part in parts)
            case Any(parts):
                return any(self._matches(part, article) for part in parts)
            case Not(part):
                return not self._matches(part, article)
            case Everything():
                return True
            case Nothing():
                return False
            case Keyword(field, value, prefix):
                held, value = getattr(article, field.value).casefold(), value.casefold()
                return bool(held) and (held.startswith(value) if prefix else held == value)
            case DateRange(None, None):
                return True
            case DateRange(start, end):
                day = article.day
                return day is not None and (not start or start <= day) and (not end or day < end)
            case Word() | Prefix():
                return any(
                    _is(node, term) for terms in self._terms(node, article) for term in terms
                )
            case Phrase(words, gaps):
                return any(
                    all(
                        any(
                            term.position == begin + gap and _is(word, term, in_phrase=True)
                            for term in terms
                        )
                        for word, gap in zip(words, gaps, strict=True)
                    )
                    for terms in self._terms(node, article)
                    for begin in range(len(terms))
                    if words
                )

    def _terms(self, node: Word | Prefix | Phrase, article: Article) -> list[list[Term]]:
        fields = self._fields[article.id]
        return [fields[node.field]] if node.field else list(fields.values())


def _is(node: Word | Prefix, term: Term, *, in_phrase: bool = False) -> bool:
    if set(node.stems) & set(term.stems):
        return True
    if isinstance(node, Prefix):
        return term.surface.startswith(node.text)
    if node.loose and not in_phrase and term.surface[:5] == node.surface[:5]:
        return True
    return term.surface == node.surface


@pytest.fixture(scope="session")
def reference(analyzer: PlainAnalyzer) -> Callable[[Iterable[Article]], ReferenceEngine]:
    """Makes a reference engine over some articles."""
    return lambda articles: ReferenceEngine(articles, analyzer)
