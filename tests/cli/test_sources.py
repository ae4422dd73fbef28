"""``sources``, ``update``, ``watch`` and ``serve --watch`` from the outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest

PARAGRAPH = (
    "Ауылда жаңа мектеп ашылды. Бұл туралы аудан әкімдігі хабарлады. Мектеп үш жүз орынға "
    "арналған, онда заманауи зертханалар мен спорт залы бар. Оқушылар сабаққа кірісті."
)


class Paper:
    """A newspaper on this machine: its feed lists ``names``, each with a page."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.asked: list[str] = []
        paper = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                paper.asked.append(self.path)
                body = paper.body(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def body(self, path: str) -> str:
        if path == "/rss":
            items = "".join(
                f"<item><title>Мақала {name}</title><link>{self.address}/{name}</link></item>"
                for name in self.names
            )
            return f"<rss><channel><title>Газет</title>{items}</channel></rss>"
        name = path.removeprefix("/")
        if name not in self.names:
            return ""
        return (
            f"<!DOCTYPE html><html><head><title>{name}</title></head><body><article><h1>Мақала "
            f"{name}</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></body></html>"
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def paper() -> Iterator[Paper]:
    paper = Paper()
    yield paper
    paper.close()


@pytest.fixture
def add(run: Any, paper: Paper) -> Callable[..., Any]:
    """Adds the newspaper as a source."""
    return lambda name, *more: run("sources", "add", name, "--feed", f"{paper.address}/rss", *more)


def test_a_source_is_added_listed_checked_and_removed(
    run: Any, add: Any, paper: Paper, tmp_path: Path
) -> None:
    paper.names = ["a"]
    added = add("Мысал газеті", "--allow-private", "--every", "5m")
    assert added.exit_code == 0
    text = (tmp_path / "index" / "sources.toml").read_text(encoding="utf-8")
    assert 'name = "Мысал газеті"\n' in text
    assert "allow_private = true\n" in text
    listing = run("sources", "list").stdout
    assert listing.startswith("Мысал газеті: 0 articles, not looked at yet.\n    feed http://")
    checked = run("sources", "check")
    assert checked.exit_code == 0
    assert checked.stdout.startswith("Мысал газеті: a feed with 1 article.\n    Мақала a · http")
    assert not (tmp_path / "index" / "sources.sqlite").exists()
    assert run("sources", "remove", "Мысал газеті").exit_code == 0
    assert run("sources", "list").stdout.startswith("There are no sources in ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("sources", "add", "a"), 1, "exactly one of feed, sitemap, page, telegram"),
        (("sources", "add", "a", "--feed", "gazet.kz"), 1, "must begin with http"),
        (("sources", "add", "a", "--feed", "http://a.kz", "--every", "often"), 1, "15m"),
        (("sources", "add", "a", "--telegram", "a b"), 1, "Telegram channel"),
        (("sources", "add", "a", "--feed", "http://a.kz", "--full-text", "x"), 2, "'x' is not"),
        (("sources", "remove", "a"), 1, "There are no sources yet"),
        (("sources", "check"), 1, "There are no sources yet"),
        (("update",), 1, "There are no sources yet"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    run: Any, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_update_brings_what_is_new_and_says_so(run: Any, add: Any, paper: Paper) -> None:
    paper.names = ["a", "b"]
    add("Газет", "--allow-private")
    result = run("update")
    assert (result.exit_code, result.stdout) == (0, "Газет: 2 new.\n")
    assert json.loads(run("query", "--json", "мектеп").stdout)["articles"] == 2
    paper.names.append("c")
    assert run("update", "--source", "Газет").stdout == "Газет: 1 new.\n"
    assert "Газет: 3 articles, last answered just now." in run("sources", "list").stdout


def test_private_networks_are_refused_without_the_option(run: Any, add: Any, paper: Paper) -> None:
    add("Газет")
    result = run("update")
    assert result.exit_code == 1
    assert "127.0.0.1 is in a private network" in result.stderr
    assert paper.asked == []
    assert run("sources", "check").exit_code == 1
    assert run("update", "--allow-private").exit_code == 0
    assert "/rss" in paper.asked


def test_a_failure_is_told_and_the_others_are_followed(
    run: Any, add: Any, paper: Paper, tmp_path: Path
) -> None:
    paper.names = ["a"]
    add("Газет", "--allow-private")
    run("sources", "add", "Жоқ", "--feed", f"{paper.address}/none", "--allow-private")
    result = run("update")
    assert result.exit_code == 1
    assert result.stdout == "Газет: 1 new.\n"
    assert "kzsearch: Жоқ: failed: it answered with status 404." in result.stderr
    assert "1 source could not be had" in result.stderr
    assert "has never answered; failed: it answered with status 404; tried again" in (
        run("sources", "list").stdout
    )
    assert "Traceback" not in result.stderr


def test_another_list_of_sources(run: Any, paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "my" / "list.toml"
    paper.names = ["a"]
    options = ("--allow-private", "--file", file)
    assert run("sources", "add", "Газет", "--feed", f"{paper.address}/rss", *options).exit_code == 0
    assert run("update", "--file", file).stdout == "Газет: 1 new.\n"
    assert "Газет" in run("sources", "list", "--file", file).stdout


def test_what_is_missing_is_named(run: Any, add: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    add("Газет")
    monkeypatch.setitem(sys.modules, "protego", None)
    for command in (["update"], ["watch"], ["sources", "check"], ["serve", "--watch"]):
        result = run(*command)
        assert result.exit_code == 1
        assert "pip install 'kzsearch[web]'" in result.stderr


@contextmanager
def running(
    tmp_path: Path, *arguments: str, ended_by: signal.Signals = signal.SIGTERM
) -> Iterator[IO[str]]:
    """What a watching command prints; it ends with a sentence, also when it is killed."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("kzsearch"), *arguments, "--index", tmp_path / "index"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.send_signal(ended_by)
        output, complaints = process.communicate(timeout=60)
    assert process.returncode == (0 if ended_by is signal.SIGTERM else -ended_by)
    assert "Stopped; what is not in the index yet is fetched next time.\n" in output + complaints
    assert "Traceback" not in complaints


def wait_for(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


@pytest.mark.slow
def test_watch_keeps_fresh_until_it_is_told_to_end(
    run: Any, add: Any, paper: Paper, tmp_path: Path
) -> None:
    paper.names = ["a"]
    add("Газет", "--allow-private", "--every", "1s")
    with running(tmp_path, "watch") as said:
        assert said.readline() == "Газет: 1 new.\n"
        second = run("update")
        assert second.exit_code == 1
        assert "followed by another process" in second.stderr
        paper.names.append("b")
        assert said.readline() == "Газет: 1 new.\n"
        run("sources", "add", "Тағы", "--feed", f"{paper.address}/none", "--allow-private")
        assert "sources followed now: Газет, Тағы." in said.readline()
    assert json.loads(run("query", "--json", "мектеп").stdout)["articles"] == 2


@pytest.mark.slow
def test_serve_with_watch_shows_a_new_item_on_the_search_page(
    add: Any, paper: Paper, tmp_path: Path
) -> None:
    add("Газет", "--allow-private", "--every", "1s")

    def page(path: str) -> str:
        try:
            with urlopen(f"{address}{path}", timeout=30) as response:
                return str(response.read().decode())
        except OSError:
            return ""  # no index yet

    with running(tmp_path, "serve", "--watch", "--port", "0") as said:
        address = said.readline().strip()
        paper.names = ["a"]
        wait_for(lambda: "Мақала a" in page(f"?q={quote('мектеп')}"))
        sentence = json.loads(page("healthz"))["sources"][0]
        assert sentence.startswith("Газет: 1 article, last answered ")


@pytest.mark.slow
def test_a_watcher_ends_with_a_server_that_was_killed(
    add: Any, paper: Paper, tmp_path: Path
) -> None:
    add("Газет", "--allow-private", "--every", "1s")
    with running(tmp_path, "serve", "--watch", "--port", "0", ended_by=signal.SIGKILL):
        wait_for(lambda: "/rss" in paper.asked)
