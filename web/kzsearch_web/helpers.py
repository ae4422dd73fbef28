"""Helper processes beside a server: Python runs one thread of a process at a time.

A helper that dies is started again. Helpers end with the process that started them, even when
that is killed.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

__all__ = ["helping"]

_PATIENCE = 60.0
"""Seconds until a helper must be ready; the server goes on without one that is not."""

_PAUSE = 1.0
"""Seconds until a helper that died is started again."""

_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy locks that threads hold
_LOGGER = logging.getLogger(__name__)


@contextmanager
def helping(
    count: int, answer: Callable[..., None], *arguments: Any, patience: float = _PATIENCE
) -> Iterator[Callable[[], None]]:
    """Let so many processes call ``answer(*arguments, ready)`` within the context.

    They call ``ready`` when they can answer, which is waited for. All must be importable.
    Yields what tells them to end by SIGTERM, as the end of the context does; they have
    ``patience`` seconds for it.
    """
    ending = threading.Event()
    helpers = [_started(answer, arguments) for _ in range(count)]
    processes = [process for process, _ in helpers]
    for _, ready in helpers:
        ready.poll(_PATIENCE)

    def keep_running() -> None:
        while not ending.wait(_PAUSE):
            for place, process in enumerate(processes):
                if not process.is_alive() and not ending.is_set():
                    _LOGGER.error("a helper ended with exit code %s", process.exitcode)
                    processes[place], _ = _started(answer, arguments)

    keeper = threading.Thread(target=keep_running, daemon=True)
    if helpers:
        keeper.start()

    def end() -> None:
        if ending.is_set():
            return  # a second signal would not let them finish
        ending.set()
        if helpers:
            keeper.join()
        for process in processes:
            process.terminate()

    try:
        yield end
    finally:
        end()
        for process in processes:
            process.join(patience)
            process.kill()


def _started(
    answer: Callable[..., None], arguments: tuple[Any, ...]
) -> tuple[SpawnProcess, Connection]:
    """A helper, and where it says that it is ready."""
    hears, tells = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_help, args=(answer, arguments, tells), daemon=True)
    process.start()
    tells.close()
    return process, hears


def _help(answer: Callable[..., None], arguments: tuple[Any, ...], tells: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to end
    threading.Thread(target=_end_with_parent, daemon=True).start()
    answer(*arguments, lambda: tells.send(True))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(0)
