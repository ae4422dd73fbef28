"""Connections shared out evenly among processes.

Where several processes accept from one socket, whichever is awake takes what comes: of sixteen
clients that keep their connections one process got fourteen, and these waited for each other while
the other process had nothing to do. Here one process accepts, keeps every n-th connection and
hands the others on, each helper in its turn, through a pair of sockets.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Sequence

__all__ = ["CAN_SHARE", "HandedSocket", "SharingSocket"]

CAN_SHARE = hasattr(socket, "send_fds")
"""Whether this system can hand on connections; where not (Windows), all processes accept."""

_WORD = b"."
"""What goes with a connection: it cannot be sent with nothing."""


class SharingSocket(socket.socket):
    """A listening socket that hands on what others are to answer.

    helpers: the sockets to those that can take connections now; not blocking.
    """

    def __init__(
        self, listening: socket.socket, helpers: Callable[[], Sequence[socket.socket]]
    ) -> None:
        super().__init__(fileno=os.dup(listening.fileno()))
        self._helpers = helpers
        self._turn = 0

    def accept(self) -> tuple[socket.socket, object]:
        """The next connection if it is this process's turn. Raises BlockingIOError if it is not."""
        connection, address = super().accept()
        helpers = self._helpers()
        self._turn = (self._turn + 1) % (len(helpers) + 1)
        if not self._turn:
            return connection, address
        try:
            socket.send_fds(helpers[self._turn - 1], [_WORD], [connection.fileno()])
        except OSError:  # it has just died, or has not taken hundreds that wait for it
            return connection, address
        connection.close()
        raise BlockingIOError(errno.EWOULDBLOCK, "it was handed on")


class HandedSocket(socket.socket):
    """What a helper listens on: it has the name of the server's socket, and its connections come
    from the server.
    """

    def __init__(self, listening: socket.socket, server: socket.socket) -> None:
        """Takes the place of both."""
        super().__init__(fileno=listening.detach())
        self._server = server
        server.setblocking(False)

    def fileno(self) -> int:
        """What tells that a connection has come."""
        return self._server.fileno()

    def accept(self) -> tuple[socket.socket, object]:
        """The next connection. Raises BlockingIOError, ConnectionAbortedError."""
        _, descriptors, _, _ = socket.recv_fds(self._server, len(_WORD), 1)
        if not descriptors:  # the server is gone, and its helpers go too
            raise ConnectionAbortedError(errno.ECONNABORTED, "there is no server")
        connection = socket.socket(fileno=descriptors[0])
        try:
            return connection, connection.getpeername()
        except OSError:
            connection.close()
            raise ConnectionAbortedError(errno.ECONNABORTED, "the client has gone") from None

    def close(self) -> None:
        """Close both."""
        self._server.close()
        super().close()
