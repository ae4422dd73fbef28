"""``serve``: a real server in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from kzsearch import Article, open_index
from kzsearch.errors import KzsearchError
from kzsearch_web import serve

PROGRAM = """
import sys; from kzsearch_web import serve
serve(sys.argv[1], sys.argv[2], port=0, processes=int(sys.argv[3]))
"""


@pytest.fixture(params=[1, 2])
def server(
    tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A serving process and its address; its index is in ``tmp_path / "index"``."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "index"), "127.0.0.1", str(request.param)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts background jobs with interrupts ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def found(address: str, articles: int) -> bool:
    """Whether so many articles are found, within a minute; until then fewer.

    Of several processes each sees a commit when it has prepared it.
    """
    for _ in range(600):
        with urlopen(f"{address}api/search?q={quote('мақала')}") as response:
            total = json.load(response)["total"]
        if total == articles:
            return True
        assert total < articles
        time.sleep(0.1)
    return False


def test_it_answers_while_articles_are_written_and_stops_quietly(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = server
    assert address.startswith("http://127.0.0.1:")
    with open_index(tmp_path / "index", create=True) as index:
        for number in range(5):
            index.add([Article(title=f"{number}-мақала", body="Жаңа мақала жазылды.")])
            assert found(address, number + 1)
    with urlopen(address) as response:
        assert response.headers["Server"] == "kzsearch"
        assert "Базада 5 мақала бар" in response.read().decode()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=120) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are listed in /proc")
@pytest.mark.parametrize("server", [2], indirect=True)
def test_a_helper_that_dies_is_started_again_and_all_end_with_the_server(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = server
    (helper,) = helpers_of(process.pid)
    os.kill(helper, signal.SIGKILL)
    assert waited_for(lambda: helpers_of(process.pid) not in ([], [helper]))
    with urlopen(f"{address}robots.txt") as response:
        assert response.status == 200
    (helper,) = helpers_of(process.pid)
    process.kill()
    process.wait()
    assert waited_for(lambda: not Path(f"/proc/{helper}").exists() or is_zombie(helper))


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="connections are listed in /proc")
@pytest.mark.parametrize("server", [2], indirect=True)
def test_connections_are_shared_out_evenly(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = server
    port = int(address.rstrip("/").rpartition(":")[2])
    with ExitStack() as kept:
        for _ in range(8):
            client = kept.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=60)))
            client.request("GET", "/robots.txt")
            assert client.getresponse().read()
        assert [connections_of(each, port) for each in (process.pid, *helpers_of(process.pid))] == [
            4,
            4,
        ]


def connections_of(process: int, port: int) -> int:
    """How many clients of a port a process has."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = {row[9] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "01"}
    files = (os.readlink(file) for file in Path(f"/proc/{process}/fd").iterdir())
    return sum(file.removeprefix("socket:[").removesuffix("]") in ours for file in files)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are listed in /proc")
def test_sigterm_ends_all_processes(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, _ = server
    helpers = helpers_of(process.pid)
    process.terminate()
    assert process.wait(timeout=120) == 0
    assert not any(Path(f"/proc/{helper}").exists() for helper in helpers)
    assert process.stderr is not None
    assert process.stderr.read() == ""


SLOW_PROGRAM = """
import sys, time
from pathlib import Path
from kzsearch_web import server

make, folder = server.create_app, Path(sys.argv[1])

def create_app(*arguments, **options):
    app = make(*arguments, **options)

    @app.get("/slow")
    def slow():
        (folder / "begun").touch()
        while not (folder / "go").exists():
            time.sleep(0.05)
        return "x" * 30_000_000

    return app

server.create_app = create_app
server.serve(folder / "index", port=0)
"""


def test_sigterm_lets_a_running_request_end(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_PROGRAM, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"KZSEARCH_STOP_SECONDS": "100"},
    ) as process, ThreadPoolExecutor() as pool:  # fmt: skip
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        port = int(address.rstrip("/").rpartition(":")[2])
        answer = pool.submit(lambda: urlopen(f"{address}slow").read())
        assert waited_for((tmp_path / "begun").exists)
        with socket.create_connection(("127.0.0.1", port)) as idle:
            process.terminate()
            assert idle.recv(1) == b""  # whoever asks nothing is not waited for
        assert process.poll() is None
        (tmp_path / "go").touch()
        assert len(answer.result()) == 30_000_000
        assert process.wait(timeout=120) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_wrong_setting_is_told_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KZSEARCH_PAGE_SIZE", "ten")
    with pytest.raises(KzsearchError, match="KZSEARCH_PAGE_SIZE must be"):
        serve(tmp_path, port=0)


def waited_for(happened: Callable[[], bool]) -> bool:
    """Whether something happens within a minute."""
    for _ in range(600):
        if happened():
            return True
        time.sleep(0.1)
    return False


def helpers_of(server: int) -> list[int]:
    """Its child processes that answer requests."""
    of_threads = Path(f"/proc/{server}/task").glob("*/children")
    children = [child for path in of_threads for child in path.read_text().split()]
    return [
        int(child)
        for child in children
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text() and not is_zombie(int(child))
    ]


def is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


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
