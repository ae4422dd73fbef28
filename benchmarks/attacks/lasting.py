"""An index that is opened and searched for long takes no more files and memory than at first."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from benchmarks.attacks.articles import QUERIES, made
from kzsearch.engine import open_engine
from kzsearch.index import Index
from kzsearch.morphology import Analyzer

WARM = 0.2
"""The share of all openings and searches after which nothing may grow any more."""

GROWTH = 8 << 20
"""Bytes that memory may vary by, as allocators do."""


def last(path: Path, analyzer: Analyzer, openings: int, searches: int) -> dict[str, int]:
    """Open an index so often, and search one so often while it is written to now and then."""
    engine = open_engine(path, create=True, analyzer=analyzer)
    engine.add(made(number) for number in range(60))
    engine.add(made(number, 2) for number in range(0, 60, 7))
    engine.close()
    files, grown = [], []
    for number in range(openings):
        engine = open_engine(path, analyzer=analyzer)
        Index(path, engine, analyzer).search("мектеп", limit=3)
        engine.close()
        if number == round(openings * WARM):
            before = _taken()
    files.append(_taken()[0] - before[0])
    grown.append(_taken()[1] - before[1])
    engine = open_engine(path, analyzer=analyzer)
    index = Index(path, engine, analyzer)
    for number in range(searches):
        index.search(QUERIES[number % len(QUERIES)], limit=5, page=1 + number % 3)
        if number % 500 == 0:
            index.add([made(number // 500 % 60, number)])
        if number == round(searches * WARM):
            before = _taken()
    files.append(_taken()[0] - before[0])
    grown.append(_taken()[1] - before[1])
    segments = engine.stats().segments
    engine.close()
    assert files[0] == 0, files
    assert files[1] <= 4 * segments, (files, segments)
    assert max(grown) <= GROWTH, grown
    return {
        "openings": openings,
        "files more after them": files[0],
        "KiB more after them": grown[0] >> 10,
        "searches": searches,
        "files more after these": files[1],
        "KiB more after these": grown[1] >> 10,
    }


def _taken() -> tuple[int, int]:
    """Open files and resident bytes of this process."""
    gc.collect()
    files = len(os.listdir("/proc/self/fd"))
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return files, pages * os.sysconf("SC_PAGE_SIZE")
