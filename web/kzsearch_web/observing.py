"""What a server tells of itself: requests that are over, the access log, what is going on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from flask import Flask, Response, g, request

__all__ = ["Seen", "init_access_log", "observe", "tell_all"]

_KEY = "kzsearch_observers"
_ACCESS = logging.getLogger("kzsearch_web.access")
_PATH = "/:@!$&'()*+,;=~"
_QUERY = _PATH + "%?"


class Seen(NamedTuple):
    """One request that was answered.

    address: as it was asked for, percent-encoded. endpoint: what answered it, '' where nothing
    did. seconds: until the answer was sent, or the client was gone.
    """

    client: str
    method: str
    address: str
    protocol: str
    endpoint: str
    status: int
    size: int | None
    seconds: float


def observe(app: Flask, observer: Callable[[Seen], None]) -> None:
    """Let ``observer`` see every request when it is over."""
    if _KEY in app.extensions:
        app.extensions[_KEY].append(observer)
        return
    observers = app.extensions[_KEY] = [observer]

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        began = g.get("began", time.perf_counter())
        client, method, address = request.remote_addr or "-", request.method, _address()
        protocol = request.environ.get("SERVER_PROTOCOL", "-")
        endpoint = request.endpoint or ""

        def over() -> None:
            status, size = response.status_code, response.content_length
            seconds = time.perf_counter() - began
            seen = Seen(client, method, address, protocol, endpoint, status, size, seconds)
            for each in observers:
                each(seen)

        response.call_on_close(over)
        return response


def tell_all() -> None:
    """Let this process tell standard error what it is doing, not only what goes wrong."""
    logging.basicConfig(format="%(asctime)s %(process)d %(name)s: %(message)s")
    logging.getLogger("kzsearch_web").setLevel(logging.INFO)


def init_access_log(app: Flask) -> None:
    """Log every request where ``ACCESS_LOG`` is set: it holds what readers searched for.

    The lines go to standard error unless the program has set up logging itself.
    """
    if not app.config["ACCESS_LOG"]:
        return
    _ACCESS.setLevel(logging.INFO)
    if not _ACCESS.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        _ACCESS.addHandler(handler)
    observe(app, _log)


def _log(seen: Seen) -> None:
    """A line in the Common Log Format, the seconds it took behind it."""
    _ACCESS.info(
        '%s - - [%s] "%s %s %s" %d %s %.3f',
        seen.client,
        time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime()),
        seen.method,
        seen.address,
        seen.protocol,
        seen.status,
        "-" if seen.size is None else seen.size,
        seen.seconds,
    )


def _address() -> str:
    """The address that was asked for, without any character that could forge a line of a log."""
    query = quote(request.query_string, safe=_QUERY)
    return quote(request.path, safe=_PATH) + (f"?{query}" if query else "")
