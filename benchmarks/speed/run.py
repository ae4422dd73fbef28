"""Measure kzsearch and its peers in one run: ``python -m benchmarks.speed --articles 100000``.

Prints the table of ratios and writes it, with all figures as JSON, to ``benchmarks/results``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.speed.checking import check_hits, overlaps
from benchmarks.speed.corpus import SENTENCES, Corpus
from benchmarks.speed.engines import ENGINES
from benchmarks.speed.preparing import SHARED, prepare_sentences
from benchmarks.speed.queries import Queries, sample_queries, save_queries
from benchmarks.speed.running import run_engines
from benchmarks.speed.table import print_table
from benchmarks.speed.whole import PARTS, measure_whole

__all__ = ["main"]

RESULTS = Path(__file__).resolve().parents[1] / "results"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prepare the corpus, run every engine, then kzsearch as a whole; print and write."""
    options = _options(arguments)
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
        result = measure(options, options.work)
    else:
        with tempfile.TemporaryDirectory(prefix="kzsearch-speed-") as folder:
            result = measure(options, Path(folder))
    name = options.name or f"speed-{options.articles}"
    text = print_table(result)
    print(text)
    (RESULTS / f"{name}.txt").write_text(text, encoding="utf-8")
    raw = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(raw + "\n", encoding="utf-8")


def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All figures of a run, as they go into the JSON file."""
    source = prepare_sentences(folder / SENTENCES, options.shared, reuse=options.reuse)
    corpus = Corpus(folder, options.articles, options.seed)
    run = {"articles": corpus.articles, "seed": corpus.seed}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    queries = sample_queries(corpus, options.queries)
    save_queries(queries, folder)
    result: dict[str, Any] = {
        "about": _about(options, source),
        "articles": corpus.articles,
        "text_bytes": corpus.text_bytes(),
        "engines": {},
    }
    hits = {}
    for name, row in run_engines(options.engines, corpus, reuse=options.reuse):
        hits[name] = row.pop("hits")
        result["engines"][name] = row
        print(name, json.dumps(row), file=sys.stderr, flush=True)
    result |= _answers(corpus, queries, hits)
    result["whole"] = measure_whole(corpus, queries, options.whole) if options.whole else {}
    return result


def _answers(corpus: Corpus, queries: Queries, hits: dict[str, Any]) -> dict[str, Any]:
    """Whether the engines answered right, and how alike."""
    checked = check_hits(corpus, queries, hits)
    base = "tantivy" if "tantivy" in hits else next(iter(hits), "")
    return {
        "checked": {name: asdict(each) for name, each in checked.items()},
        "overlap": {"with": base, **overlaps(hits, base)},
    }


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200, help="queries a mode")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=list(ENGINES))
    parser.add_argument(
        "--whole", nargs="*", choices=PARTS, default=list(PARTS), help="kzsearch as users meet it"
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder ../shared")
    parser.add_argument("--work", type=Path, help="keep corpus and indexes of peers here")
    parser.add_argument(
        "--reuse", action="store_true", help="use kzsearch's own indexes again, too"
    )
    parser.add_argument("--name", help="name of the result files")
    return parser.parse_args(arguments)


def _about(options: argparse.Namespace, source: str) -> list[str]:
    chosen = "" if options.engines == list(ENGINES) else f" --engines {' '.join(options.engines)}"
    if options.whole != list(PARTS):
        chosen += f" --whole {' '.join(options.whole)}"
    chosen += " --reuse" if options.reuse else ""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [
        f"command: python -m benchmarks.speed --articles {options.articles}{chosen}",
        f"{dt.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"load when it began: {load}",
        f"{options.articles:,} articles of about 256 words, recombined from {source}; "
        f"{options.queries} queries a mode, ten hits, best of three, after warming up",
    ]
