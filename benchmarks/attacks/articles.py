"""Articles, and everything an index of them answers, as plain values that can be compared."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kzsearch.documents import Article
from kzsearch.engine import Everything, SearchRequest, open_engine
from kzsearch.index import Index
from kzsearch.morphology import Analyzer, Term

WORDS = [
    "мектеп",
    "көпір",
    "егін",
    "кітапхана",
    "аурухана",
    "сенат",
    "мәжіліс",
    "қала",
    "ауыл",
    "өзен",
    "тасқын",
    "жол",
    "құрылыс",
    "оқушы",
    "мұғалім",
    "дәрігер",
    "бюджет",
    "теңге",
    "миллион",
    "облыс",
    "аудан",
    "әкім",
    "жиын",
    "ашылды",
    "салынды",
    "өтті",
]
SOURCES = ("Қала хабары", "Дала үні", "Ауыл газеті")
QUERIES = (
    "мектеп",
    "көпір құрылысы",
    '"аудан әкімі"',
    "сенат OR мәжіліс",
    "өзен -тасқын",
    "миллион теңге",
    "құрыл*",
    "source:«Дала үні» жол",
    "оқушылар мұғалімдер қайда?",
    "2025 жылы көпір",
    "",
)


class RememberingAnalyzer(Analyzer):
    """The default analyzer, which analyses no text twice: attacks ask for the same again."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Any, list[Term]] = {}

    def analyze(self, text: str, **options: Any) -> list[Term]:
        """Terms of a text."""
        key = text, tuple(sorted(options.items()))
        if key not in self._known:
            self._known[key] = super().analyze(text, **options)
        return list(self._known[key])


def made(number: int, version: int = 1, words: int = 60) -> Article:
    """An invented article, the same whenever it is asked for."""
    dice = random.Random(f"{number}/{version}")
    return Article(
        id=f"а-{number:03d}",
        title=f"{' '.join(dice.choices(WORDS, k=4)).capitalize()} {number}",
        body=". ".join(
            " ".join(dice.choices(WORDS, k=12)).capitalize() for _ in range(words // 12)
        ),
        date=dt.date(2025, 1, 1) + dt.timedelta(days=number * 3) if number % 9 else None,
        source=dice.choice(SOURCES),
        category=dice.choice(("Қоғам", "Спорт", "")),
        language="kk",
    )


def contents(path: Path, analyzer: Analyzer) -> dict[str, str]:
    """Id and body of every article a search finds."""
    engine = open_engine(path, analyzer=analyzer)
    try:
        hits = engine.search(SearchRequest(Everything(), limit=100_000)).hits
        return {hit.article.id: hit.article.body for hit in hits}
    finally:
        engine.close()


def questions(index: Index) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Everything that can be asked, each by a name."""
    for query in QUERIES:
        yield f"search {query!r}", partial(_page, index, query, "relevance")
    yield "newest", lambda: _page(index, "аудан", "date")
    yield "rank", lambda: index.rank("мектеп көпір")
    yield "filters", lambda: _page(index, "жол", "date", source="Дала үні", date_from="2025-03")
    for start in ("м", "қ", "құрылыс ж"):
        yield f"complete {start!r}", partial(index.complete, start)
        yield f"suggest {start!r}", partial(index.suggest, start)
    for number in (1, 7, 15):
        yield f"get {number}", partial(index.get, made(number).id)
        yield f"similar {number}", partial(_similar, index, number)
    yield "stats", lambda: (index.stats().articles, index.stats().terms, index.stats().first_day)


def _page(index: Index, query: str, sort: str, **filters: Any) -> Any:
    page = index.search(query, sort=sort, limit=12, explain=sort == "relevance", **filters)
    return page.total, page.articles, page.facets, page.hits, page.suggestion, page.notes


def _similar(index: Index, number: int) -> Any:
    article_id = made(number).id
    return index.similar(article_id) if index.get(article_id) else None
