"""The documented lines for curl, as they are printed, against a running server."""

from __future__ import annotations

import html
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from kzsearch import open_index
from kzsearch.documents import read_articles

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")

PROGRAM = "from kzsearch.cli import main; main()"
DOCUMENTED = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running ``kzsearch serve`` over the samples: its address without the last slash."""
    path = tmp_path_factory.mktemp("curl") / "index"
    with open_index(path, create=True) as index:
        index.add(read_articles([root / "seeds"], on_problem=print))
    command = [sys.executable, "-c", PROGRAM, "serve", "--port", "0", "--processes", "1"]
    with subprocess.Popen(
        [*command, "--index", str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip().rstrip("/")
        process.terminate()


def run(line: str, folder: Path) -> bytes:
    """What curl prints; it must succeed, and a status of 400 or more is none."""
    command, *arguments = shlex.split(line)
    assert command == "curl"
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--fail-with-body", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (line, done.stderr, done.stdout[:200])
    return done.stdout


def test_the_lines_of_the_manual_work(address: str, root: Path, tmp_path: Path) -> None:
    manual = (root / "docs/web.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\$ (curl .*)$", manual, re.M)
    assert len(lines) >= 4
    for line in lines:
        assert DOCUMENTED in line
        answer = run(line.replace(DOCUMENTED, address), tmp_path)
        if answer:
            assert "error" not in json.loads(answer)
    assert list(tmp_path.glob("kzsearch*.csv"))  # -OJ takes the name that is sent


def test_the_lines_of_the_page_work(address: str, tmp_path: Path) -> None:
    with urlopen(f"{address}/api") as response:
        page = html.unescape(response.read().decode())
    lines = re.findall(r"<code>(curl .*?)</code>", page)
    assert len(lines) >= 8
    for line in lines:
        assert address in line
        assert run(line, tmp_path)


def test_letters_that_are_not_encoded_are_told_of_in_json(address: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["curl", "--silent", "--include", f"{address}/api/search?q=мектеп"],
        capture_output=True,
        check=True,
    )
    head, _, body = done.stdout.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 400 ")
    assert "Content-Type: application/json" in head
    assert "percent-encoded" in json.loads(body)["error"]


def test_a_body_is_refused_in_json(address: str) -> None:
    done = subprocess.run(
        ["curl", "--silent", "--data", "q=1", f"{address}/api/search"],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == {"error": "This address can be read but not written to."}
