"""``kzsearch rebuild``, ``verify`` and ``stats``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_rebuild(run_filled: Any) -> None:
    result = run_filled("rebuild")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "The index is rebuilt, with 3 articles.\n"
    assert json.loads(run_filled("query", "сенат", "--json").stdout)["total"] == 2


def test_rebuild_names_what_is_lost_and_exits_with_1(run_filled: Any, tmp_path: Path) -> None:
    (log,) = (tmp_path / "index").rglob("articles.log")
    content = bytearray(log.read_bytes())
    content[content.index(b"\xff\xfeKZ") + 40] ^= 1
    log.write_bytes(content)
    result = run_filled("rebuild")
    assert result.exit_code == 1
    assert result.stdout.startswith("lost: ")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith("kzsearch: The index is rebuilt, with 2 articles, but 1 could")
    (kept,) = (tmp_path / "index/damaged").iterdir()
    assert f"kept in {kept} until" in result.stderr
    assert json.loads(run_filled("query", "--json", "").stdout)["total"] <= 2
    assert run_filled("verify").exit_code == 0


def test_verify(run_filled: Any) -> None:
    result = run_filled("verify")
    assert (result.exit_code, result.stdout) == (0, "The index is whole.\n")


def test_verify_names_the_damaged_file(run_filled: Any, tmp_path: Path) -> None:
    biggest = max((tmp_path / "index").rglob("*"), key=lambda path: path.stat().st_size)
    content = bytearray(biggest.read_bytes())
    content[len(content) // 2] ^= 0xFF
    biggest.unlink()
    biggest.write_bytes(content)
    result = run_filled("verify")
    assert result.exit_code == 1
    assert biggest.name in result.stdout
    assert result.stderr == "kzsearch: 1 problem found in the index.\n"


def test_stats(run_filled: Any, tmp_path: Path) -> None:
    lines = run_filled("stats").stdout.splitlines()
    numbers = dict(line.split(maxsplit=1) for line in lines if line.startswith("location"))
    assert numbers == {"location": str(tmp_path / "index")}
    assert "articles        3" in lines
    assert "last day        2025-09-29" in lines


def test_stats_json(run_filled: Any) -> None:
    numbers = json.loads(run_filled("stats", "--json").stdout)
    assert numbers["articles"] == 3
    assert (numbers["first_day"], numbers["last_day"]) == ("2025-08-01", "2025-09-29")
    assert numbers["index_bytes"] > 0


def test_learn_associations(run_filled: Any, tmp_path: Path) -> None:
    result = run_filled("learn-associations")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Learned what goes with 0 words.\n"  # three articles teach nothing
    (table,) = (tmp_path / "index/tables").iterdir()
    assert table.name.startswith("associations.tsv-")
    result = run_filled("learn-associations", "--forget")
    assert (result.exit_code, result.stdout) == (0, "What was learned before is forgotten.\n")
    assert list((tmp_path / "index/tables").iterdir()) == []
