"""The watcher beside a server: ``kzsearch watch`` in a process of its own, in the same group."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kzsearch.cli.failures import complain

__all__ = ["watching"]

_PAUSE = 60.0
"""Seconds until a watcher that failed is started again."""

_PATIENCE = 30.0
"""Seconds a watcher has to bring what it fetched into the index."""


@contextmanager
def watching(index_path: Path | str | None, *, allow_private: bool) -> Iterator[None]:
    """Keep the index fresh within the context, also when SIGTERM ends it.

    The watcher reads a pipe that only this process holds open: should this process die without
    a word, the watcher ends as well.
    Raises SourceError when what it needs is not installed.
    """
    from kzsearch.sources.session import require_web

    require_web()
    command = [sys.executable, "-c", "from kzsearch.cli import main; main(prog_name='kzsearch')"]
    command += ["watch", "--with-parent"]
    command += ["--allow-private"] if allow_private else []
    command += ["--index", str(index_path)] if index_path else []
    ending = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep_running() -> None:
        while not ending.is_set():
            # The first line of standard output is the server's address.
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=2)
            running[:] = [process]
            code = process.wait()
            if not ending.is_set():
                complain(
                    f"the watcher ended with exit code {code}; it is started again in a minute"
                )
            ending.wait(_PAUSE)

    keeper = threading.Thread(target=keep_running, daemon=True)
    before = signal.signal(signal.SIGTERM, _end)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        for process in running:
            if process.stdin:
                process.stdin.close()
        keeper.join(_PATIENCE)
        for process in running:
            process.kill()
        signal.signal(signal.SIGTERM, before)


def _end(*_: object) -> None:
    raise SystemExit(0)
