"""``kzsearch evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

Files = tuple[str, Path, str, Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Options that name queries and judgements of the three articles."""
    queries, qrels = tmp_path / "queries.tsv", tmp_path / "qrels.txt"
    queries.write_text("q1\tсенат\nq2\tмектеп\nq3\tсөз\n", encoding="utf-8")
    qrels.write_text("q1 0 b 1\nq2 0 c 1\n", encoding="utf-8")
    return "--queries", queries, "--qrels", qrels


def test_measures_are_printed(run_filled: Any, files: Files) -> None:
    result = run_filled("evaluate", *files)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "2 queries (1 without judgements left out)",
        "nDCG@10     0.8155",
        "MRR@10      0.7500",
        "hit@10      1.0000",
        "recall@10   1.0000",
        "recall@100  1.0000",
    ]


def test_every_query_for_people_and_programs(run_filled: Any, files: Files) -> None:
    lines = run_filled("evaluate", *files, "--per-query").stdout.splitlines()
    assert lines[:2] == ["0.6309  q1  сенат", "1.0000  q2  мектеп"]
    found = json.loads(run_filled("evaluate", *files, "--per-query", "--json").stdout)
    assert found["queries"] == 2
    assert found["per_query"]["q1"]["mrr"] == found["mrr"] - 0.25 == 0.5


def test_the_run_is_written(run_filled: Any, files: Files, tmp_path: Path) -> None:
    run_filled("evaluate", *files, "--run-out", tmp_path / "run.txt")
    assert (tmp_path / "run.txt").read_text() == (
        "q1 Q0 a 1 2 kzsearch\nq1 Q0 b 2 1 kzsearch\nq2 Q0 c 1 1 kzsearch\n"
    )


def test_broken_input_is_one_sentence(run_filled: Any, files: Files) -> None:
    files[3].write_text("q1 b\n")
    result = run_filled("evaluate", *files)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"kzsearch: Line 1 of {files[3]} must hold a query id, 0,")
