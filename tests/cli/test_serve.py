"""``kzsearch serve``: that it hands over to the web room, and ends politely."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
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
    assert run("serve", "--config", file).exit_code == 0
    usual = {"host": "127.0.0.1", "port": 8000, "processes": 3, "config_file": None}
    assert calls == [
        (None, usual),
        (tmp_path, usual | {"host": "::1", "port": 0, "processes": 9}),
        (None, usual | {"config_file": file}),
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
