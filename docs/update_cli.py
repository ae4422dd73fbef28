"""Writes the help texts into docs/cli.md: run it after changing a command.

Every block that begins with ``$ kzsearch … --help`` is filled with what that command
prints now. A test (tests/cli/test_manual.py) fails when the manual is behind.
"""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from kzsearch.cli import main

MANUAL = Path(__file__).with_name("cli.md")
BLOCK = re.compile(
    r"(?<=```console\n)\$ kzsearch(?P<command>(?: [a-z][a-z-]*)*) --help\n.*?(?=```)", re.S
)


def updated(manual: str) -> str:
    """The manual with all its help texts as they are now."""
    return BLOCK.sub(_help_block, manual)


def _help_block(block: re.Match[str]) -> str:
    command = block["command"].split()
    result = CliRunner().invoke(main, [*command, "--help"], prog_name="kzsearch", terminal_width=80)
    return f"$ {' '.join(['kzsearch', *command, '--help'])}\n{result.stdout}"


if __name__ == "__main__":
    MANUAL.write_text(updated(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
