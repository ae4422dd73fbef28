"""``serve``: a real server in a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from kzsearch import Article, open_index
from kzsearch.errors import KzsearchError
from kzsearch_web import serve

PROGRAM = "import sys; from kzsearch_web import serve; serve(sys.argv[1], sys.argv[2], port=0)"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A serving process and its address; its index is in ``tmp_path / "index"``."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "index"), "127.0.0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts background jobs with interrupts ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def test_it_answers_while_articles_are_written_and_stops_quietly(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = server
    assert address.startswith("http://127.0.0.1:")
    with open_index(tmp_path / "index", create=True) as index:
        for number in range(5):
            index.add([Article(title=f"{number}-мақала", body="Жаңа мақала жазылды.")])
            with urlopen(f"{address}api/search?q={quote('мақала')}") as response:
                assert json.load(response)["total"] == number + 1
    with urlopen(address) as response:
        assert response.headers["Server"] == "kzsearch"
        assert "Базада 5 мақала бар" in response.read().decode()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=120) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(KzsearchError, match=f"port {port}: another program uses it"):
            serve(tmp_path, port=port)


@pytest.mark.parametrize(
    ("host", "port"), [("no-such-host.invalid", 8000), ("203.0.113.1", 8000), ("127.0.0.1", 70000)]
)
def test_an_impossible_address_is_told_in_a_sentence(tmp_path: Path, host: str, port: int) -> None:
    with pytest.raises(KzsearchError, match=f"^Cannot listen on {host}, port {port}: .*\\.$"):
        serve(tmp_path, host, port)
