"""One request: bounded in time and size, to the address that was checked."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.sources.failures import FetchError
from kzsearch.sources.http import MAX_BYTES, Exchange, unpacked

MEGABYTE = 1_000_000


@pytest.fixture
def get(site: Any, exchange: Exchange) -> Any:
    """Asks the site for a path."""

    def ask(path: str, **options: Any) -> Any:
        quick = replace(exchange, **{k: options.pop(k) for k in ("seconds",) if k in options})
        return quick.get(site.url(path), {"User-Agent": "t"}, allow_private=True, **options)

    return ask


def test_an_answer_has_status_headers_and_body(site: Any, get: Any) -> None:
    site.put("/a", "сәлем", headers={"X-Kind": "greeting"})
    answer = get("/a?b=1")
    assert answer.status == 404
    answer = get("/a")
    assert (answer.status, answer.body.decode()) == (200, "сәлем")
    assert answer.headers["x-kind"] == "greeting"
    (_, asked) = site.asked
    assert asked.headers["accept-encoding"] == "gzip"
    assert asked.headers["host"] == f"gazet.test:{site.port}"


def test_packed_answers_are_unpacked(site: Any, get: Any) -> None:
    body = "мәтін ".encode() * 1000
    site.put("/a", gzip.compress(body), headers={"Content-Encoding": "gzip"})
    assert get("/a").body == body


def test_chunked_answers_are_joined(site: Any, get: Any) -> None:
    site.put(
        "/a", headers={"Transfer-Encoding": "chunked"},
        chunks=[b"3\r\nabc\r\n", b"2\r\nde\r\n", b"0\r\n\r\n"],
    )  # fmt: skip
    assert get("/a").body == b"abcde"


def test_an_answer_beyond_the_bound_is_refused_or_cut(site: Any, get: Any) -> None:
    site.put("/a", b"x" * (MAX_BYTES + 1))
    with pytest.raises(FetchError, match="larger than 5 MB"):
        get("/a")
    assert get("/a", cut=True).body == b"x" * MAX_BYTES
    site.put("/a", b"x" * MAX_BYTES)
    assert len(get("/a").body) == MAX_BYTES


def test_a_gzip_bomb_is_not_unpacked(site: Any, get: Any) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * MEGABYTE) for _ in range(60)) + packer.flush()
    assert len(bomb) < MEGABYTE
    site.put("/a", bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="larger than 5 MB"):
        get("/a")


def test_many_empty_gzip_members_are_no_bomb_either() -> None:
    began = time.process_time()
    with pytest.raises(FetchError, match="too many parts"):
        unpacked(gzip.compress(b"") * 200_000)
    assert time.process_time() - began < 5


@given(st.lists(st.binary(max_size=50), max_size=4), st.integers(0, 100))
def test_unpacking_gives_what_was_packed_up_to_the_bound(parts: list[bytes], size: int) -> None:
    whole = b"".join(parts)
    packed = b"".join(map(gzip.compress, parts))
    if len(whole) <= size:
        assert unpacked(packed, size) == whole
    else:
        assert unpacked(packed, size, cut=True) == whole[:size]
        with pytest.raises(FetchError, match="larger"):
            unpacked(packed, size)


@pytest.mark.parametrize(
    ("body", "headers", "said"),
    [
        (gzip.compress(b"x" * 1000)[:-20], {"Content-Encoding": "gzip"}, "cut off"),
        (b"no gzip", {"Content-Encoding": "gzip"}, "damaged"),
        (b"x", {"Content-Encoding": "br"}, "'br', which was not asked for"),
        (b"x", {"Content-Length": "50"}, "cut off"),
    ],
    ids=["half", "no gzip", "another packing", "short"],
)
def test_a_broken_answer_is_told(
    site: Any, get: Any, body: bytes, headers: dict[str, str], said: str
) -> None:
    site.put("/a", body, headers=headers)
    with pytest.raises(FetchError, match=said):
        get("/a")


@pytest.mark.parametrize(
    "chunks",
    [
        [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 100],
        [b"HTTP/1.1 200 OK\r\n", *[b"X-More: y\r\n"] * 100],
    ],
    ids=["body", "headers"],
)
def test_a_slow_drip_is_ended(site: Any, get: Any, chunks: list[bytes]) -> None:
    site.put("/a", raw=True, chunks=chunks, pause=0.1)
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0\.5 seconds"):
        get("/a", seconds=0.5)
    assert time.monotonic() - began < 5


def test_what_is_not_http_is_told(site: Any, get: Any) -> None:
    site.put("/a", raw=True, chunks=[b"hello\r\n"])
    with pytest.raises(FetchError, match="not HTTP"):
        get("/a")


def test_a_closed_port_is_told(exchange: Exchange) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(FetchError, match="no connection"):
        exchange.get(f"http://gazet.test:{port}/", {}, allow_private=True)


def test_https_needs_a_certificate(site: Any, exchange: Exchange) -> None:
    with pytest.raises(FetchError, match="no safe connection"):
        exchange.get(f"https://gazet.test:{site.port}/", {}, allow_private=True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_hosts_of_private_networks_are_refused(site: Any, host: str) -> None:
    with pytest.raises(FetchError, match=r"private network|no connection") as refused:
        Exchange().get(f"http://{host}:{site.port}/", {})
    assert refused.value.lasting or "no connection" in str(refused.value)
    assert site.asked == []


def test_one_private_address_among_several_is_enough(site: Any) -> None:
    exchange = Exchange(resolve=lambda _host, _port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(FetchError, match="private network"):
        exchange.get(site.url("/"), {})


def test_a_name_is_looked_up_once_and_that_address_is_asked(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that gives another address the second time changes nothing."""
    answers = [["203.0.114.1"], ["127.0.0.1"]]
    connected: list[tuple[str, int]] = []

    def resolve(_host: str, _port: int) -> Sequence[str]:
        return answers.pop(0)

    def connect(address: tuple[str, int], **_: Any) -> Any:
        connected.append(address)
        raise OSError("not in a test")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="not in a test"):
        Exchange(resolve=resolve).get(site.url("/"), {})
    assert connected == [("203.0.114.1", site.port)]
    assert answers == [["127.0.0.1"]]


def test_a_name_server_that_does_not_answer_is_not_waited_for() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        time.sleep(2)
        return []

    began = time.monotonic()
    with pytest.raises(FetchError, match="within"):
        Exchange(resolve=resolve, seconds=0.2).get("http://gazet.test/", {})
    assert time.monotonic() - began < 1.5


def test_unknown_hosts_are_told() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        raise OSError("unknown")

    with pytest.raises(FetchError, match=r"there is no host gazet\.test"):
        Exchange(resolve=resolve).get("http://gazet.test/", {})
