"""Connections handed on from a listening socket to another process's end of a pair."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from kzsearch_web.sharing import CAN_SHARE, HandedSocket, SharingSocket

pytestmark = pytest.mark.skipif(not CAN_SHARE, reason="connections cannot be handed on here")


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield ours, theirs


def test_every_second_connection_is_handed_on(
    listening: socket.socket, line: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = line
    with (
        SharingSocket(listening, lambda: [ours]) as sharing,
        HandedSocket(listening.dup(), theirs) as handed,
    ):
        assert handed.getsockname() == listening.getsockname()
        assert handed.fileno() == theirs.fileno()
        for _ in range(2):
            for answering in (handed, sharing):
                with socket.create_connection(listening.getsockname()) as client:
                    if answering is handed:
                        with pytest.raises(BlockingIOError):
                            sharing.accept()
                    connection, address = answering.accept()
                    with connection:
                        assert address == client.getsockname()
                        connection.sendall(b"answer")
                        assert client.recv(6) == b"answer"
        with pytest.raises(BlockingIOError):
            handed.accept()


def test_nobody_is_lost_when_a_helper_has_ended(
    listening: socket.socket, line: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = line
    theirs.close()
    with SharingSocket(listening, lambda: [ours]) as sharing:
        for _ in range(3):
            with socket.create_connection(listening.getsockname()) as client:
                connection, address = sharing.accept()
                with connection:
                    assert address == client.getsockname()


def test_a_helper_outlives_no_server(
    listening: socket.socket, line: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = line
    ours.close()
    with HandedSocket(listening.dup(), theirs) as handed, pytest.raises(ConnectionAbortedError):
        handed.accept()
