"""The peer of ``kzsearch serve``: FTS5 behind the same waitress, with ten marked snippets.

``python -m benchmarks.speed.fts5_server FILE`` prints its address. It takes the same requests
and looks the words up as they are: no stems, no repair, no facets, no reprints.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from waitress.server import create_server

__all__ = ["make_app"]

SEARCH = """select rowid, snippet(a, 0, '<mark>', '</mark>', '…', 30)
    from a where a match ? order by rank limit 10"""


def make_app(path: str) -> Callable[..., Iterable[bytes]]:
    """A WSGI application; every thread has its own connection."""
    own = threading.local()

    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
        if not hasattr(own, "base"):
            own.base = sqlite3.connect(path, timeout=30)
        typed = parse_qs(environ["QUERY_STRING"])["q"][0]
        hits = own.base.execute(SEARCH, (match_of(typed),)).fetchall()
        body = json.dumps({"hits": hits}).encode()
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body]

    return app


def match_of(typed: str) -> str:
    """The query in FTS5's syntax, which is the same but for bare words: those are quoted."""
    return " ".join(
        part if part.startswith('"') or part == "OR" else f'"{part}"'
        for part in re.findall(r'"[^"]*"|\S+', typed)
    )


if __name__ == "__main__":
    server = create_server(make_app(sys.argv[1]), host="127.0.0.1", port=0, threads=8)
    print(f"http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()
