"""Attack an index in every way there is; writes results/reliability.txt.

    python benchmarks/reliability.py [--short] [--minutes 10] [PART …]

Parts: kills, steps, full, damage, random, sharing, lasting. Each stops with the first answer
that is wrong and the first article that is lost without having been hit; what it prints are
counts of what was tried. ``--short`` tries little of everything, as the tests do; without it the
figures of docs/engine.md come out, in about an hour on two cores.

kills    writers killed by SIGKILL at random moments inside add, update, delete, merge, rebuild
         and learn
steps    the same, killed before every single change of the file system
full     writes that fail after some number of bytes
damage   every kind of file with bits flipped, cut short, filled with zeros, swapped and deleted
random   random queries and documents
sharing  sixteen readers beside a writer
lasting  open files and memory over many openings and searches
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.attacks.articles import RememberingAnalyzer
from benchmarks.attacks.damaging import damage
from benchmarks.attacks.guessing import guess
from benchmarks.attacks.killing import at_every_step, at_random_moments, on_a_full_disk
from benchmarks.attacks.lasting import last
from benchmarks.attacks.sharing import share
from kzsearch.morphology import Analyzer

RESULTS = Path(__file__).resolve().parent / "results/reliability.txt"


def parts(analyzer: Analyzer, *, short: bool, minutes: float) -> dict[str, Callable[[Path], Any]]:
    """The attacks by name; each takes an empty directory and gives counts."""
    return {
        "kills": lambda path: at_random_moments(path, analyzer, 60 if short else 1_000),
        "steps": lambda path: at_every_step(path, analyzer, 9 if short else 1),
        "full": lambda path: on_a_full_disk(path, analyzer, 5 if short else 25),
        "damage": lambda path: damage(path, analyzer, 1 if short else 50),
        "random": lambda path: guess(path, analyzer, *((100, 60) if short else (30_000, 70_000))),
        "sharing": lambda path: share(path, analyzer, 3 if short else minutes * 60),
        "lasting": lambda path: last(path, analyzer, *((50, 300) if short else (1_000, 20_000))),
    }


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("parts", nargs="*", metavar="PART")
    arguments.add_argument("--short", action="store_true")
    arguments.add_argument("--minutes", type=float, default=10.0, help="of sharing")
    given = arguments.parse_args()
    every = parts(RememberingAnalyzer(), short=given.short, minutes=given.minutes)
    chosen = {name: every[name] for name in given.parts} if given.parts else every
    lines = [] if given.short else _kept(without=chosen)
    for name, attack in chosen.items():
        began = perf_counter()
        with tempfile.TemporaryDirectory() as directory:
            counts = attack(Path(directory) / "attacked")
        seconds = round(perf_counter() - began)
        told = f"{name} ({dt.date.today()}, Python {platform.python_version()}, {seconds} s)"
        block = [told, *_rows(counts), ""]
        print("\n".join(block), flush=True)
        lines += block
        if not given.short:
            head = f"command: python benchmarks/reliability.py --minutes {given.minutes:g}\n\n"
            RESULTS.write_text(head + "\n".join(lines), encoding="utf-8")


def _rows(counts: Mapping[str, Any]) -> list[str]:
    rows = []
    for name, count in counts.items():
        if isinstance(count, Mapping):
            rows += [f"  {name}", *(f"    {what:<40}{n:>9,}" for what, n in count.items())]
        else:
            rows.append(f"  {name:<42}{count:>9,}")
    return rows


def _kept(without: Mapping[str, object]) -> list[str]:
    """What the file holds of the other parts."""
    if not RESULTS.exists():
        return []
    _, *blocks = RESULTS.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if block.strip() and block.split()[0] not in without]
    return [line for block in kept for line in (*block.strip("\n").split("\n"), "")]


if __name__ == "__main__":
    main()
