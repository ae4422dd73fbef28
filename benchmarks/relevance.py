"""Measure how good the ranking is on judged queries; writes results/relevance.txt.

    python benchmarks/relevance.py [--shared ../shared]

Queries go through ``Index.rank`` as typed, by people and programs: question sentences, headlines,
Russian headlines, short topics. What is indexed for each set is what ../shared/README.md says, so
that the figures compare with those recorded there for the rivals. Measures are those of
``kzsearch evaluate``; reprints are not folded, so a right article is never hidden behind its copy.
Targets hold on queries nobody here has; what may be expected of them is reckoned from how plain
BM25 over words cut to five letters does on both (issue 4).

Plain BM25 on our stems and on five letters is run beside it, with the interval in which the gain in
nDCG@10 lies when the queries are drawn anew (95 %), and how many queries are better / worse.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.judged.bm25 import BASELINES, PlainBM25
from benchmarks.judged.bootstrap import difference
from benchmarks.judged.sets import JudgedSet, judged_sets
from benchmarks.report import SHARED, Report
from kzsearch.evaluation import Measures, evaluate, mean, measure
from kzsearch.index import open_index
from kzsearch.morphology import Analyzer

MEASURES = {
    "nDCG@10": "ndcg",
    "MRR@10": "mrr",
    "hit@10": "hit",
    "recall@100": "deep_recall",
}

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
"""Of topics .84 and .88, of ordinary ones +.05 and +.09 over the best baseline (issue 9)."""

OURS = "kzsearch"

Measured = Mapping[str, Mapping[str, Measures]]
"""Measures by query id, by the name of what ranked."""


def main() -> None:
    """Measure every set, print the tables and write them down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    measured: dict[str, Measured] = {}
    for judged in judged_sets(shared):
        every = measure_set(judged)
        for name, ids in judged.subsets.items():
            measured[name] = {
                ranker: {id: found for id, found in by_query.items() if id in ids}
                for ranker, by_query in every.items()
            }
    own = {name: mean(by_ranker[OURS].values()) for name, by_ranker in measured.items()}
    report = Report(__file__)
    report.add(*own_table(own), "", *rivals_table(own), "", *baselines_table(measured))
    report.keep()


def measure_set(judged: JudgedSet) -> Measured:
    """Index, ask every query, and measure; the baselines too."""
    judged = replace(judged, articles=list(judged.articles))
    queries, judgements = judged.queries(), judged.judgements()
    with (
        tempfile.TemporaryDirectory() as directory,
        open_index(directory, create=True) as index,
    ):
        index.add(judged.articles)
        _, own = evaluate(index, queries, judgements)
    measured = {OURS: own}
    analyzer = Analyzer()
    for name, key in BASELINES.items():
        ranking = PlainBM25(judged.articles, analyzer, key)
        measured[name] = {id: measure(ranking.rank(queries[id], 100), judgements[id]) for id in own}
    return measured


def own_table(measured: dict[str, Measures]) -> list[str]:
    """All measures of every set."""
    lines = [f"{OURS:<28}" + "".join(f"{name:>18}" for name in measured)]
    for label, name in MEASURES.items():
        values = (getattr(figures, name) for figures in measured.values())
        lines.append(f"{label:<28}" + "".join(f"{value:>18.4f}" for value in values))
    return lines


def rivals_table(measured: dict[str, Measures]) -> list[str]:
    """nDCG@10 beside the recorded rivals and the targets."""
    sets = RIVALS["words cut to five letters"]
    own = {name: measured[name].ndcg for name in sets}
    unseen = {name: own[name] + UNSEEN[name] for name in sets}
    rows = {**RIVALS, OURS: own, "expected, unseen queries": unseen, **TARGETS}
    return [
        f"{'nDCG@10':<28}" + "".join(f"{name:>14}" for name in sets),
        *(
            f"{row:<28}" + "".join(f"{values[name]:>14.3f}" for name in sets)
            for row, values in rows.items()
        ),
    ]


def baselines_table(measured: Mapping[str, Measured]) -> list[str]:
    """What plain BM25 reaches and how much more we do, set by set."""
    lines = [f"{'nDCG@10':<20}{'baseline':<24}{'it':>7}{'we':>7}  gain, better / worse"]
    for name, by_ranker in measured.items():
        own = {id: found.ndcg for id, found in by_ranker[OURS].items()}
        for baseline in BASELINES:
            plain = {id: found.ndcg for id, found in by_ranker[baseline].items()}
            means = (sum(each.values()) / len(each) for each in (plain, own))
            figures = "".join(f"{value:>7.3f}" for value in means)
            lines.append(f"{name:<20}{baseline:<24}{figures}  {difference(own, plain)}")
    return lines


if __name__ == "__main__":
    main()
