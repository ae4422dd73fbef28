"""``kzsearch alerts``, and alerts run by ``update`` and ``watch``."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result

from kzsearch.cli import alerting as alerting_module
from kzsearch.cli.alerting import alerting
from kzsearch.documents import Article
from kzsearch.index import open_index
from kzsearch.sources import places_of

Run = Callable[..., Result]


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, object]]]:
    """What a webhook on this machine got; its address is ``HOOK`` in the environment."""
    got: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        monkeypatch.setenv("HOOK", f"http://127.0.0.1:{server.server_address[1]}/")
        monkeypatch.setenv("KZSEARCH_WEBHOOK_SECRET", "x")
        yield got
        server.shutdown()


def write_alert(index: Path, query: str = "мектеп") -> None:
    import os

    (index / "sources.toml").write_text(
        f'[[alert]]\nname = "А"\nquery = "{query}"\nto = "{os.environ["HOOK"]}"\n', encoding="utf-8"
    )


NEW = '{"id": "n", "title": "Мектеп тойы", "body": "Той болды.", "date": "2025-09-30"}\n'


def test_articles_that_are_indexed_are_told(
    run_filled: Run, tmp_path: Path, posted: list[dict[str, object]]
) -> None:
    write_alert(tmp_path / "index")
    assert run_filled("alerts", "list").stdout == (
        "А: has told nothing yet.\n    мектеп → webhook at 127.0.0.1\n"
    )
    assert run_filled("alerts", "run", "--allow-private").stdout == ""
    run_filled("index", "-", stdin=NEW)
    result = run_filled("alerts", "run", "--allow-private")
    assert result.stdout == "А: 1 article sent to webhook at 127.0.0.1.\n"
    assert [digest["total"] for digest in posted] == [1]
    assert "last told just now" in run_filled("alerts", "list").stdout


def test_what_cannot_be_sent_is_an_error(
    run_filled: Run, tmp_path: Path, posted: list[dict[str, object]]
) -> None:
    write_alert(tmp_path / "index")
    run_filled("alerts", "run")
    run_filled("index", "-", stdin=NEW)
    result = run_filled("alerts", "run")
    assert result.exit_code == 1
    assert "is in a private network" in result.stderr
    assert "1 alert could not be sent, for the reasons above." in result.stderr
    assert posted == []


def test_a_trial(run_filled: Run, tmp_path: Path, posted: list[dict[str, object]]) -> None:
    write_alert(tmp_path / "index")
    result = run_filled("alerts", "test", "А", "--allow-private")
    assert result.stdout == "A trial with 1 article was sent to webhook at 127.0.0.1.\n"
    assert [digest["test"] for digest in posted] == [True]
    assert run_filled("alerts", "test", "Б").exit_code == 1


def test_there_may_be_none(run_filled: Run) -> None:
    assert "There are no alerts" in run_filled("alerts", "list").stdout
    assert run_filled("alerts", "run").exit_code == 0


def test_update_runs_them(run_filled: Run, tmp_path: Path, posted: list[dict[str, object]]) -> None:
    pytest.importorskip("trafilatura")
    write_alert(tmp_path / "index")
    assert run_filled("update").exit_code == 0
    run_filled("index", "-", stdin=NEW)
    result = run_filled("update", "--allow-private")
    assert result.exit_code == 0
    assert "А: 1 article sent" in result.stdout
    run_filled("index", "-", stdin=NEW.replace('"n"', '"m"'))
    result = run_filled("update")
    assert result.exit_code == 1
    assert "1 alert could not be sent" in result.stderr


def test_a_watcher_tells_of_what_comes_in(
    run_filled: Run,
    tmp_path: Path,
    posted: list[dict[str, object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alerting_module, "_LOOK_SECONDS", 0.02)
    path = tmp_path / "index"
    write_alert(path)
    told: list[str] = []
    arrived = threading.Event()

    def say(sentence: str) -> None:
        told.append(sentence)
        arrived.set()

    with alerting(places_of(path), path, allow_private=True, say=say):
        with open_index(path) as index:
            index.add([Article(id="new", title="Мектеп", body="Жаңа.")])
        assert arrived.wait(60)
        with open_index(path) as index:
            index.add([Article(id="last", title="Мектеп", body="Соңғы.")])
    assert told == ["А: 1 article sent to webhook at 127.0.0.1."] * 2
    assert [digest["total"] for digest in posted] == [1, 1]


def test_a_watcher_complains_once(
    run_filled: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alerting_module, "_LOOK_SECONDS", 0.001)
    path = tmp_path / "index"
    (path / "sources.toml").write_text("[[alert]]\n")
    with alerting(places_of(path), path, allow_private=True, say=print):
        threading.Event().wait(0.1)
    assert capsys.readouterr().err.count("the name of alert 1 must be one line") == 1
