"""Taking turns: one request to a host at a time, with the pause between two it wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kzsearch.sources.clock import Clock, Stopped, local_time
from kzsearch.sources.failures import FetchError

__all__ = ["MAX_WAIT", "HostTurns"]

MAX_WAIT = 60.0
"""The longest to wait for a host, in seconds; what takes longer is put off."""


class HostTurns:
    """Gives each host one visitor at a time; safe to use from many threads."""

    def __init__(self, clock: Clock, stop: threading.Event) -> None:
        self._clock = clock
        self._stop = stop
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Be the only visitor of a host, ``delay`` seconds after the last one left.

        Raises FetchError with ``retry_at`` when that would take longer than MAX_WAIT, and Stopped.
        """
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        while not lock.acquire(timeout=0.2):
            if self._stop.is_set():
                raise Stopped
        try:
            if host in self._last:
                free = self._last[host] + delay
                now = self._clock.now()
                if free - now > MAX_WAIT:
                    raise FetchError(
                        f"{host} wants to be left alone until {local_time(free, now)}",
                        retry_at=free,
                    )
                if free > now:
                    self._clock.wait(free - now, self._stop)
            if self._stop.is_set():
                raise Stopped
            try:
                yield
            finally:
                self._last[host] = self._clock.now()
        finally:
            lock.release()
