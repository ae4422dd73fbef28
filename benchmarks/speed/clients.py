"""Sixteen clients that ask one after another: ``python -m benchmarks.speed.clients URL FOLDER 20``.

Each keeps its connection and draws from all queries of the run. Prints one JSON object.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.speed.queries import load_queries
from benchmarks.speed.whole_worker import query_text

__all__ = ["Client"]

CLIENTS = 16


class Client(threading.Thread):
    """Asks until a moment; keeps the seconds of every answer and the first errors."""

    def __init__(self, host: str, paths: Sequence[str], until: float, seed: int) -> None:
        super().__init__()
        self.host, self.paths, self.until = host, paths, until
        self.draw = random.Random(seed)
        self.times: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        """Ask; a failed request is an error, and the next has a new connection."""
        connection = http.client.HTTPConnection(self.host, timeout=30)
        while time.perf_counter() < self.until:
            path = self.draw.choice(self.paths)
            start = time.perf_counter()
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                answer = json.loads(response.read())
                if response.status != 200 or "hits" not in answer:
                    raise ValueError(f"status {response.status}: {answer}")
                self.times.append(time.perf_counter() - start)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.errors.append(f"{path}: {error!r}")
                connection.close()


def main(address: str, folder: Path, seconds: float) -> None:
    """Ask a server for some seconds and print what came of it."""
    queries = load_queries(folder)
    texts = [query_text(mode, words) for mode, rows in queries.items() for words in rows]
    paths = [f"/api/search?q={quote(text)}" for text in texts]
    start = time.perf_counter()
    host = urlsplit(address).netloc
    clients = [Client(host, paths, start + seconds, seed) for seed in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.perf_counter() - start
    ms = [1000 * each for client in clients for each in client.times]
    errors = [error for client in clients for error in client.errors]
    figures = {
        "requests": len(ms),
        "requests_a_second": len(ms) / took,
        "p50": statistics.median(ms),
        "p99": statistics.quantiles(ms, n=100)[-1],
        "errors": len(errors),
        "first_errors": errors[:3],
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
