"""Measure how good the ranking is on judged queries; writes results/relevance.txt.

    python benchmarks/relevance.py [--shared ../shared]

Queries go through ``Index.search`` as typed, by people and programs: question sentences,
headlines, Russian headlines. What is indexed for each set is what ../shared/README.md says, so
that the figures compare with those recorded there for the rivals. Measures are those of
``kzsearch evaluate``. Targets hold on queries nobody here has; what may be expected of them is
reckoned from how plain BM25 over words cut to five letters does on both (issue 4).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from kzsearch.documents import Article
from kzsearch.evaluation import (
    Judgements,
    Measures,
    Queries,
    evaluate,
    mean,
    read_judgements,
    read_queries,
)
from kzsearch.index import open_index

MEASURES = {"nDCG@10": "ndcg", "MRR@10": "mrr", "hit@10": "hit", "recall@100": "deep_recall"}

RIVALS = {
    "no stemming, plain BM25": {"kazqad": 0.623, "akorda": 0.450, "known_item": 0.872},
    "words cut to five letters": {"kazqad": 0.726, "akorda": 0.527, "known_item": 0.917},
    "pg_kazsearch 2.3": {"kazqad": 0.709, "akorda": 0.510, "known_item": 0.916},
    "apertium FST with guesser": {"kazqad": 0.715, "akorda": 0.510, "known_item": 0.914},
}
"""nDCG@10 on the development queries, recorded in ../shared/README.md (k1 1.2, b .75)."""

UNSEEN = {"kazqad": 0.716 - 0.726, "akorda": 0.558 - 0.527, "known_item": 0.905 - 0.917}
"""How much better plain BM25 does on unseen queries than on these."""

TARGETS = {
    "pass, unseen queries": {"kazqad": 0.745, "akorda": 0.59, "known_item": 0.925},
    "goal, unseen queries": {"kazqad": 0.78, "akorda": 0.63, "known_item": 0.945},
}


@dataclass(frozen=True)
class JudgedSet:
    """Queries with judgements, and the articles they are asked of."""

    name: str
    articles: Iterable[Article]
    directory: Path

    def queries(self) -> Queries:
        """Query text by query id."""
        return read_queries(self.directory / "queries.tsv")

    def judgements(self) -> Judgements:
        """What is relevant; where no file says so, the article whose id the query bears."""
        path = self.directory / "qrels.txt"
        if path.exists():
            return read_judgements(path)
        return {query_id: {query_id: 1} for query_id in self.queries()}


def main() -> None:
    """Measure every set, print the table and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    measured = {judged.name: measure(judged) for judged in judged_sets(shared)}
    report = Report(__file__)
    report.add(*own_table(measured), "", *rivals_table(measured))
    report.keep()


def judged_sets(shared: Path) -> Iterator[JudgedSet]:
    """The four sets, each with what to index for it."""
    relevance = shared / "eval/relevance"
    corpus = shared / "corpora/articles.jsonl"
    kazqad, akorda = relevance / "kazqad", relevance / "akorda"
    with_distractors = chain(read(kazqad / "documents.jsonl"), read(corpus))
    yield JudgedSet("kazqad", with_distractors, kazqad)
    yield JudgedSet("akorda", read(akorda / "documents.jsonl", titles=False), akorda)
    for name in ("known_item", "russian_query"):
        yield JudgedSet(name, read(corpus, titles=False), relevance / name)


def read(path: Path, *, titles: bool = True) -> Iterator[Article]:
    """Articles of a JSONL file; without titles where the headline is the query."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            title = (record["title"] or "") if titles else ""
            yield Article(id=record["id"], title=title, body=record["body"] or "")


def measure(judged: JudgedSet) -> Measures:
    """Index, ask every query, and reckon the measures."""
    with (
        tempfile.TemporaryDirectory() as directory,
        open_index(directory, create=True) as index,
    ):
        index.add(judged.articles)
        _, measured = evaluate(index, judged.queries(), judged.judgements())
    return mean(measured.values())


def own_table(measured: dict[str, Measures]) -> list[str]:
    """All measures of every set."""
    lines = [f"{'kzsearch':<28}" + "".join(f"{name:>14}" for name in measured)]
    for label, name in MEASURES.items():
        values = (getattr(figures, name) for figures in measured.values())
        lines.append(f"{label:<28}" + "".join(f"{value:>14.4f}" for value in values))
    return lines


def rivals_table(measured: dict[str, Measures]) -> list[str]:
    """nDCG@10 beside the recorded rivals and the targets."""
    sets = RIVALS["words cut to five letters"]
    own = {name: measured[name].ndcg for name in sets}
    unseen = {name: own[name] + UNSEEN[name] for name in sets}
    rows = {**RIVALS, "kzsearch": own, "expected, unseen queries": unseen, **TARGETS}
    return [
        f"{'nDCG@10':<28}" + "".join(f"{name:>14}" for name in sets),
        *(
            f"{row:<28}" + "".join(f"{values[name]:>14.3f}" for name in sets)
            for row, values in rows.items()
        ),
    ]


if __name__ == "__main__":
    main()
