"""deploy/kzsearch.service: systemd itself reads it and says how exposed it is."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kzsearch.cli import main

MOST_EXPOSED = 20
"""Of a hundred, in systemd's own opinion; a service without any of its protections has 96."""


@pytest.fixture
def unit(root: Path) -> str:
    return (root / "deploy/kzsearch.service").read_text(encoding="utf-8")


def test_systemd_understands_it(
    unit: str, program: Callable[[str, str], str], tmp_path: Path
) -> None:
    analyze = program("systemd-analyze", "systemd")
    command = tmp_path / "kzsearch"
    command.touch(mode=0o755)
    path = tmp_path / "kzsearch.service"
    path.write_text(unit.replace("/opt/kzsearch/bin/kzsearch serve", f"{command} serve"))
    for arguments in (
        ["verify", "--man=no", path],
        ["security", "--offline=true", f"--threshold={MOST_EXPOSED}", path],
    ):
        done = subprocess.run([analyze, *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert str(path) not in done.stderr, done.stderr  # what it complains of


def test_the_command_is_one_that_kzsearch_has(unit: str) -> None:
    (line,) = re.findall("^ExecStart=(.*)$", unit, re.MULTILINE)
    _program, name, *options = shlex.split(line)
    main.commands[name].make_context(name, options)
