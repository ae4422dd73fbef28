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
from collections.abc import Iterator
from pathlib import Path

from kzsearch.engine.local.store.files import writing_to
from kzsearch.errors import IndexLockedError, IndexWriteError

__all__ = ["HOLDER_NAME", "LOCK_NAME", "WriterLock", "writer_lock"]

LOCK_NAME = "writer.lock"
HOLDER_NAME = "writer.json"
WAIT_SECONDS = 2.0
"""How long to keep trying while another writer holds the lock: a small commit is over by then."""


class WriterLock:
    """The writer lock of an index while it is held."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file = self._found()

    def _found(self) -> tuple[int, int] | None:
        try:
            state = (self._directory / LOCK_NAME).stat()
        except OSError:
            return None
        return state.st_dev, state.st_ino

    @property
    def holds(self) -> bool:
        """Whether the index is still the one that was locked.

        Its lock file is open, so no other file can have the same inode.
        """
        return self._file is not None and self._found() == self._file

    def check(self) -> None:
        """Raises IndexWriteError when the index was removed or replaced by another."""
        if not self.holds:
            raise IndexWriteError(
                f"The index at {self._directory} was removed or replaced while it was being "
                "written; what is there now was left as it is: run the command again to add to it."
            )


@contextlib.contextmanager
def writer_lock(directory: Path) -> Iterator[WriterLock]:
    """Hold the writer lock of an index.

    Raises IndexLockedError naming the holder, IndexWriteError.
    """
    from filelock import FileLock, Timeout  # most processes only read

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
    held = WriterLock(directory)
    try:
        with writing_to(directory):
            holder.write_text(json.dumps(_myself()), encoding="utf-8")
        yield held
    finally:
        if held.holds:
            with contextlib.suppress(OSError):
                holder.unlink()
        lock.release()


def _myself() -> dict[str, object]:
    import socket

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
