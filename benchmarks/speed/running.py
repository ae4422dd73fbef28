"""Building and querying each engine, one after another, each in processes of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed.corpus import Corpus

__all__ = ["run_engines"]

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's, which alone sees Debian's python3-xapian."""

RUN = time.time()
Row = dict[str, Any]


def run_engines(
    names: Sequence[str], corpus: Corpus, *, reuse: bool = False
) -> Iterator[tuple[str, Row]]:
    """Name and figures of each engine that is installed; says of the others why they are not.

    An index that an earlier run has left in the corpus folder is used again, with the figures
    of that run (``"earlier": true``); kzsearch's own is built anew unless ``reuse`` is set.
    """
    for name in names:
        python, version = _python_for(name)
        if python is None:
            print(f"{name}: left out, {version}", file=sys.stderr)
            continue
        built = _build(python, name, corpus, reuse=reuse)
        searched = _worker(python, "search", name, corpus.folder)
        yield name, {"version": version, "build": built, **searched}


def _build(python: str, name: str, corpus: Corpus, *, reuse: bool) -> Row:
    record = corpus.folder / f"{name}.json"
    earlier: Row = json.loads(record.read_text()) if record.exists() else {}
    if earlier.get("key") == corpus.key() and (reuse or not name.startswith("kzsearch")):
        return {"earlier": earlier.get("run") != RUN, **earlier}
    shutil.rmtree(corpus.folder / name, ignore_errors=True)
    built = _worker(python, "build", name, corpus.folder) | {"key": corpus.key(), "run": RUN}
    record.write_text(json.dumps(built))
    return {"earlier": False, **built}


def _python_for(name: str) -> tuple[str | None, str]:
    """The Python that has the engine and the engine's version, or None and what is missing."""
    why = ""
    for python in (sys.executable, SYSTEM_PYTHON):
        done = _run(python, "version", name, Path())
        if done.returncode == 0:
            return python, json.loads(done.stdout)["version"]
        why = why or done.stderr.strip().rpartition("\n")[2]
    return None, why


def _worker(python: str, phase: str, name: str, folder: Path) -> Row:
    done = _run(python, phase, name, folder)
    if done.returncode:
        raise RuntimeError(f"{name} failed to {phase}:\n{done.stderr}")
    answer: Row = json.loads(done.stdout)
    return answer


def _run(python: str, phase: str, name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "benchmarks.speed.worker", phase, name, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
