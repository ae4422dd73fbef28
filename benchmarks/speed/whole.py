"""kzsearch as users meet it: raw articles through its command, its index, its searches, its server.

Each part is measured beside SQLite FTS5 doing the same with less to do, on the same articles.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.speed.corpus import Corpus
from benchmarks.speed.measuring import STORED_TEXT, PeakMemory, cpu_seconds, folder_bytes
from benchmarks.speed.queries import Queries
from benchmarks.speed.running import ROOT
from benchmarks.speed.serving import measure_serving

__all__ = ["PARTS", "measure_whole"]

PARTS = ("index", "search", "cold", "add_one", "http")
"""In the order they run; the index is made in any case."""

Figures = dict[str, Any]

KZSEARCH = str(Path(sys.executable).with_name("kzsearch"))
JOBS = ("--jobs", "2")
RUNS = 11
FTS5_TABLE = "create virtual table a using fts5(body, tokenize='unicode61 remove_diacritics 0')"
FTS5_COLD = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
sql = "select rowid, snippet(a, 0, '', '', '', 30) from a where a match ? order by rank limit 10"
print(base.execute(sql, (sys.argv[2],)).fetchall())
"""


def measure_whole(corpus: Corpus, queries: Queries, parts: Sequence[str]) -> Figures:
    """Index all articles anew with ``kzsearch index``, then measure the parts asked for."""
    folder = corpus.folder / "whole"
    raw = corpus.folder / "raw.jsonl"
    text_bytes = _write_raw(corpus, raw)
    result = {"index": _index(corpus, raw, folder, text_bytes)}
    base = corpus.folder / "whole.fts.db"
    if not {"cold", "add_one", "http"}.isdisjoint(parts):
        _fts5(corpus, base)
    if "search" in parts:
        result["search"] = _own_process("search", corpus.folder, folder)
    if "cold" in parts:
        result["cold"] = _cold(queries, folder, base)
    if "add_one" in parts:
        result["add_one"] = _own_process("add", corpus.folder, folder) | {"fts5_ms": _add_one(base)}
    if "http" in parts:
        result["http"] = measure_serving(corpus.folder, [KZSEARCH, "serve"], folder, base)
    return result


def _write_raw(corpus: Corpus, raw: Path) -> int:
    """Write the articles as JSON lines; returns the UTF-8 bytes of their titles and bodies."""
    size = 0
    with raw.open("w", encoding="utf-8") as file:
        for article in corpus.raw_articles():
            size += len(article["title"].encode()) + len(article["body"].encode())
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return size


def _index(corpus: Corpus, raw: Path, folder: Path, text_bytes: int) -> Figures:
    shutil.rmtree(folder, ignore_errors=True)
    start, used = time.perf_counter(), cpu_seconds()
    process = subprocess.Popen(
        [KZSEARCH, "index", raw, "--index", folder, *JOBS],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    watched = PeakMemory(process.pid)
    if process.wait():
        raise RuntimeError("`kzsearch index` failed")
    seconds, used = time.perf_counter() - start, cpu_seconds() - used
    size = folder_bytes(folder, but=STORED_TEXT)
    return {
        "seconds": seconds,
        "articles_a_second": corpus.articles / seconds,
        "articles_a_cpu_second": corpus.articles / used,
        "jobs": " ".join(JOBS),
        "peak_mb": watched.stop(),
        "bytes": size,
        "stored_bytes": folder_bytes(folder) - size,
        "text_bytes": text_bytes,
    }


def _fts5(corpus: Corpus, path: Path) -> None:
    """A table of FTS5 that keeps its text, as a server needs it."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        base.execute("pragma journal_mode=wal")
        base.execute(FTS5_TABLE)
        rows = ((d.number, d.fields[0]) for d in corpus.documents(("stem",)))
        base.executemany("insert into a(rowid, body) values (?, ?)", rows)
        base.commit()


def _cold(queries: Queries, folder: Path, base: Path) -> Figures:
    """Whole processes from start to end, the files of both in the system's memory."""
    words = [words[0] for words in queries["term"][:RUNS]]
    return {
        "ms": _median([KZSEARCH, "query", "--index", str(folder), word.exact] for word in words),
        "fts5_ms": _median(
            [sys.executable, "-c", FTS5_COLD, str(base), f'"{word.stem}"'] for word in words
        ),
    }


def _median(commands: Iterable[Sequence[str]]) -> float:
    """As an installed command runs: its modules compiled before, by its first run or by pip."""
    times = []
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for command in commands:
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _add_one(path: Path) -> float:
    """Milliseconds until one more row is on disk and found by a word of its own."""
    with closing(sqlite3.connect(path)) as base:
        base.execute("pragma synchronous=full")
        times = []
        for run in range(RUNS):
            start = time.perf_counter()
            base.execute("insert into a(body) values (?)", (f"жаңа мақала белгі{run}",))
            base.commit()
            found = base.execute("select rowid from a where a match ?", (f"белгі{run}",)).fetchall()
            times.append(1000 * (time.perf_counter() - start))
            assert len(found) == 1
    return statistics.median(times)


def _own_process(phase: str, folder: Path, index: Path) -> Figures:
    """Figures of a phase of whole_worker.py."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.speed.whole_worker",
        phase,
        str(folder),
        str(index),
    ]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures
