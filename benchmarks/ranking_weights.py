"""What each weight of the ranking is worth, and how far choosing it on these queries flatters;
writes results/ranking_weights.txt.

    python benchmarks/ranking_weights.py [--shared ../shared] [--weights aside partial …]

Every judged set is indexed once and asked with the weights as they are, then with one of them
halved and half as much again (at most 1 for what is a share). The first table gives nDCG@10 and how
many queries get better / worse.

Then the queries are parted into five folds. Of all settings the one is taken that is best on four
of them, by the mean of the sets' nDCG@10, and measured on the fifth: so no query has a say in what
it is measured with. What the setting that is best on all queries has over that is what choosing
on the queries that are measured flatters by.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.judged.bootstrap import difference
from benchmarks.judged.sets import judged_sets
from benchmarks.report import SHARED, Report
from kzsearch.engine.local.search import searcher
from kzsearch.engine.ranking import DEFAULT_RANKING, QUESTION_RANKING, Ranking
from kzsearch.evaluation import evaluate
from kzsearch.index import open_index

WEIGHTS = ("exact", "prefix", "long_prefix", "lead", "aside", "partial")
"""What is tried unless others are named: the readings of a word, and what lowers a score."""

SHARES = frozenset({"aside", "partial", "b_title", "b_body"})
FACTORS = (0.5, 1.5)
FOLDS = 5
SHIPPED = "as it is"

Scores = Mapping[str, Mapping[str, float]]
"""nDCG@10 by query id, by set."""


def main() -> None:
    """Measure every setting, print the tables and write them down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    names = [field.name for field in fields(Ranking)]
    parser.add_argument("--weights", nargs="+", choices=names, default=WEIGHTS)
    arguments = parser.parse_args()
    changes: dict[str, Mapping[str, float]] = {SHIPPED: {}}
    for name in arguments.weights:
        for factor in FACTORS:
            value = getattr(DEFAULT_RANKING, name) * factor
            value = min(value, 1.0) if name in SHARES else value
            changes[f"{name} {value:.3g}"] = {name: value}
    measured: dict[str, dict[str, Mapping[str, float]]] = {name: {} for name in changes}
    for judged in judged_sets(arguments.shared):
        with tempfile.TemporaryDirectory() as directory:
            with open_index(directory, create=True) as index:
                index.add(judged.articles)
            for name, change in changes.items():
                with ranked_by(change), open_index(directory) as index:
                    _, found = evaluate(index, judged.queries(), judged.judgements())
                measured[name][judged.name] = {id: each.ndcg for id, each in found.items()}
    report = Report(__file__)
    report.add(*weights_table(measured), "", *folds_table(measured))
    report.keep()


@contextmanager
def ranked_by(change: Mapping[str, float]) -> Iterator[None]:
    """Indexes opened meanwhile rank with some weights changed."""
    questions = {name: value for name, value in change.items() if name != "lead"}
    searcher.DEFAULT_RANKING = replace(DEFAULT_RANKING, **change)  # type: ignore[attr-defined]
    searcher.QUESTION_RANKING = replace(QUESTION_RANKING, **questions)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        searcher.DEFAULT_RANKING = DEFAULT_RANKING  # type: ignore[attr-defined]
        searcher.QUESTION_RANKING = QUESTION_RANKING  # type: ignore[attr-defined]


def weights_table(measured: Mapping[str, Scores]) -> list[str]:
    """nDCG@10 of every setting and set, with the queries it makes better / worse."""
    shipped = measured[SHIPPED]
    lines = [f"{'nDCG@10':<18}" + "".join(f"{name:>18}" for name in shipped)]
    for setting, scores in measured.items():
        cells = ""
        for name, by_query in scores.items():
            told = f"{mean(by_query):.4f}"
            if setting != SHIPPED:
                change = difference(by_query, shipped[name])
                told += f" {change.wins}/{change.losses}"
            cells += f"{told:>18}"
        lines.append(f"{setting:<18}{cells}")
    return lines


def folds_table(measured: Mapping[str, Scores]) -> list[str]:
    """nDCG@10 as shipped, with what is best on all queries, and with what other folds chose."""
    everywhere = best_of(measured)
    held_out: dict[str, dict[str, float]] = {name: {} for name in measured[SHIPPED]}
    chosen = []
    for fold in range(FOLDS):
        others = {
            setting: {
                name: {id: score for id, score in by_query.items() if fold_of(id) != fold}
                for name, by_query in scores.items()
            }
            for setting, scores in measured.items()
        }
        setting = best_of(others)
        chosen.append(setting)
        for name, by_query in measured[setting].items():
            held_out[name] |= {id: s for id, s in by_query.items() if fold_of(id) == fold}
    rows = {
        SHIPPED: measured[SHIPPED],
        f"best: {everywhere}": measured[everywhere],
        "chosen by others": held_out,
    }
    lines = [f"{f'nDCG@10, {FOLDS} folds':<24}" + "".join(f"{name:>16}" for name in held_out)]
    for label, scores in rows.items():
        cells = "".join(f"{mean(by_query):>16.4f}" for by_query in scores.values())
        lines.append(f"{label:<24}{cells}")
    gaps = [mean(measured[everywhere][name]) - mean(held_out[name]) for name in held_out]
    lines.append(f"{'flattered by':<24}" + "".join(f"{gap:>+16.4f}" for gap in gaps))
    return [*lines, f"chosen, fold by fold: {', '.join(chosen)}"]


def best_of(measured: Mapping[str, Scores]) -> str:
    """The setting with the greatest mean over the sets; of equal ones the first."""
    return max(measured, key=lambda name: sum(map(mean, measured[name].values())))


def fold_of(query_id: str) -> int:
    """The fold of a query, the same in every run."""
    return crc32(query_id.encode()) % FOLDS


def mean(by_query: Mapping[str, float]) -> float:
    """The mean over queries."""
    return sum(by_query.values()) / len(by_query)


if __name__ == "__main__":
    main()
