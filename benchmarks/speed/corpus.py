"""Articles and queries for the speed benchmark, the same for every engine.

Articles are recombined from single sentences of TV news (KazNERD, CC BY 4.0,
`../shared/corpora/sentences_tv_news.txt`), so the vocabulary is closed and terms
are denser than in a real archive: posting lists are long, dictionaries small.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kzsearch.morphology import Analyzer

SENTENCES = Path(__file__).resolve().parents[3] / "shared/corpora/sentences_tv_news.txt"
WORDS_AN_ARTICLE = 250
QUERIES_A_MODE = 200
MODES = ("term", "or", "and", "phrase")


@dataclass(frozen=True)
class Sentence:
    """A sentence as text, and as the stems every engine indexes (one a position)."""

    text: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Benchmark:
    """Articles as lists of sentences, and for each mode queries as lists of stems."""

    articles: list[list[Sentence]]
    queries: dict[str, list[tuple[str, ...]]]


def stems_of(analyzer: Analyzer, text: str) -> tuple[str, ...]:
    """The first stem at each position that holds letters or digits only."""
    first: dict[int, str] = {}
    for term in analyzer.analyze(text):
        first.setdefault(term.position, term.stems[0])
    return tuple(stem for _, stem in sorted(first.items()) if stem.isalnum())


def make(articles: int, seed: int = 7) -> Benchmark:
    """Draw articles of about 250 words, then queries of each mode from them."""
    analyzer = Analyzer()
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    sentences = [Sentence(line, stems_of(analyzer, line)) for line in lines]
    draw = random.Random(seed)
    drawn = [article(draw, sentences) for _ in range(articles)]
    return Benchmark(drawn, queries(draw, sentences, drawn))


def article(draw: random.Random, sentences: list[Sentence]) -> list[Sentence]:
    """Sentences up to about 250 words."""
    chosen: list[Sentence] = []
    words = 0
    while words < WORDS_AN_ARTICLE:
        chosen.append(draw.choice(sentences))
        words += len(chosen[-1].stems)
    return chosen


def queries(
    draw: random.Random, sentences: list[Sentence], articles: list[list[Sentence]]
) -> dict[str, list[tuple[str, ...]]]:
    """200 queries of each mode, as in `../shared/reference/peers.md`.

    term: any word; or: one frequent (5 % of articles or more) and two of middling
    frequency (0.2 to 5 %); and: two that stand together in an article; phrase: two or
    three words as they stand in a sentence.
    """
    frequency: Counter[str] = Counter()
    for sentence_list in articles:
        frequency.update({stem for sentence in sentence_list for stem in sentence.stems})
    words = sorted(frequency)
    frequent = [w for w in words if frequency[w] >= 0.05 * len(articles)]
    middling = [w for w in words if 0.002 <= frequency[w] / len(articles) < 0.05]
    long_enough = [sentence for sentence in sentences if len(sentence.stems) >= 4]

    def together() -> tuple[str, ...]:
        stems = sorted({s for sentence in draw.choice(articles) for s in sentence.stems})
        return tuple(draw.sample(stems, 2))

    def neighbours() -> tuple[str, ...]:
        stems = draw.choice(long_enough).stems
        length = draw.choice((2, 3))
        start = draw.randrange(len(stems) - length + 1)
        return stems[start : start + length]

    count = range(QUERIES_A_MODE)
    return {
        "term": [(draw.choice(words),) for _ in count],
        "or": [(draw.choice(frequent), *draw.sample(middling, 2)) for _ in count],
        "and": [together() for _ in count],
        "phrase": [neighbours() for _ in count],
    }
