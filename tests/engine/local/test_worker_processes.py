"""Processes that analyse articles do not outlive the one that they work for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import sys
from itertools import count
from kzsearch.documents import Article
from kzsearch.engine.local import analysing
from kzsearch.morphology import Analyzer
if __name__ == "__main__":
    analysing.ALONE = 1
    worker = analysing.Analysing(Analyzer(), 2)
    articles = (Article(id=str(number), body="мектеп " * 50) for number in count())
    for number, _ in enumerate(worker.prepare(articles, lambda article: False)):
        if number == 200:
            print("working", flush=True)
"""


def children_of(process: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            found.add(int(stat.parent.name))
    return found


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see processes")
def test_a_killed_parent_leaves_no_workers(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"working\n"
        workers = children_of(parent.pid)
        assert len(workers) >= 2
        os.kill(parent.pid, signal.SIGKILL)
    end = time.monotonic() + 30
    while any(map(is_running, workers)) and time.monotonic() < end:
        time.sleep(0.1)
    left = {worker for worker in workers if is_running(worker)}
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert not left
