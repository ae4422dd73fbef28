"""kzsearch through its Python door, in a process of its own: whole searches, single additions.

``python -m benchmarks.speed.whole_worker search FOLDER INDEX`` prints one JSON object.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed.corpus import Word
from benchmarks.speed.measuring import calibrate, memory_mb, percentiles
from benchmarks.speed.queries import MODES, load_queries
from kzsearch import Article, Index, open_index

__all__ = ["query_text"]

REPEATS = 3
ADDITIONS = 11


def query_text(mode: str, words: Sequence[Word]) -> str:
    """A query as one types it."""
    written = [word.exact for word in words]
    match mode:
        case "or":
            return " OR ".join(written)
        case "phrase":
            return f'"{" ".join(written)}"'
        case _:
            return " ".join(written)


def search(folder: Path, index: Index) -> dict[str, object]:
    """Latency of ``Index.search`` in each mode: ten snippets, facets, reprints folded.

    ``cpu``: the same in time of the processor, which other programs do not lengthen: where only the
    time that passed is long, the machine was busy.
    """
    queries = load_queries(folder)
    before = calibrate()
    first = 1000 * _timed(index, query_text("term", queries["term"][0]))[0]
    latency, used = {}, {}
    for mode in MODES:
        texts = [query_text(mode, words) for words in queries[mode]]
        times = [[_timed(index, text) for _ in range(REPEATS)] for text in texts]
        latency[mode] = percentiles(min(passed for passed, _ in each) for each in times)
        used[mode] = percentiles(min(cpu for _, cpu in each) for each in times)
    return {
        "first_ms": first,
        **latency,
        "cpu": used,
        **memory_mb(),
        "calibration": [before, calibrate()],
    }


def add(index: Index) -> dict[str, object]:
    """Median of the time until one more article is durable and found by a word of its own."""
    times = []
    for run in range(ADDITIONS):
        article = Article(id=f"new-{run}", title="Жаңа мақала", body=f"Мұнда белгі{run} тұр.")
        start = time.perf_counter()
        index.add([article])
        found = index.search(f"белгі{run}").hits
        times.append(1000 * (time.perf_counter() - start))
        if [hit.article.id for hit in found][:1] != [article.id]:
            raise RuntimeError(f"{article.id} was added and is not found")
    return {"ms": statistics.median(times), "most_ms": max(times)}


def _timed(index: Index, text: str) -> tuple[float, float]:
    """Seconds that a search took, and seconds of the processor."""
    start, used = time.perf_counter(), time.process_time()
    index.search(text)
    return time.perf_counter() - start, time.process_time() - used


if __name__ == "__main__":
    with open_index(sys.argv[3]) as opened:
        print(
            json.dumps(
                search(Path(sys.argv[2]), opened) if sys.argv[1] == "search" else add(opened)
            )
        )
