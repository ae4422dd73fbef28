"""``kzsearch export``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_all_hits_go_to_standard_output(run_filled: Run) -> None:
    result = run_filled("export", "сенат", "--fields", "id,date")
    assert result.exit_code == 0
    assert result.stdout_bytes.decode("utf-8-sig").splitlines() == [
        "id,date",
        "a,2025-09-29",
        "b,2025-08-01",
    ]


def test_options_narrow_as_those_of_query_do(run_filled: Run) -> None:
    result = run_filled("export", "--source", "Дала", "--format", "jsonl", "--fields", "id,body")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["c", "b"]
    assert rows[1]["body"].startswith("Қайрат")


def test_a_file_is_there_when_it_is_whole(run_filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "out" / "hits.csv"
    result = run_filled("export", "сенат", "--output", path)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    path.parent.mkdir()
    result = run_filled("export", "сенат", "--output", path)
    assert result.exit_code == 0
    assert "2 hits written" in result.stderr
    assert [file.name for file in path.parent.iterdir()] == ["hits.csv"]


def test_parquet_goes_to_a_file(run_filled: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert (
        run_filled("export", "сенат", "--format", "parquet", "--output", tmp_path / "x").exit_code
        == 0
    )
    assert parquet.read_table(tmp_path / "x").num_rows == 2


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["сенат", "--fields", "text"], 2, "There is no field 'text'"),
        (["сенат", "--from", "кеше кеше"], 2, "кеше кеше"),
        (["сенат", "--form", "csv"], 2, "--form"),
        (["сенат", "--format", "xls"], 2, "xls"),
        ([], 2, "Name words to search for"),
    ],
)
def test_wrong_usage_is_one_sentence(
    run_filled: Run, arguments: list[str], code: int, sentence: str
) -> None:
    result = run_filled("export", *arguments)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert "Traceback" not in result.output
