"""Sixteen clients on a real server while articles are added, and the same on FTS5."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.speed.measuring import memory_mb
from benchmarks.speed.running import ROOT
from kzsearch import Article, open_index

__all__ = ["measure_serving"]

SECONDS = 20
ADD_EVERY = 1.0

Figures = dict[str, Any]


def measure_serving(folder: Path, serve: Sequence[str], index: Path, base: Path) -> Figures:
    """Requests a second, p99, errors and memory of ``kzsearch serve`` and of FTS5's server.

    folder: holds the queries. serve: the command that serves ``index``.
    """
    command = [*serve, "--port", "0", "--index", str(index)]
    fts5 = [sys.executable, "-m", "benchmarks.speed.fts5_server", str(base)]
    with (
        open_index(index) as opened,
        closing(sqlite3.connect(base, timeout=30, check_same_thread=False)) as table,
    ):

        def add_article(number: int) -> None:
            body = f"Мұнда қосылған{number} деген сөз бар."
            opened.add([Article(id=f"live-{number}", title="Жаңа мақала", body=body)])

        def add_row(number: int) -> None:
            table.execute("insert into a(body) values (?)", (f"жаңа мақала қосылған{number}",))
            table.commit()

        return {
            "kzsearch": _serve(command, folder, add_article),
            "fts5": _serve(fts5, folder, add_row),
        }


def _serve(command: Sequence[str], folder: Path, add: Callable[[int], None]) -> Figures:
    """Start a server that prints its address first, ask it, and end it."""
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = server.stdout.readline().strip()
        ended = threading.Event()
        added: list[int] = []
        failures: list[str] = []

        def keep_adding() -> None:
            while not ended.wait(ADD_EVERY):
                try:
                    add(len(added))
                    added.append(len(added))
                except Exception as error:  # whatever it is, it is to be told, not to hang
                    failures.append(repr(error))

        writer = threading.Thread(target=keep_adding)
        clients = [sys.executable, "-m", "benchmarks.speed.clients", address, str(folder)]
        asking = subprocess.Popen(
            [*clients, str(SECONDS)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        writer.start()
        answer = asking.communicate()[0]
        memory = memory_mb(server.pid)
        ended.set()
        writer.join()
        figures: Figures = json.loads(answer)
        figures["errors"] += len(failures)
        return figures | memory | {"added": len(added), "failed_to_add": failures[:3]}
    finally:
        server.terminate()
        server.wait()
