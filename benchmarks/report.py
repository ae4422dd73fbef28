"""What a benchmark found: printed as it comes, and kept in ``benchmarks/results``."""

from __future__ import annotations

import datetime as dt
import platform
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from kzsearch.version import __version__

__all__ = ["RESULTS", "ROOT", "SHARED", "Report", "circumstances"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "benchmarks/results"


def circumstances() -> str:
    """When, of which version and on what something is measured."""
    return (
        f"{dt.date.today()}, kzsearch {__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}"
    )


class Report:
    """The lines a benchmark writes to ``results/NAME.txt``; the first two say what was run."""

    def __init__(self, program: str) -> None:
        """``program``: the ``__file__`` of the benchmark, which names the report."""
        self._path = RESULTS / f"{Path(program).stem}.txt"
        self._lines: list[str] = []
        command = ["python", f"benchmarks/{Path(program).name}", *sys.argv[1:]]
        self.add(f"command: {shlex.join(command)}", circumstances(), "")

    def add(self, *lines: str) -> None:
        """Print some lines."""
        for line in lines:
            self._lines.append(line.rstrip())
            print(self._lines[-1], flush=True)

    def extend(self, lines: Iterable[str]) -> None:
        """Print lines as they come."""
        for line in lines:
            self.add(line)

    def note(self, *lines: str) -> None:
        """Keep some lines that are too long for a screen."""
        self._lines += lines

    def keep(self) -> None:
        """Write the report."""
        self._path.write_text("\n".join(self._lines) + "\n", encoding="utf-8")
