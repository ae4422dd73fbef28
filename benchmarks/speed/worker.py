"""One engine in a process of its own: ``python -m benchmarks.speed.worker build fts5 FOLDER``.

Prints one JSON object. FOLDER holds ``sentences.tsv``, ``run.json`` and ``queries.json``; the
index goes to ``FOLDER/NAME``. Building and searching are two processes, so each holds only its
own memory and a search finds what was written to disk.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

from benchmarks.speed.corpus import Corpus, Word
from benchmarks.speed.engines import ENGINES, Engine, load
from benchmarks.speed.measuring import (
    STORED_TEXT,
    calibrate,
    cpu_seconds,
    folder_bytes,
    memory_mb,
    peak_mb,
    percentiles,
)
from benchmarks.speed.queries import MODES, load_queries

__all__ = ["main"]

REPEATS = 3
WARM_UP_SECONDS = 2.0
"""Searches of each mode before any is timed: caches fill, and a Java machine compiles."""

Search = Callable[[Sequence[Word]], list[int]]


def build(engine: Engine, name: str, folder: Path, corpus: Corpus) -> dict[str, object]:
    """Index the corpus; returns rate, bytes (stored text apart) and memory."""
    (folder / name).mkdir()
    documents = corpus.documents(ENGINES[name].readings)
    before = calibrate()
    start, used = time.perf_counter(), cpu_seconds()
    engine.build(folder / name, documents)
    seconds, used = time.perf_counter() - start, cpu_seconds() - used
    size = folder_bytes(folder / name, but=STORED_TEXT)
    return {
        "seconds": seconds,
        "articles_a_second": corpus.articles / seconds,
        "articles_a_cpu_second": corpus.articles / used,
        "bytes": size,
        "stored_bytes": folder_bytes(folder / name) - size,
        "peak_mb": peak_mb(),
        "calibration": [before, calibrate()],
    }


def search(engine: Engine, name: str, folder: Path) -> dict[str, object]:
    """Answer all queries; returns latencies, memory, and the hits of every query.

    ``cpu``: latencies in time of the processor, which other programs do not lengthen.
    """
    queries = load_queries(folder)
    before = calibrate()
    start = time.perf_counter()
    engine.open(folder / name)
    opened = time.perf_counter() - start
    modes: dict[str, Search] = {
        "term": lambda words: engine.search_term(words[0]),
        "or": engine.search_or,
        "and": engine.search_and,
        "phrase": engine.search_phrase,
    }
    able = [mode for mode in MODES if warm_up(modes[mode], queries[mode])]
    latency, used, hits = {}, {}, {}
    for mode in able:
        times, cpu, hits[mode] = search_mode(engine, modes[mode], queries[mode])
        latency[mode], used[mode] = percentiles(times), percentiles(cpu)
    memory = memory_mb()
    engine.close()
    return {
        "opened_ms": 1000 * opened,
        **latency,
        "cpu": used,
        **memory,
        "calibration": [before, calibrate()],
        "hits": hits,
    }


def warm_up(search: Search, rows: Sequence[Sequence[Word]]) -> bool:
    """Ask the queries of a mode for a while, over and over; False where the engine lacks it."""
    until = time.perf_counter() + WARM_UP_SECONDS
    for words in cycle(rows):
        try:
            search(words)
        except NotImplementedError:
            return False
        if time.perf_counter() >= until:
            break
    return True


def search_mode(
    engine: Engine, search: Search, rows: Sequence[Sequence[Word]]
) -> tuple[list[float], list[float], list[list[int]]]:
    """The best of three times of each query in seconds, the same of the processor, and its hits."""
    times, cpu, hits = [], [], []
    for words in rows:
        best = least = float("inf")
        for _ in range(REPEATS):
            start, used = time.perf_counter(), time.process_time()
            found = search(words)
            used = time.process_time() - used
            took = time.perf_counter() - start
            best = min(best, took if engine.own_seconds is None else engine.own_seconds)
            least = min(least, used)
        times.append(best)
        cpu.append(least)
        hits.append(found)
    return times, cpu, hits


def main(phase: str, name: str, folder: Path) -> None:
    """Run one phase: version, build or search."""
    engine = load(name)
    if phase == "version":
        answer: dict[str, object] = {"version": engine.version()}
    else:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        corpus = Corpus(folder, run["articles"], run["seed"])
        if phase == "build":
            answer = build(engine, name, folder, corpus)
        else:
            answer = search(engine, name, folder)
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
