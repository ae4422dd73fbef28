"""Every benchmark can be run, as a file and as a module, and says what it measures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path.relative_to(ROOT)
    for path in (ROOT / "benchmarks").glob("*.py")
    if "__main__" in path.read_text(encoding="utf-8")
)
MODULES = ["benchmarks.relevance", "benchmarks.speed", "benchmarks.speed.profiling"]


def help_of(*command: str, root: Path) -> str:
    environment = os.environ | {"COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, *command, "--help"],
        cwd=root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_benchmark_runs_as_a_file(file: Path, root: Path) -> None:
    assert help_of(str(file), root=root).startswith(f"usage: {file.name} ")


@pytest.mark.parametrize("module", MODULES)
def test_a_benchmark_runs_as_a_module(module: str, root: Path) -> None:
    assert help_of("-m", module, root=root).startswith("usage: ")


def test_the_readme_lists_every_benchmark(root: Path) -> None:
    listed = (root / "benchmarks/README.md").read_text(encoding="utf-8")
    assert [file.name for file in FILES if f"| `{file.name}` |" not in listed] == []
