"""What is measured and how: best of three, percentiles, memory of processes, bytes of files."""

from __future__ import annotations

import os
import resource
import statistics
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

__all__ = [
    "STORED_TEXT",
    "PeakMemory",
    "calibrate",
    "cpu_seconds",
    "folder_bytes",
    "memory_mb",
    "peak_mb",
    "percentiles",
]

CALIBRATION = 2_000_000

STORED_TEXT = ("articles.log",)
"""Files of an index that hold the articles as they came (seam: kzsearch's names)."""


def calibrate() -> float:
    """Seconds of a fixed loop of Python: tells how much of a core this moment gives."""
    start = time.perf_counter()
    total = 0
    for number in range(CALIBRATION):
        total += number & 7
    return round(time.perf_counter() - start, 4)


def percentiles(times: Iterable[float]) -> dict[str, float]:
    """Median, 95th percentile and mean, in milliseconds, of times in seconds."""
    ms = [1000 * each for each in times]
    return {
        "p50": statistics.median(ms),
        "p95": statistics.quantiles(ms, n=20)[-1],
        "mean": statistics.fmean(ms),
    }


def folder_bytes(folder: Path, but: tuple[str, ...] = ()) -> int:
    """Bytes of all files below a folder, a hard-linked one once; ``but`` are names left out."""
    sizes = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in but:
            sizes[path.stat().st_ino] = path.stat().st_size
    return sum(sizes.values())


def cpu_seconds() -> float:
    """Seconds of a processor that this process and its ended children have used.

    On a machine that others use too, this is steadier than the time that passed.
    """
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def peak_mb() -> float:
    """The most memory this process has held and the greatest of its ended children, in MB."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return _kilobytes(Path("/proc/self/status")).get("VmHWM", 0.0) + children


def memory_mb(pid: int | None = None) -> dict[str, float]:
    """Resident memory of a process and its children now, in MB; ``private``: not of files.

    Pages that several processes share count once (proportional set size).
    """
    tree = _tree(pid or os.getpid())
    status = [_kilobytes(Path(f"/proc/{each}/status")) for each in tree]
    return {
        "resident": sum(map(_proportional, tree)),
        "private": sum(each.get("RssAnon", 0.0) for each in status),
    }


class PeakMemory:
    """Watches a process and its children; ``mb`` is the most they held together.

    Pages that several processes share count once (proportional set size).
    """

    def __init__(self, pid: int, every: float = 0.2) -> None:
        self.mb = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid, every), daemon=True)
        self._thread.start()

    def _watch(self, pid: int, every: float) -> None:
        while not self._ended.wait(every):
            self.mb = max(self.mb, sum(_proportional(each) for each in _tree(pid)))

    def stop(self) -> float:
        """End the watch; returns the peak."""
        self._ended.set()
        self._thread.join()
        return self.mb


def _tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += children.get(each, ())
    return found


def _proportional(pid: int) -> float:
    return _kilobytes(Path(f"/proc/{pid}/smaps_rollup")).get("Pss", 0.0)


def _kilobytes(path: Path) -> dict[str, float]:
    """The lines ``Name: n kB`` of a file of /proc, in MB; nothing of a process that has ended."""
    found = {}
    with suppress(OSError):
        for line in path.read_text().splitlines():
            name, _, value = line.partition(":")
            if value.endswith("kB"):
                found[name] = int(value.split()[0]) / 1024
    return found
