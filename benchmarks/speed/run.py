"""Measure kzsearch and its peers in one run: `python benchmarks/speed/run.py`.

Every engine has a process of its own and builds the same articles, then answers 200
queries of each mode; each query runs three times and its best time counts. Prints a table
of ratios to plain whoosh3 and writes raw numbers to `benchmarks/results/speed.json`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import corpus
from engines import ADAPTERS, Kzsearch

RESULTS = Path(__file__).resolve().parents[1] / "results"
REPEATS = 3

Search = Callable[[str, tuple[str, ...]], list[int]]


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below a folder, a hard-linked file once."""
    files = {f.stat().st_ino: f.stat().st_size for f in folder.rglob("*") if f.is_file()}
    return sum(files.values())


def measure(key: str, articles: int) -> list[dict[str, object]]:
    """Build and query one engine; runs in a process of its own. A row for each way to ask it."""
    bench = corpus.make(articles)
    engine = ADAPTERS[key]()
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        engine.build(Path(name), bench.articles)
        built: dict[str, object] = {
            "articles_a_second": articles / (time.perf_counter() - start),
            "index_bytes": folder_bytes(Path(name)),
        }
        ways = {engine.name: engine.search}
        if isinstance(engine, Kzsearch):
            ways[f"{engine.name}, whole search"] = engine.whole_search
        for label, search in ways.items():
            times = {mode: latency(search, mode, bench.queries[mode]) for mode in corpus.MODES}
            rows.append({"engine": label, **built, **times})
    return rows


def latency(search: Search, mode: str, queries: list[tuple[str, ...]]) -> dict[str, float] | None:
    """Median and 95th percentile over the queries in milliseconds; None for a mode it lacks."""
    try:
        times = [best(search, mode, stems) for stems in queries]
    except NotImplementedError:
        return None
    return {"p50": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1]}


def best(search: Search, mode: str, stems: tuple[str, ...]) -> float:
    """Best of three times of one query, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        search(mode, stems)
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def table(rows: list[dict], base: dict) -> str:
    """The rows as text; in brackets how many times faster than plain whoosh3."""
    head = ["engine", "articles/s", "index MB", *(f"{mode} p50/p95 ms" for mode in corpus.MODES)]
    lines = [head]
    for row in rows:
        rate, size = row["articles_a_second"], row["index_bytes"]
        cells = [
            row["engine"],
            f"{rate:.0f} ({rate / base['articles_a_second']:.2g}x)",
            f"{size / 1e6:.1f} ({size / base['index_bytes']:.2g})",
        ]
        for mode in corpus.MODES:
            t = row[mode]
            ratio = f" ({base[mode]['p50'] / t['p50']:.3g}x)" if t else ""
            cells.append(f"{t['p50']:.3f}/{t['p95']:.3f}{ratio}" if t else "no such query")
        lines.append(cells)
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def main() -> None:
    """Run every engine one after another, print and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--engines", nargs="*", choices=ADAPTERS, default=list(ADAPTERS))
    parser.add_argument("--name", default="speed", help="name of the result files")
    options = parser.parse_args()
    rows = []
    for key in options.engines:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rows += pool.apply(measure, (key, options.articles))
        print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    about = (
        f"{options.articles} articles of about {corpus.WORDS_AN_ARTICLE} words,"
        f" {corpus.QUERIES_A_MODE} queries a mode, ten hits; {dt.date.today()},"
        f" Python {platform.python_version()}, {os.cpu_count()} cores\n"
        "command: python benchmarks/speed/run.py "
        f"--articles {options.articles} --engines {' '.join(options.engines)}\n"
        "in brackets: times as fast (as large) as plain whoosh3 in this run\n"
    )
    base = next((row for row in rows if str(row["engine"]).startswith("whoosh3")), rows[0])
    text = f"{about}\n{table(rows, base)}\n"
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{options.name}.txt").write_text(text, encoding="utf-8")
    raw = json.dumps({"about": about, "rows": rows}, ensure_ascii=False, indent=1)
    (RESULTS / f"{options.name}.json").write_text(raw + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
