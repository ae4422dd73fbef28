"""Serving the application with waitress, a production server in pure Python."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from waitress.server import create_server

from kzsearch.errors import KzsearchError
from kzsearch_web.allocation import share_arenas
from kzsearch_web.app import create_app
from kzsearch_web.configuration import load_configuration
from kzsearch_web.connections import bounded_channel, raise_file_limit, waitress_options
from kzsearch_web.door import door_of
from kzsearch_web.helpers import helping
from kzsearch_web.metrics import counting_together
from kzsearch_web.observing import tell_all
from kzsearch_web.sharing import CAN_SHARE, HandedSocket, SharingSocket
from kzsearch_web.stopping import run_until_told, told_to_stop

__all__ = ["serve"]

_LOGGER = logging.getLogger(__name__)

_FILES = 500
"""Files open beside connections: those of the index, libraries, pipes."""

_MARGIN = 10
"""Seconds that a process takes to end beside its requests."""


def serve(
    index_path: Path | str | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    threads: int = 8,
    processes: int = 1,
    config: Mapping[str, object] | None = None,
    config_file: Path | str | None = None,
    verbose: bool = False,
) -> None:
    """Serve the search page until SIGTERM or Ctrl-C, after printing its address.

    Requests that are running then are answered. port: 0 takes any free one.
    config, config_file: see ``create_app``. verbose: tell standard error what is going on.
    threads: requests that each process answers at a time; of its threads one runs at a moment.
    processes: how many answer, each with the index open; more than one need the calling program
        to be importable, as ``multiprocessing`` asks.
    Raises KzsearchError when the address cannot be listened on or a setting is wrong.
    """
    settings = load_configuration(index_path, file=config_file, config=config)
    listening = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    options = _Options(index_path, threads, settings, config_file, verbose)
    patience = int(str(settings["STOP_SECONDS"])) + _MARGIN
    with (
        listening,
        counting_together(settings),
        helping(processes - 1, _help, listening, options, patience=patience) as helpers,
    ):
        shared = SharingSocket(listening, helpers.lines) if CAN_SHARE else listening
        _answer(shared, options, lambda: print(address, flush=True), helpers.end)


class _Options(NamedTuple):
    """What every process of a server is told, see ``serve``."""

    index_path: Path | str | None
    threads: int
    settings: Mapping[str, object]
    config_file: Path | str | None
    verbose: bool


def _help(
    listening: socket.socket, options: _Options, line: socket.socket, ready: Callable[[], None]
) -> None:
    """Answer what the server hands on, in a process of its own, see ``Helpers``."""
    _answer(HandedSocket(listening, line) if CAN_SHARE else listening, options, ready)


def _answer(
    listening: socket.socket,
    options: _Options,
    ready: Callable[[], None],
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests until told to stop; ``ready`` is called when they can come.

    ending: called when this was told to stop, before running requests are waited for.
    """
    share_arenas()
    threads = options.threads
    if options.verbose:
        tell_all()
    app = create_app(options.index_path, config=options.settings, config_file=options.config_file)
    config = app.config
    # With more readers than threads some always wait a little: no news for each of them.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    raise_file_limit(config["CONNECTIONS"] + _FILES)
    server = create_server(
        app, sockets=[listening], threads=threads, ident="kzsearch", **waitress_options(config)
    )
    server.channel_class = bounded_channel(config)
    try:
        with told_to_stop(server.pull_trigger) as told:
            _LOGGER.info("answers, %d threads and %d connections", threads, config["CONNECTIONS"])
            ready()
            run_until_told(server, told, config["STOP_SECONDS"], ending)
    finally:
        server.close()
        door_of(app).close()
        _LOGGER.info("ended")


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
