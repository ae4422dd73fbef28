"""Random queries and random documents: whatever is typed or stored, nothing raises."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attacks.articles import WORDS, contents, made
from kzsearch.documents import Article
from kzsearch.engine import verify
from kzsearch.errors import DocumentError
from kzsearch.index import open_index
from kzsearch.morphology import Analyzer

ALPHABETS = (
    "абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "abcdefghijklmnopqrstuvwxyz",
    "áäéíńóöúúŷğıışçñ",
    "ابتجحدرزسشعغفقكلمنهويڭۇۆۋى",
    "0123456789",
    " \t\n\r\u00a0\u200b\u2028\ufeff",
    "\"«»„“”'()[]{}<>-–—+*=:;,.!?/\\|&^~#@%$№_`",
    "\u0301\u0308\u200d\u202e\U0001f600\U0001f1f0\U0001f1ff\u0345\u1e9e\ufb01",
    "\x01\x07\x1b\x7f",
)
OPERATORS = (
    "OR НЕМЕСЕ ИЛИ AND NOT title: body: source: date: date:2025-09 тақырып: көзі: ** -- () "
    '" « title:( -( = 2025-13-45.. мың-жүз кеше'
)
PIECES = (*WORDS, *OPERATORS.split(), "өткен аптада")


def text(dice: random.Random, longest: int) -> str:
    """Pieces that mean something and characters that need not."""
    parts = []
    for _ in range(dice.randint(0, dice.choice((2, 4, longest)))):
        if dice.random() < 0.5:
            parts.append(dice.choice(PIECES))
        else:
            alphabet = dice.choice(ALPHABETS)
            parts.append("".join(dice.choices(alphabet, k=dice.randint(1, 9))))
        parts.append(dice.choice(("", " ", " ", "-", "\n")))
    return "".join(parts)


def documents(dice: random.Random, count: int, refused: list[int]) -> Iterator[Article]:
    """Random articles, some of them with ids that came before."""
    day = dt.date(1900, 1, 1)
    for number in range(count):
        date: dt.date | None = None
        if dice.random() < 0.8:
            date = day + dt.timedelta(days=dice.randrange(80_000))
            if dice.random() < 0.5:
                zone = dt.timezone(dt.timedelta(minutes=dice.randrange(-720, 840)))
                date = dt.datetime.combine(date, dt.time(dice.randrange(24)), zone)
        try:
            yield Article(
                id=dice.choice((text(dice, 4), f"қ-{number}", f"қ-{number // 2}")),
                title=text(dice, 20),
                body=text(dice, 60),
                date=date,
                source=text(dice, 3),
                category=text(dice, 3),
                language=dice.choice(("", "kk", "ru", text(dice, 2))),
                url=text(dice, 5),
                author=text(dice, 3),
            )
        except DocumentError:
            refused.append(number)


def guess(path: Path, analyzer: Analyzer, queries: int, articles: int) -> dict[str, int]:
    """So many random queries to an index of so many random articles."""
    dice = random.Random(13)
    refused: list[int] = []
    found = completed = 0
    with open_index(path, create=True) as index:
        index.add(made(number) for number in range(50))
        report = index.add(documents(dice, articles, refused))
        for number in range(queries):
            query = text(dice, 12)
            page = index.search(
                query,
                limit=dice.choice((1, 10)),
                sort=dice.choice(("relevance", "date")),
                facets=number % 3 == 0,
                explain=number % 5 == 0,
                exact=number % 7 == 0,
                fold=number % 2 == 0,
            )
            found += bool(page.total)
            if number % 10 == 0:
                completed += bool(index.complete(query))
                index.suggest(query)
    stored = contents(path, analyzer)
    assert len(stored) == 50 + report.added
    assert verify(path, analyzer=analyzer) == []
    return {
        "queries": queries,
        "queries that found something": found,
        "beginnings completed": completed,
        "documents": articles - len(refused),
        "documents refused with a sentence": len(refused),
        "articles in the index": len(stored),
    }
