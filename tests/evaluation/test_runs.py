"""Judged queries asked of an index, and the run written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.errors import EvaluationError
from kzsearch.evaluation import evaluate, write_run
from kzsearch.index import open_index

ARTICLES = [
    Article(id="senat", title="Сенат отырысы", body="Сенат жиналды."),
    Article(id="mektep", title="Жаңа мектеп", body="Сенат туралы сөз жоқ."),
]


def test_judged_queries_are_asked_and_measured(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", create=True) as index:
        index.add(ARTICLES)
        queries = {"q1": "сенат", "q2": "мектеп", "unjudged": "сөз"}
        run, measured = evaluate(index, queries, {"q1": {"mektep": 1}, "q2": {"mektep": 1}})
        with pytest.raises(EvaluationError, match=r"No query has judgements"):
            evaluate(index, queries, {"other": {"senat": 1}})
    assert run == {"q1": ["senat", "mektep"], "q2": ["mektep"]}
    assert [measured[each].mrr for each in ("q1", "q2")] == [0.5, 1.0]


def test_a_run_is_written_as_trec_does(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    write_run(path, {"q1": ["senat", "mektep"]})
    assert path.read_text() == "q1 Q0 senat 1 2 kzsearch\nq1 Q0 mektep 2 1 kzsearch\n"
    with pytest.raises(EvaluationError, match=r"cannot be written"):
        write_run(tmp_path, {})
