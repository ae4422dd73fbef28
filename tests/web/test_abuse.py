"""Slow headers, bodies and tricks, on a running ``kzsearch serve``."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest

CONNECTIONS = 100
MEGABYTE = bytes(1_000_000)


@pytest.fixture(scope="module")
def port(index_path: Path) -> Iterator[int]:
    """Where a server listens that gives a second for a header; it must survive all tests."""
    program = Path(sys.executable).with_name("kzsearch")
    with subprocess.Popen(
        [program, "serve", "--port", "0", "--processes", "1", "--index", index_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ
        | {
            "KZSEARCH_CONNECTIONS": str(CONNECTIONS),
            "KZSEARCH_HEADER_SECONDS": "1",
            "KZSEARCH_FOLLOW_INDEX": "0",
        },
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        yield int(address.rstrip("/").rpartition(":")[2])
        with urlopen(f"{address}healthz") as response:
            assert response.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == 0
        assert process.stderr.read() == ""


def connected(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.settimeout(60)
    return connection


def answer(port: int, request: bytes) -> bytes:
    """All that comes back until the server closes the connection."""
    with connected(port) as connection:
        connection.sendall(request)
        return everything(connection)


def everything(connection: socket.socket) -> bytes:
    pieces = []
    while piece := connection.recv(65_536):
        pieces.append(piece)
    return b"".join(pieces)


def status(answered: bytes) -> int:
    return int(answered.split(b" ")[1])


def test_half_open_connections_shut_nobody_out(port: int) -> None:
    with ExitStack() as opened:
        for _ in range(3 * CONNECTIONS):
            connection = opened.enter_context(connected(port))
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        with urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=60) as response:
            assert response.status == 200


@pytest.mark.parametrize("drop", [b"X: y\r\n", b"\r\n", b"y"], ids=["header", "blank", "letter"])
def test_a_header_that_drips_is_not_waited_for(port: int, drop: bytes) -> None:
    with connected(port) as connection:
        if drop != b"\r\n":
            connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        assert is_closed_while_sending(connection, drop)


def test_neither_is_the_second_header_of_a_connection(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200" in connection.recv(12)
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert is_closed_while_sending(connection, b"X: y\r\n")


def is_closed_while_sending(connection: socket.socket, drop: bytes) -> bool:
    """Whether the server ends a connection within a minute on which something always comes."""
    connection.settimeout(0.1)
    for _ in range(600):
        try:
            connection.sendall(drop)
            if not connection.recv(65_536):
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_a_connection_may_be_used_again(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(connection):
        connection.connect()
        first = connection.sock
        for _ in range(3):
            connection.request("GET", "/robots.txt")
            with connection.getresponse() as response:
                assert response.status == 200
                assert response.read()
        assert connection.sock is first


def test_requests_may_be_sent_ahead(port: int) -> None:
    request = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert answer(port, request * 2 + last).count(b"HTTP/1.1 200") == 3


@pytest.mark.parametrize(
    "header",
    [b"Content-Length: 200000000", b"Transfer-Encoding: chunked"],
    ids=["length", "chunks"],
)
@pytest.mark.parametrize("path", [b"/", b"/api/search", b"/static/theme.css"])
def test_a_body_is_refused_at_its_header(port: int, path: bytes, header: bytes) -> None:
    request = b"POST %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n" % (path, header)
    with connected(port) as connection:
        connection.sendall(request + b"5\r\nhello\r\n")
        assert status(connection.recv(65_536)) == 413


def test_who_sends_a_body_all_the_same_still_hears_the_answer(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(b"PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000000\r\n\r\n")
        for _ in range(20):
            connection.sendall(MEGABYTE)
        assert status(everything(connection)) == 413


def test_who_asks_before_sending_a_body_is_told_at_once(port: int) -> None:
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
    assert status(answer(port, request)) == 413


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"GET /?" + b"a=1&" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400),
        (b"GET /\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET /articles/%00%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"GET /?q=%ff%fe%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
        (b"GET / HTTP/1.1\r\nHost: x/../\"><script>\r\nConnection: close\r\n\r\n", 400),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 200),
        (b"get / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
        (b"nonsense\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else None,
)  # fmt: skip
def test_a_tricky_header_gets_its_answer(port: int, request_: bytes, expected: int) -> None:
    answered = answer(port, request_)
    assert status(answered) == expected
    assert b"Traceback" not in answered
    assert b"evil.example" not in answered
    assert b"<script>" not in answered


def test_who_does_not_read_the_answer_holds_up_nobody(port: int) -> None:
    request = b"GET /?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF&limit=100 HTTP/1.1\r\nHost: x\r\n\r\n"
    with ExitStack() as opened:
        for _ in range(20):
            opened.enter_context(connected(port)).sendall(request)
        with urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=60) as response:
            assert response.status == 200
