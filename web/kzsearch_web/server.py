"""Serving the application with waitress, a production server in pure Python."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from waitress.server import create_server

from kzsearch.errors import KzsearchError
from kzsearch_web.app import create_app
from kzsearch_web.door import door_of
from kzsearch_web.helpers import helping

__all__ = ["serve"]


def serve(
    index_path: Path | str | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    threads: int = 8,
    processes: int = 1,
    config: Mapping[str, object] | None = None,
) -> None:
    """Serve the search page until interrupted, after printing its address.

    port: 0 takes any free one. config: see ``create_app``.
    threads: requests that each process answers at a time; of its threads one runs at a moment.
    processes: how many answer, each with the index open; more than one need the calling program
        to be importable, as ``multiprocessing`` asks.
    Raises KzsearchError when the address cannot be listened on.
    """
    listening = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    with helping(processes - 1, _answer, listening, index_path, threads, config):
        _answer(listening, index_path, threads, config, lambda: print(address, flush=True))


def _answer(
    listening: socket.socket,
    index_path: Path | str | None,
    threads: int,
    config: Mapping[str, object] | None,
    ready: Callable[[], None],
) -> None:
    """Answer requests until interrupted; ``ready`` is called when they can come."""
    app = create_app(index_path, config=config)
    # With more readers than threads some always wait a little: no news for each of them.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(app, sockets=[listening], threads=threads, ident="kzsearch")
    ready()
    try:
        server.run()
    finally:
        server.close()
        door_of(app).close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        if port not in range(65536):
            raise OSError(errno.EINVAL, "ports go from 0 to 65535")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = {
            errno.EADDRINUSE: "another program uses it, so choose another port",
            errno.EACCES: "this user may not use it, so choose a port above 1023",
        }.get(error.errno or 0, error.strerror)
        raise KzsearchError(f"Cannot listen on {host}, port {port}: {reason}.") from error
