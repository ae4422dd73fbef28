"""Helper processes beside a server: Python runs one thread of a process at a time.

A helper that dies is started again. Helpers end with the process that started them, even when
that is killed.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

__all__ = ["Helpers", "helping"]

_PATIENCE = 60.0
"""Seconds until a helper must be ready; the server goes on without one that is not."""

_PAUSE = 1.0
"""Seconds until a helper that died is started again."""

_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy locks that threads hold
_LOGGER = logging.getLogger(__name__)


class Helpers:
    """Processes that call ``answer(*arguments, line, ready)``; all must be importable.

    line: the helper's end of a pair of sockets. ready: is called when it can answer.
    """

    def __init__(self, count: int, answer: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self._ending = threading.Event()
        self._answer, self._arguments = answer, arguments
        self._helpers = [_Helper(answer, arguments) for _ in range(count)]
        self._keeper = threading.Thread(target=self._keep_running, daemon=True)
        for helper in self._helpers:
            helper.is_ready(_PATIENCE)
        if count:
            self._keeper.start()

    def lines(self) -> list[socket.socket]:
        """The other ends of the pairs of those that can answer."""
        return [helper.line for helper in self._helpers if helper.is_ready()]

    def end(self) -> None:
        """Tell them to end by SIGTERM."""
        if self._ending.is_set():
            return  # a second signal would not let them finish
        self._ending.set()
        if self._helpers:
            self._keeper.join()
        for helper in self._helpers:
            helper.process.terminate()

    def join(self, patience: float) -> None:
        """Wait for each so many seconds, then kill it."""
        for helper in self._helpers:
            helper.process.join(patience)
            helper.process.kill()
            helper.line.close()

    def _keep_running(self) -> None:
        while not self._ending.wait(_PAUSE):
            for place, helper in enumerate(self._helpers):
                if not helper.process.is_alive() and not self._ending.is_set():
                    _LOGGER.error("a helper ended with exit code %s", helper.process.exitcode)
                    self._helpers[place] = _Helper(self._answer, self._arguments)
                    helper.line.close()


class _Helper:
    """A process that helps, and the server's end of what connects the two."""

    def __init__(self, answer: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self.line, theirs = socket.socketpair()
        self.line.setblocking(False)
        self._hears, tells = _SPAWN.Pipe(duplex=False)
        self._ready = False
        self.process: SpawnProcess = _SPAWN.Process(
            target=_help, args=(answer, arguments, theirs, tells), daemon=True
        )
        self.process.start()
        theirs.close()
        tells.close()

    def is_ready(self, seconds: float = 0.0) -> bool:
        """Whether it can answer; waits so long for it."""
        self._ready = self._ready or self._hears.poll(seconds)
        return self._ready and self.process.is_alive()


@contextmanager
def helping(
    count: int, answer: Callable[..., None], *arguments: Any, patience: float = _PATIENCE
) -> Iterator[Helpers]:
    """Let so many processes help within the context, see ``Helpers``.

    All are waited for to be ready. At the end of the context they are told to end, and have
    ``patience`` seconds for it.
    """
    helpers = Helpers(count, answer, arguments)
    try:
        yield helpers
    finally:
        helpers.end()
        helpers.join(patience)


def _help(
    answer: Callable[..., None], arguments: tuple[Any, ...], line: socket.socket, tells: Connection
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to end
    threading.Thread(target=_end_with_parent, daemon=True).start()
    answer(*arguments, line, lambda: tells.send(True))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(0)
