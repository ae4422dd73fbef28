"""One writer at a time, and a sentence that says who it is.

The lock itself is an operating system lock (``filelock``), let go of even when
the holder is killed. A small file beside it says who holds it; it is only
believed while the lock is really held, so a stale one does no harm.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from kzsearch.engine.local.store.files import writing_to
from kzsearch.errors import IndexLockedError

__all__ = ["HOLDER_NAME", "LOCK_NAME", "writer_lock"]

LOCK_NAME = "writer.lock"
HOLDER_NAME = "writer.json"
WAIT_SECONDS = 2.0
"""How long to keep trying while another writer holds the lock: a small commit is over by then."""


@contextlib.contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Hold the writer lock of an index.

    Raises IndexLockedError naming the holder, IndexWriteError.
    """
    lock = FileLock(directory / LOCK_NAME)
    holder = directory / HOLDER_NAME
    with writing_to(directory):
        try:
            lock.acquire(timeout=WAIT_SECONDS)
        except Timeout:
            raise IndexLockedError(
                f"The index at {directory} is being written by {_describe(holder)}; "
                "try again when it has finished."
            ) from None
    try:
        with writing_to(directory):
            holder.write_text(json.dumps(_myself()), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.release()


def _myself() -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }


def _describe(holder: Path) -> str:
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
        since = dt.datetime.fromisoformat(who["since"])
        seconds = max(0, round((dt.datetime.now(dt.UTC) - since).total_seconds()))
        return f"process {who['pid']} on {who['host']} (for {seconds} s, since {who['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
