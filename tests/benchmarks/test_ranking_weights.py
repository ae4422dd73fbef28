"""How the benchmark of weights chooses a setting without the queries it is measured with."""

from __future__ import annotations

from benchmarks.ranking_weights import (
    FOLDS,
    SHIPPED,
    best_of,
    fold_of,
    folds_table,
    ranked_by,
    weights_table,
)
from kzsearch.engine.local.search import searcher
from kzsearch.engine.ranking import DEFAULT_RANKING

IDS = [f"q{number}" for number in range(40)]
LUCKY = IDS[0]


def test_every_fold_has_queries_and_a_query_has_one_fold() -> None:
    assert {fold_of(id) for id in IDS} == set(range(FOLDS))


def test_what_only_one_query_gains_by_is_not_chosen_for_it() -> None:
    """A setting that is best by one query loses where that query is held out."""
    shipped = dict.fromkeys(IDS, 0.5)
    lucky = {id: 1.0 if id == LUCKY else 0.49 for id in IDS}
    measured = {SHIPPED: {"set": shipped}, "lead 2": {"set": lucky}}
    assert best_of(measured) == "lead 2"
    *_, best, held_out, flattered, chosen = folds_table(measured)
    assert float(best.split()[-1]) > 0.5
    assert float(held_out.split()[-1]) < 0.5
    assert float(flattered.split()[-1]) > 0
    settings = chosen.partition(": ")[2].split(", ")
    assert settings[fold_of(LUCKY)] == SHIPPED
    assert settings.count("lead 2") == FOLDS - 1


def test_the_table_of_weights_counts_wins_and_losses() -> None:
    measured = {
        SHIPPED: {"set": {"a": 0.5, "b": 0.5, "c": 0.5}},
        "lead 2": {"set": {"a": 1.0, "b": 0.75, "c": 0.25}},
    }
    assert weights_table(measured)[-1].split() == ["lead", "2", "0.6667", "2/1"]


def test_weights_are_as_they_were_afterwards() -> None:
    with ranked_by({"lead": 2.5, "partial": 0.5}):
        assert searcher.DEFAULT_RANKING.lead == 2.5
        assert searcher.QUESTION_RANKING.lead == 0.0
        assert searcher.QUESTION_RANKING.partial == 0.5
    assert searcher.DEFAULT_RANKING is DEFAULT_RANKING
