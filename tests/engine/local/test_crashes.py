"""A writer may die at any instant: the index stays whole and no committed article is lost."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import Engine, Everything, SearchRequest, verify
from kzsearch.errors import IndexWriteError


def run(how: str, directory: Path) -> dict[str, int]:
    program = Path(__file__).with_name("killed_writers.py")
    command = [sys.executable, program, how, directory]
    # Killed processes leave no coverage behind; to measure it only slows them down.
    unmeasured = {name: value for name, value in os.environ.items() if "COV" not in name}
    done = subprocess.run(command, env=unmeasured, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, int] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    told = run("random", tmp_path)
    assert told["kills"] >= 50
    assert told["commits"] > 0


@pytest.mark.slow
def test_killed_at_every_step_of_a_commit(tmp_path: Path) -> None:
    told = run("steps", tmp_path)
    assert told["old"] > 20
    assert told["new"] > 20


@pytest.mark.slow
def test_disk_full_after_any_number_of_bytes(tmp_path: Path) -> None:
    told = run("full", tmp_path)
    assert told["failures"] > 20
    assert told["successes"] == 1


@pytest.mark.parametrize("call", ["fsync", "replace", "mkdir"])
@pytest.mark.parametrize("allowed", [0, 1, 4])
def test_a_refused_system_call_is_one_sentence_and_costs_nothing(
    engine: Engine, index_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, allowed: int
) -> None:
    engine.add([Article(id="1", body="мектеп")])
    real = getattr(os, call)
    calls = 0

    def refuse(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls > allowed:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, refuse)
    articles = (Article(id=str(number), body="қала") for number in range(2, 9))
    with pytest.raises(IndexWriteError, match=r"No space left.*: free some space and run the"):
        any(engine.add([article]) is None for article in articles)
    monkeypatch.undo()
    found = engine.search(SearchRequest(Everything())).hits
    assert "1" in {hit.article.id for hit in found}
    assert verify(index_path) == []
    engine.add([Article(id="last", body="алма")])
    assert engine.get("last") is not None
    assert engine.get("1") is not None
