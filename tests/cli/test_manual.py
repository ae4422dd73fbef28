"""docs/cli.md says what the commands say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import click
import pytest

from kzsearch.cli import main


@pytest.fixture(scope="module")
def updater(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_cli", root / "docs" / "update_cli.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_manual_is_up_to_date(updater: ModuleType) -> None:
    manual = updater.MANUAL.read_text(encoding="utf-8")
    assert updater.updated(manual) == manual, "run `python docs/update_cli.py`"


def test_update_replaces_old_help(updater: ModuleType) -> None:
    old = "```console\n$ kzsearch verify --help\nold\n```\n"
    assert "\nold\n" not in updater.updated(old)
    assert "Check every file of the index" in updater.updated(old)


SUBCOMMANDS = [
    f"{name} {each}"
    for name, command in sorted(main.commands.items())
    if isinstance(command, click.Group)
    for each in command.commands
]


@pytest.mark.parametrize("name", ["", *sorted(main.commands), *SUBCOMMANDS])
def test_every_command_is_in_the_manual(updater: ModuleType, name: str) -> None:
    manual = updater.MANUAL.read_text(encoding="utf-8")
    assert f"$ {f'kzsearch {name}'.strip()} --help\n" in manual
