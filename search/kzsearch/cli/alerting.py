"""Alerts beside the sources: run once, or again and again while sources are watched."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kzsearch.cli.failures import complain
from kzsearch.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    KzsearchError,
)

if TYPE_CHECKING:
    from kzsearch.index import Index
    from kzsearch.sources import Places

__all__ = ["alerting", "run_and_tell"]

_LOOK_SECONDS = 5.0
"""How often to see whether articles have come in, or a digest is to be tried again."""

_PATIENCE = 40.0
"""Seconds that a digest being sent has to arrive when the watcher ends."""


def run_and_tell(
    places: Places, index: Index, *, allow_private: bool, say: Callable[[str], object]
) -> int:
    """Run the alerts and say of each digest what became of it; returns how many failed."""
    from kzsearch.alerts import run_alerts
    from kzsearch.alerts.sending import Sender
    from kzsearch.cli.console import printable

    reports = run_alerts(places, index, sender=Sender(allow_private=allow_private))
    for report in reports:
        (complain if report.error else say)(printable(str(report)))
    return sum(bool(report.error) for report in reports)


@contextmanager
def alerting(
    places: Places,
    index_path: Path | str | None,
    *,
    allow_private: bool,
    say: Callable[[str], object],
) -> Iterator[None]:
    """Run the alerts within the context whenever articles have come in, in a thread of its own.

    A mail server that is slow or gone keeps nobody from fetching.
    """
    stop = threading.Event()
    runner = _Runner(places, index_path, allow_private, say)

    def keep_running() -> None:
        while not stop.wait(_LOOK_SECONDS):
            runner.run()
        runner.run()  # of what came in at the end
        runner.close()

    runner.run()  # what is there now is not new
    thread = threading.Thread(target=keep_running, name="alerts", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE)


class _Runner:
    """Runs alerts when they are due; complains of each trouble once."""

    def __init__(
        self,
        places: Places,
        index_path: Path | str | None,
        allow_private: bool,
        say: Callable[[str], object],
    ) -> None:
        self._places = places
        self._index_path = index_path
        self._allow_private = allow_private
        self._say = say
        self._index: Index | None = None
        self._trouble = ""

    def run(self) -> None:
        """Run what is due."""
        try:
            self._run()
            self._trouble = ""
        except IndexMissingError:
            pass  # the first article is still to come
        except KzsearchError as error:
            if str(error) != self._trouble:
                complain(f"alerts: {error}")
            self._trouble = str(error)

    def _run(self) -> None:
        from kzsearch.alerts import alerts_due, load_alerts
        from kzsearch.index import open_index

        if not load_alerts(self._places.sources).alerts:
            return
        if self._index is None:
            self._index = open_index(self._index_path)
        try:
            if alerts_due(self._places, self._index.generation, time.time()):
                run_and_tell(
                    self._places, self._index, allow_private=self._allow_private, say=self._say
                )
        except (IndexDamagedError, IndexMismatchError):
            self.close()  # it may be rebuilt
            raise

    def close(self) -> None:
        """Let go of the index."""
        if self._index is not None:
            self._index.close()
            self._index = None
