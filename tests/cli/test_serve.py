"""``kzsearch serve``: that it hands over to the web room, and ends politely."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest


def test_arguments_are_handed_over(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(
        "kzsearch_web.server.serve", lambda path, **options: calls.append((path, options))
    )
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert run("serve").exit_code == 0
    options = ("--host", "::1", "--port", "0", "--processes", "9", "--index", tmp_path)
    assert run("serve", *options).exit_code == 0
    file = tmp_path / "settings.toml"
    file.touch()
    assert run("serve", "--config", file, "--verbose").exit_code == 0
    usual = {"host": "127.0.0.1", "port": 8000, "processes": 3}
    usual |= {"config_file": None, "verbose": False}
    assert calls == [
        (None, usual),
        (tmp_path, usual | {"host": "::1", "port": 0, "processes": 9}),
        (None, usual | {"config_file": file, "verbose": True}),
    ]


def test_a_page_is_served_until_interrupted(run_filled: Any, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("kzsearch")
    process = subprocess.Popen(
        [program, "serve", "--port", "0", "--index", tmp_path / "index"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        # A shell starts background jobs with interrupts ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split()[-1]
        with urlopen(f"{address}healthz", timeout=120) as response:
            assert response.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        _output, complaints = process.communicate(timeout=120)
    assert "Traceback" not in complaints
    assert process.returncode in {0, 130}


def test_sigterm_ends_the_server_and_its_watcher(run_filled: Any, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "index/sources.toml").write_text("")
    program = Path(sys.executable).with_name("kzsearch")
    with subprocess.Popen(
        [program, "serve", "--watch", "--verbose", "--port", "0", "--processes", "2",
         "--index", tmp_path / "index"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://")
        process.terminate()
        _output, told = process.communicate(timeout=120)
    assert process.returncode == 0
    assert told.count("is ending") == told.count(": ended") == 2
    assert "Traceback" not in told
    for _ in range(600):
        if not group(process.pid):
            return
        time.sleep(0.1)
    assert group(process.pid) == []


def group(number: int) -> list[str]:
    """The processes of a process group that still run, where /proc tells."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            state, _parent, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == number and state != "Z":
                found.append(path.parent.name)
    return found
