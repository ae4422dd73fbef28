"""The realistic files of ``../shared/eval/cases``, each with what must be made of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.shared
@pytest.mark.slow
def test_every_file_is_read_or_refused_as_it_should(shared: Path) -> None:
    cases = shared / "eval/cases"
    done = subprocess.run(
        [sys.executable, cases / "run.py", "--files", cases / "files", "-v"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.rstrip().endswith("51 passed, 0 failed")
