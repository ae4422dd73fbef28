"""A writer may die at any instant: the index stays whole and no committed article is lost."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import Engine, Everything, SearchRequest, verify
from kzsearch.errors import IndexWriteError

# What is tried of each, at the least: the benchmark's own test is that nothing goes wrong.
ATTEMPTS = {
    "kills": {"add": 5, "update": 5, "delete": 5, "merge": 5, "rebuild": 5, "learn": 5},
    "steps": {"add": 3, "update": 3, "delete": 3, "merge": 3, "rebuild": 3, "learn": 3},
    "full": {"refused": 12, "done": 3},
    "damage": {"bit flip": 1, "truncation": 1, "zero-fill": 1, "swap": 1, "deletion": 1},
    "random": {"queries": 100, "documents": 50},
    "sharing": {"generations written": 2, "answers, each of one whole generation": 16},
    "lasting": {"openings": 50, "searches": 300},
}


@pytest.mark.slow
@pytest.mark.parametrize("part", ATTEMPTS)
def test_attacks(root: Path, part: str) -> None:
    """A little of what ``benchmarks/reliability.py`` does, in a program of its own: it forks."""
    command = [sys.executable, root / "benchmarks/reliability.py", "--short", part]
    # Killed processes leave no coverage behind; to measure it only slows them down.
    unmeasured = {name: value for name, value in os.environ.items() if "COV" not in name}
    done = subprocess.run(command, env=unmeasured, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for what, least in ATTEMPTS[part].items():
        counts = re.findall(rf"^ +{what} +([\d,]+)$", done.stdout, re.MULTILINE)
        assert counts, (what, done.stdout)
        assert all(int(count.replace(",", "")) >= least for count in counts), (what, done.stdout)


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
