"""Serving the application with waitress, a production server in pure Python."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Mapping
from pathlib import Path

from waitress.server import create_server

from kzsearch.errors import KzsearchError
from kzsearch_web.app import create_app
from kzsearch_web.door import door_of

__all__ = ["serve"]


def serve(
    index_path: Path | str | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    threads: int = 8,
    config: Mapping[str, object] | None = None,
) -> None:
    """Serve the search page until interrupted, after printing its address.

    port: 0 takes any free one. config: see ``create_app``.
    Raises KzsearchError when the address cannot be listened on.
    """
    app = create_app(index_path, config=config)
    # With more readers than threads some always wait a little: no news for each of them.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    listening = _listen(host, port)
    server = create_server(app, sockets=[listening], threads=threads, ident="kzsearch")
    name = f"[{host}]" if ":" in host else host
    print(f"http://{name}:{listening.getsockname()[1]}/", flush=True)
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
