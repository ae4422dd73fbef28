"""The measures are those of trec_eval, which ir-measures calls."""

from __future__ import annotations

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from kzsearch.evaluation import Measures, mean, measure

IDS = st.integers(0, 30).map(str)


@given(
    ranked=st.lists(IDS, max_size=30, unique=True),
    grades=st.dictionaries(IDS, st.integers(-1, 3), min_size=1, max_size=20),
)
def test_measures_are_those_of_trec_eval(ranked: list[str], grades: dict[str, int]) -> None:
    ours = measure(ranked, grades)
    scored = {article_id: float(-rank) for rank, article_id in enumerate(ranked)}
    wanted = [nDCG @ 10, RR @ 10, Success @ 10, R @ 10, R @ 100]
    theirs = ir_measures.calc_aggregate(wanted, {"q": grades}, {"q": scored})
    assert [theirs[each] for each in wanted] == pytest.approx(
        [ours.ndcg, ours.mrr, ours.hit, ours.recall, ours.deep_recall]
    )


def test_what_nobody_judged_is_not_relevant() -> None:
    assert measure(["new", "good"], {"good": 1}).mrr == 0.5


def test_the_mean_of_queries() -> None:
    one, other = Measures(1, 1, 1, 1, 1), Measures(0, 0.5, 1, 0, 0.5)
    assert mean([one, other]) == Measures(0.5, 0.75, 1, 0.5, 0.75)
