"""Ending a server politely: SIGTERM and Ctrl-C let running requests end, then it goes."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from waitress import wasyncore

__all__ = ["run_until_told", "told_to_stop"]

_LOGGER = logging.getLogger(__name__)

_ROUND = 1.0
"""Seconds that a round of the loop waits for something to happen."""

_SHORT_ROUND = 0.05
"""The same while the server is ending."""


@contextmanager
def told_to_stop(wake: Callable[[], None]) -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set within the context; ``wake`` is called then.

    A second SIGINT does not wait for running requests: KeyboardInterrupt. Helper processes are
    told by the server alone. Outside the main thread signals are none of this module's business.
    """
    told = threading.Event()

    def tell(number: int, _frame: object) -> None:
        if told.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        told.set()
        wake()

    if threading.current_thread() is not threading.main_thread():
        yield told
        return
    helper = multiprocessing.parent_process() is not None
    numbers = (signal.SIGTERM,) if helper else (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, tell) for number in numbers}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_until_told(
    server: Any, told: threading.Event, seconds: float, ending: Callable[[], None]
) -> None:
    """Run a waitress server until ``told`` is set, then let running requests end.

    They have so many ``seconds``; new ones are not taken. ending: called before that.
    """
    while not told.is_set():
        _go_round(server, _ROUND)
    running = sum(bool(channel.requests) for channel in server.active_channels.values())
    _LOGGER.info("is ending, requests still running: %d", running)
    ending()
    server.accepting = False
    _go_round(server, 0)  # what has already come is still answered
    deadline = time.monotonic() + seconds
    while server.active_channels and time.monotonic() < deadline:
        for channel in server.active_channels.values():
            if not channel.requests and not channel.total_outbufs_len:
                channel.will_close = True
        _go_round(server, _SHORT_ROUND)
    server.task_dispatcher.shutdown(timeout=_ROUND)


def _go_round(server: Any, seconds: float) -> None:
    wasyncore.loop(timeout=seconds, use_poll=True, map=server._map, count=1)
