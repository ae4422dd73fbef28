"""The time: one place to ask for it and to wait, so that tests can hold it still."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import Protocol

from kzsearch.documents import ALMATY

__all__ = ["Clock", "Stopped", "SystemClock", "local_time", "spell_age"]


class Stopped(Exception):
    """The work is to end: somebody sent a signal. No error."""


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Let the time pass. Raises Stopped as soon as ``stop`` is set."""
        ...


class SystemClock:
    """The clock of the computer."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Let the time pass. Raises Stopped as soon as ``stop`` is set."""
        if stop.wait(max(seconds, 0)):
            raise Stopped


def local_time(moment: float, now: float) -> str:
    """A moment for people in Kazakhstan: ``14:30`` today, else ``2025-09-29 14:30``."""
    then, today = (dt.datetime.fromtimestamp(at, ALMATY) for at in (moment, now))
    return f"{then:%H:%M}" if then.date() == today.date() else f"{then:%Y-%m-%d %H:%M}"


def spell_age(seconds: float) -> str:
    """How long ago something was, in one unit: ``5 minutes ago``."""
    for length, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {unit}{'s' if count != 1 else ''} ago"
    return "just now"
