"""Topics of real headlines, for completions: what is typed of each, and what is wanted.

    python benchmarks/completion_topics.py [--shared ../shared]    checks data/completion_topics.tsv

How the topics were made, before any completion was looked at: Kazakh headlines of the corpora were
shuffled (``drawn``) and read in that order; where a headline has a name or a topic that a reader
would search for, it was written down as a dictionary has it: at most four words, the last one in
the nominative, names in their own case. Which of them stay is a rule (``recurs``): other headlines
have it too. So is what is typed (``beginning``), in small letters as people do, and which half a
topic belongs to (``half``): the held-out half is looked at once a change is done.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.report import SHARED
from kzsearch.text import fold

__all__ = ["HALVES", "Headline", "Topic", "read_headlines", "read_topics"]

DATA = Path(__file__).parent / "data/completion_topics.tsv"
HALVES = ("development", "held out")
SEED = 9
OTHERS = 1
"""How many other headlines have a topic at least: it is in two."""

SHARES = (0.3, 0.4, 0.5, 0.6)
"""How much of a topic is typed."""

SHORTEST = 3
"""Letters typed at least."""

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
KAZAKH = frozenset("әғқңөұүһі")


class Topic(NamedTuple):
    """half, typed, wanted; headline: the id of the one it is the topic of."""

    half: str
    headline: str
    typed: str
    wanted: str


class Headline(NamedTuple):
    """A headline; date: of its article as it is written there, None where it has none."""

    id: str
    title: str
    date: str | None


def read_topics() -> list[Topic]:
    """The topics with what is typed of them."""
    return [
        Topic(half(headline), headline, beginning(headline, wanted), wanted)
        for line in DATA.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
        for headline, wanted in [line.split("\t")]
    ]


def read_headlines(shared: Path) -> list[Headline]:
    """Headlines of both corpora by id; of those that differ in endings only, the first."""
    rows = []
    for line in (shared / "corpora/headlines.tsv").read_text(encoding="utf-8").splitlines():
        number, title = line.split("\t")
        rows.append(Headline(number, title, None))
    for line in (shared / "corpora/articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if article["title"]:
            rows.append(Headline(article["id"], article["title"], article["date"]))
    first: dict[tuple[str, ...], Headline] = {}
    for row in sorted(rows, key=lambda row: row.id):
        first.setdefault(tuple(word[:5] for word in words(row.title)), row)
    return sorted(first.values())


def drawn(headlines: Sequence[Headline]) -> list[Headline]:
    """The Kazakh ones in the order in which they were read for topics."""
    kazakh = [row for row in headlines if not KAZAKH.isdisjoint(fold(row.title))]
    random.Random(SEED).shuffle(kazakh)
    return kazakh


def words(text: str) -> list[str]:
    """Words in small letters."""
    return WORD.findall(fold(text))


def recurs(topic: str, headline: str, headlines: Sequence[Headline]) -> bool:
    """Whether enough other headlines have the words of a topic side by side.

    Words are compared without their last letters, which endings change.
    """
    starts = [word[: max(4, len(word) - 2)] for word in words(topic)]
    others = sum(
        any(
            all(map(str.startswith, found[place:], starts))
            for place in range(len(found) - len(starts) + 1)
        )
        for row in headlines
        if row.id != headline
        for found in [words(row.title)]
    )
    return others >= OTHERS


def half(headline: str) -> str:
    """Which half a topic belongs to."""
    return HALVES[crc32(headline.encode()) % 2]


def beginning(headline: str, wanted: str) -> str:
    """What is typed of a topic."""
    share = SHARES[crc32(f"{headline} {wanted}".encode()) % len(SHARES)]
    length = max(SHORTEST, round(share * len(wanted)))
    return fold(wanted)[: min(length, len(wanted) - 1)]


def faults(shared: Path) -> Iterator[str]:
    """What is wrong with the data."""
    headlines = read_headlines(shared)
    known = {row.id for row in headlines}
    topics = read_topics()
    wanted = [fold(topic.wanted) for topic in topics]
    for topic in topics:
        if topic.headline not in known:
            yield f"there is no headline {topic.headline}"
        if wanted.count(fold(topic.wanted)) > 1:
            yield f"{topic.wanted} is there twice"
        if not recurs(topic.wanted, topic.headline, headlines):
            yield f"{topic.wanted} does not recur"


def main() -> None:
    """Check the data and print what is wrong with them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    found = list(faults(parser.parse_args().shared))
    print("\n".join(found) or f"{len(read_topics())} topics, none with a fault")


if __name__ == "__main__":
    main()
