"""Queries for the speed benchmark, drawn from the articles themselves."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from benchmarks.speed.corpus import Corpus, Sentence, Word

__all__ = ["MODES", "Queries", "load_queries", "sample_queries", "save_queries"]

MODES = ("term", "or", "and", "phrase")
Queries = dict[str, list[tuple[Word, ...]]]

QUERIES = "queries.json"

READ = 20_000
"""Articles that document frequencies are counted in; more of the same would not change them."""

FREQUENT = 0.05
MIDDLING = 0.002
"""Least share of the articles that hold a frequent and a middling word."""


def save_queries(queries: Queries, folder: Path) -> None:
    """Write the queries of a run for the processes that ask them."""
    (folder / QUERIES).write_text(json.dumps(queries, ensure_ascii=False), encoding="utf-8")


def load_queries(folder: Path) -> Queries:
    """The queries that were saved in a folder."""
    queries = json.loads((folder / QUERIES).read_text(encoding="utf-8"))
    return {
        mode: [tuple(Word(*word) for word in words) for words in queries[mode]] for mode in MODES
    }


def sample_queries(corpus: Corpus, count: int = 200) -> Queries:
    """``count`` queries of each mode.

    term: any word. or: one frequent word (in 5 % of the articles or more) and two of middling
    frequency (0.2 to 5 %). and: two words that stand in one article. phrase: two or three
    words as they stand in a sentence.
    """
    draw = random.Random(corpus.seed + 1)
    sentences = corpus.sentences()
    articles = list(replace(corpus, articles=min(corpus.articles, READ)).drawn())
    written = _written(sentences)
    holding: Counter[str] = Counter()
    stems = [frozenset(sentence.stem.split()) for sentence in sentences]
    for chosen in articles:
        holding.update(frozenset[str]().union(*(stems[s] for s in chosen)))
    words = sorted(holding)
    frequent = [w for w in words if holding[w] >= FREQUENT * len(articles)]
    middling = [w for w in words if MIDDLING <= holding[w] / len(articles) < FREQUENT]
    long_enough = [s for s in range(len(sentences)) if sentences[s].stem.count(" ") >= 3]

    def together() -> tuple[Word, ...]:
        chosen = draw.choice(articles)
        by_stem = {word.stem: word for s in chosen for word in sentences[s].words()}
        return tuple(draw.sample([by_stem[stem] for stem in sorted(by_stem)], 2))

    def neighbours() -> tuple[Word, ...]:
        row = sentences[draw.choice(long_enough)].words()
        length = draw.choice((2, 3))
        start = draw.randrange(len(row) - length + 1)
        return tuple(row[start : start + length])

    def plain(*chosen: str) -> tuple[Word, ...]:
        return tuple(written[stem] for stem in chosen)

    return {
        "term": [plain(draw.choice(words)) for _ in range(count)],
        "or": [plain(draw.choice(frequent), *draw.sample(middling, 2)) for _ in range(count)],
        "and": [together() for _ in range(count)],
        "phrase": [_distinct(neighbours) for _ in range(count)],
    }


def _distinct(draw: Callable[[], tuple[Word, ...]]) -> tuple[Word, ...]:
    """A row of words in which none follows itself."""
    while True:
        row = draw()
        if all(one.stem != other.stem for one, other in pairwise(row)):
            return row


def _written(sentences: Sequence[Sentence]) -> dict[str, Word]:
    """Of each stem the word most often written with it (ties: the first in order of letters)."""
    counts = Counter(word for sentence in sentences for word in sentence.words())
    return {word.stem: word for word, _ in sorted(counts.items(), key=lambda c: (c[1], c[0]))}
