"""What differs between a terminal and a pipe, tried on both."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(sys.executable).with_name("kzsearch")
ESCAPE = "\x1b["


def on_terminal(*arguments: object, **environment: str) -> str:
    """What a command writes to a terminal of 80 columns."""
    keyboard, terminal = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    settings = {"TERM": "xterm-256color", "COLUMNS": "80", **environment}
    process = subprocess.Popen(
        [PROGRAM, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
        env=plain | settings,
    )
    os.close(terminal)
    written = b""
    try:
        while piece := os.read(keyboard, 1 << 16):
            written += piece
    except OSError:  # the way Linux says that a terminal was closed
        pass
    finally:
        os.close(keyboard)
    process.wait()
    return written.decode()


def in_pipe(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture
def index(run_filled: Any, tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_colours_and_marks_on_a_terminal(index: Path) -> None:
    output = on_terminal("query", "сенат", "--index", index)
    assert re.search(r"\x1b\[1;33mСенаттың\x1b\[0m", output)


def test_no_color_on_a_terminal(index: Path) -> None:
    output = on_terminal("query", "сенат", "--index", index, NO_COLOR="1")
    assert "Сенаттың" in output
    assert not re.search(r"\x1b\[[\d;]*3\dm", output)


def test_plain_in_a_pipe(index: Path) -> None:
    done = in_pipe("query", "сенат", "--index", index)
    assert ESCAPE not in done.stdout
    assert "Сенаттың отырысында" in done.stdout


def test_long_lines_are_not_broken_in_a_pipe(run_filled: Any, index: Path, tmp_path: Path) -> None:
    article = tmp_path / "long.txt"
    article.write_text("Id: long\nTitle: Ұзақ\n\n" + "сөз " * 100, encoding="utf-8")
    assert run_filled("index", article).exit_code == 0
    assert ("сөз " * 100).strip() in in_pipe("show", "long", "--index", index).stdout
    assert ("сөз " * 100).strip() not in on_terminal("show", "long", "--index", index)


def test_analysis_is_a_table_on_a_terminal() -> None:
    output = on_terminal("analyze", "мектепте", COLUMNS="150")
    assert "───" in output
    assert "мектеп" in output


def test_progress_on_a_terminal_only(run_filled: Any, index: Path, root: Path) -> None:
    output = on_terminal("index", root / "seeds", "--index", index)
    assert "Indexing" in output
    assert "articles" in output
    assert "/s" in output
    done = run_filled("index", root / "seeds")
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_complaints_do_not_break_the_bar(index: Path, tmp_path: Path) -> None:
    broken = tmp_path / "a.jsonl"
    broken.write_text('{"id": "1", "body": "бір"}\n{\n', encoding="utf-8")
    output = on_terminal("index", broken, "--index", index, COLUMNS="300")
    lines = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", output).replace("\r", "\n").split("\n")
    assert any(line.startswith(f"{broken}:2: this is not JSON") for line in lines)
    assert "kzsearch: 1 record or file skipped" in output
