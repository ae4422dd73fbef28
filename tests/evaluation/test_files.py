"""Files of queries and judgements, and the sentences about broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.errors import EvaluationError
from kzsearch.evaluation import read_judgements, read_queries


def test_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("\ufeffq1\tсу тасқыны\n\nq2\tсенат\tтөраға\n", encoding="utf-8")
    assert read_queries(path) == {"q1": "су тасқыны", "q2": "сенат\tтөраға"}
    path.write_text("q1 0 a 1\nq1 0 b 0\nq2\t0\ta\t2\n")
    assert read_judgements(path) == {"q1": {"a": 1, "b": 0}, "q2": {"a": 2}}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("q1 сенат", "Line 1 of * must hold a query id, a tab and text."),
        ("q1\tсу\nq1\tсу", "Line 2 of * repeats the query id 'q1'."),
        ("", "* holds no queries; write lines of an id, a tab and text."),
    ],
)
def test_broken_queries(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError) as caught:
        read_queries(path)
    assert str(caught.value) == said.replace("*", str(path))


@pytest.mark.parametrize("content", ["q1 0 a", "q1 0 a good", "q1 0 a 1 2"])
def test_broken_judgements(content: str, tmp_path: Path) -> None:
    path = tmp_path / "qrels.txt"
    path.write_text(f"q0 0 a 1\n{content}\n")
    with pytest.raises(EvaluationError, match=r"Line 2 of .* must hold a query id, 0, an article"):
        read_judgements(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"cannot be read: No such file"):
        read_queries(tmp_path / "none")
    path = tmp_path / "latin"
    path.write_bytes("q1\tсенат".encode("cp1251"))
    with pytest.raises(EvaluationError, match=r"is not UTF-8 text"):
        read_queries(path)
    path.write_text("\n")
    with pytest.raises(EvaluationError, match=r"holds no judgements"):
        read_judgements(path)
