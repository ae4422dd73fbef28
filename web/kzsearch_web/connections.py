"""Connections that cannot be abused: a bounded time for a header, no bodies, a polite close.

waitress knows only how long a connection was inactive, so one that drips a letter a second stays
for ever, and a hundred of them are all that it holds. Here the whole header must come in
``HEADER_SECONDS``. Nothing is ever sent to this site but questions, so a request that brings a
body is refused at its header.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import socket
import time
from collections.abc import Mapping
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

__all__ = ["bounded_channel", "raise_file_limit", "waitress_options"]

_LOGGER = logging.getLogger(__name__)

_HEADER_BYTES = 65_536
"""The longest header: twenty filters and a query of a thousand letters, percent-encoded, fit."""

_CROWDED = 0.8
"""From this share of ``CONNECTIONS`` on, room is made for new ones."""

_API = re.compile(rb"\S+ /api/")

_SENTENCES = {
    "Bad URI": "The address holds letters that are not percent-encoded: write %D0%BC for “м”, "
    "or let curl do it with -G --data-urlencode 'q=…'.",
    RequestEntityTooLarge.code: "This address can be read but not written to.",
}
"""What is wrong with a request, by what waitress says, or by its status."""


def waitress_options(config: Mapping[str, Any]) -> dict[str, object]:
    """What waitress is told, beside what this module does itself."""
    return {
        "connection_limit": config["CONNECTIONS"],
        "channel_timeout": config["IDLE_SECONDS"],
        "cleanup_interval": 1,
        "max_request_body_size": 1,  # bytes; from so many on a body is refused
        "max_request_header_size": _HEADER_BYTES,
        "asyncore_use_poll": True,  # select() breaks from the 1024th file on
        # waitress would take away what ProxyFix is to read; without proxies nothing reads it.
        "clear_untrusted_proxy_headers": not config["PROXIES"],
    }


def raise_file_limit(files: int) -> None:
    """Let this process have so many files open, as far as the system allows it."""
    try:
        import resource
    except ImportError:  # no such limit there
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files if hard == resource.RLIM_INFINITY else min(files, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def bounded_channel(config: Mapping[str, Any]) -> type[HTTPChannel]:
    """The kind of connection that these settings make."""
    seconds = {
        "header_seconds": config["HEADER_SECONDS"],
        "idle_seconds": config["IDLE_SECONDS"],
    }
    return type("Channel", (_BoundedChannel,), seconds)


class _Refusal(ErrorTask):  # type: ignore[misc]
    """The answer to what is no request: under ``/api/`` JSON, as all errors are there."""

    def execute(self) -> None:
        """Send it, and close the connection."""
        if not _API.match(getattr(self.request, "first_line", b"")):
            super().execute()
            return
        error = self.request.error
        sentence = _SENTENCES.get(error.body) or _SENTENCES.get(error.code)
        sentence = sentence or f"{error.reason}: {error.body}."
        body = json.dumps({"error": sentence}, ensure_ascii=False).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _BoundedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection of waitress that lets nobody take his time.

    waitress asks ``readable`` of every connection at least once a second.
    """

    error_task_class = _Refusal

    header_seconds: float = 10
    idle_seconds: float = 30

    _waiting_since = 0.0
    """When a header began to be waited for: with the connection, or the first byte of the next.

    0 while none is.
    """

    _lingers_until = 0.0
    """Till when what a refused client still sends is read and thrown away, after the answer.

    A connection that is closed over unread bytes is reset, and the answer lost.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waiting_since = time.monotonic()
        self._make_room()

    def _make_room(self) -> None:
        """Where nearly all connections are taken, the one goes that waits longest for a header.

        Who asks at once stays, however many others only connect.
        """
        others = self.server.active_channels.values()
        if len(others) > self.adj.connection_limit * _CROWDED:
            waiting = [each for each in others if each._waiting_since and not each.will_close]
            min(waiting, key=lambda each: each._waiting_since, default=self).will_close = True

    def readable(self) -> bool:
        """Whether more may be read; decides, too, whether this has taken too long."""
        now = time.monotonic()
        if self._lingers_until:
            if now >= self._lingers_until:
                self.will_close = True
            return not self.will_close
        if self._waiting_since and (self.requests or self.total_outbufs_len):
            self._waiting_since = now  # what was sent ahead waits for its turn
        elif self._waiting_since and now - self._waiting_since > self.header_seconds:
            self.will_close = True
            _LOGGER.info("%s sent no whole header and was let go", self.addr)
        if self.total_outbufs_len and time.time() - self.last_activity > self.idle_seconds:
            self.will_close = True  # nobody reads the answer, also while it is being made
        return bool(super().readable())

    def handle_read(self) -> None:
        """Read on; what comes behind a refused header goes nowhere."""
        if not self._lingers_until:
            super().handle_read()
            return
        try:
            if not self.recv(self.adj.recv_bytes):
                self.will_close = True
        except OSError:
            self.handle_close()

    def received(self, data: bytes) -> bool:
        """Take in a part of a request; a whole header ends the waiting, the next begins it."""
        heard = bool(super().received(data))
        if self.requests:
            self._waiting_since = 0.0
        elif not self._waiting_since:
            self._waiting_since = time.monotonic()
        return heard

    def send_continue(self) -> None:
        """Tell a client that asks whether it may send a body: no."""
        self.request.expect_continue = False
        self.request.error = self.request.error or RequestEntityTooLarge("no body is taken")
        self.request.completed = True

    def writable(self) -> bool:
        """Whether there is something to send, or the connection is to be closed."""
        return bool(self.will_close) if self._lingers_until else bool(super().writable())

    def handle_write(self) -> None:
        """Send on; a connection that is closed after a refusal first lets its client finish."""
        refused = self.close_when_flushed and not self.will_close
        if refused and not self._lingers_until:
            self._flush_exception(self._flush_some)
            if self.connected and not self.total_outbufs_len:
                with contextlib.suppress(OSError):
                    self.socket.shutdown(socket.SHUT_WR)
                self._waiting_since = time.monotonic()  # for it to go; it may make room
                self._lingers_until = self._waiting_since + self.idle_seconds
            if not self.will_close:
                return
        super().handle_write()
