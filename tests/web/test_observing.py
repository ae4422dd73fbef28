"""The access log and the metrics: off unless asked for, and true."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry

LINE = re.compile(
    r'192\.0\.2\.7 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "(?P<asked>[!-~ ]*)" '
    r"(?P<status>\d{3}) (\d+|-) \d+\.\d{3}"
)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.INFO, "kzsearch_web.access")
    return lambda: [each.getMessage() for each in caplog.records if each.name.endswith("access")]


def test_nothing_is_logged_unless_it_is_asked_for(
    client: FlaskClient, lines: Callable[[], list[str]]
) -> None:
    client.get("/?q=құпия")
    assert lines() == []


@pytest.mark.parametrize(
    ("asked", "status", "line"),
    [
        ("/?q=a%20b", 200, "GET /?q=a%20b HTTP/1.1"),
        ("/robots.txt", 200, "GET /robots.txt HTTP/1.1"),
        ("/nowhere/%22%0A%D0%BC", 404, "GET /nowhere/%22%0A%D0%BC HTTP/1.1"),
        ("/export.csv?q=мектеп&fields=id", 200, None),
    ],
)
def test_a_request_is_a_line_that_cannot_be_forged(
    make_app: Callable[..., Flask],
    index_path: Path,
    lines: Callable[[], list[str]],
    asked: str,
    status: int,
    line: str | None,
) -> None:
    client = make_app(index_path, ACCESS_LOG=1).test_client()
    with client.get(asked, environ_base={"REMOTE_ADDR": "192.0.2.7"}) as response:
        assert response.data
    (logged,) = lines()
    read = LINE.fullmatch(logged)
    assert read, logged
    assert int(read["status"]) == status
    assert line is None or read["asked"] == line


def test_a_query_cannot_forge_a_line_either(
    make_app: Callable[..., Flask], index_path: Path, lines: Callable[[], list[str]]
) -> None:
    raw = {"REMOTE_ADDR": "192.0.2.7", "QUERY_STRING": 'page="x"&q=\n1'}
    with make_app(index_path, ACCESS_LOG=1).test_client().get("/", environ_overrides=raw):
        pass
    (logged,) = lines()
    read = LINE.fullmatch(logged)
    assert read
    assert read["asked"] == "GET /?page=%22x%22&q=%0A1 HTTP/1.1"


def test_there_are_no_metrics_unless_they_are_asked_for(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_requests_are_counted_by_what_answered_them(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = make_app(index_path, METRICS=1).test_client()
    for path in ("/?q=мектеп", "/?q=порт", "/?page=x", "/a", "/b", "/c"):
        client.get(path).close()
    for method in ("BREW", "STEEP"):
        client.open("/", method=method).close()
    counted = metrics(client.get("/metrics").text)
    requests = {
        name: value for name, value in counted.items() if name.startswith("kzsearch_requests_t")
    }
    assert requests == {
        'kzsearch_requests_total{endpoint="pages.search",method="GET",status="200"}': 2,
        'kzsearch_requests_total{endpoint="pages.search",method="GET",status="400"}': 1,
        'kzsearch_requests_total{endpoint="",method="GET",status="404"}': 3,
        'kzsearch_requests_total{endpoint="",method="other",status="405"}': 2,
    }
    assert counted['kzsearch_request_seconds_count{endpoint="pages.search"}'] == 3
    assert counted["kzsearch_articles"] == 34
    assert counted["kzsearch_index_ready"] == 1


def test_metrics_tell_of_an_index_that_is_missing(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    counted = metrics(make_app(tmp_path / "none", METRICS=1).test_client().get("/metrics").text)
    assert counted["kzsearch_index_ready"] == 0
    assert "kzsearch_articles" not in counted


def test_a_file_that_is_just_being_made_is_read_again(
    make_app: Callable[..., Flask], index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make_app(index_path, METRICS=1).test_client()
    real, calls = CollectorRegistry.collect, []

    def collect(registry: CollectorRegistry) -> object:
        calls.append(registry)
        if len(calls) == 1:
            struct.unpack_from("i", b"")  # what prometheus-client meets with
        return real(registry)

    monkeypatch.setattr(CollectorRegistry, "collect", collect)
    assert client.get("/metrics").status_code == 200
    assert calls[0] is calls[1]


def metrics(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_processes_count_together_and_log_each_request(index_path: Path) -> None:
    program = Path(sys.executable).with_name("kzsearch")
    settings = {"KZSEARCH_METRICS": "1", "KZSEARCH_ACCESS_LOG": "1", "KZSEARCH_FOLLOW_INDEX": "0"}
    with subprocess.Popen(
        [program, "serve", "--port", "0", "--processes", "2", "--index", index_path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | settings,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address = process.stdout.readline().strip()

        def ask(_number: int) -> int:
            with urlopen(f"{address}robots.txt") as response:
                response.read()
                return int(response.status)

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(ask, range(100))) == {200}
        name = 'kzsearch_requests_total{endpoint="sitemaps.robots",method="GET",status="200"}'
        for _ in range(2):
            with urlopen(f"{address}metrics") as response:
                assert metrics(response.read().decode())[name] == 100
        with urlopen(f"{address}healthz") as response:
            assert json.load(response)["status"] == "ok"
        process.send_signal(signal.SIGTERM)
        _output, logged = process.communicate(timeout=120)
    assert process.returncode == 0
    assert logged.count('"GET /robots.txt HTTP/1.1" 200') == 100
