"""The command itself: help, version, where the index is, shell completion."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

import kzsearch
from kzsearch.cli import main

COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help(run: Any, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: kzsearch")


def test_help_names_every_command(run: Any) -> None:
    for name in COMMANDS:
        assert f"\n  {name} " in run("--help").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_sentence(name: str) -> None:
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help
            assert parameter.help.endswith(".")


def test_version(run: Any) -> None:
    assert run("--version").stdout == f"kzsearch {kzsearch.__version__}\n"


def test_nothing_said_shows_the_help(run: Any) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Commands:" in result.output


def test_help_loads_no_engine() -> None:
    code = (
        "import sys\nfrom kzsearch.cli import main\n"
        "try: main(['query', '--help'])\n"
        "except SystemExit: print([m for m in sys.modules if m.partition('.')[0] in\n"
        "    {'rich', 'whoosh', 'pymorphy3', 'flask', 'platformdirs', 'charset_normalizer'}\n"
        "    or m.startswith(('kzsearch.dates', 'kzsearch.documents', 'kzsearch.engine'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments",
    [["--index", "{}", "stats"], ["stats", "--index", "{}"], ["--index=no", "stats", "--index={}"]],
    ids=["before", "behind", "behind wins"],
)
def test_index_may_stand_before_or_behind(
    run_filled: Any, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    assert run_filled("stats").exit_code == 1
    result = run_filled(*(part.format(tmp_path / "elsewhere") for part in arguments))
    assert result.exit_code == 0
    assert str(tmp_path / "elsewhere") in result.stdout


def test_index_that_is_a_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("stats", "--index", tmp_path / "file")
    assert result.exit_code == 2
    assert "is a file" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(run: Any, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_KZSEARCH_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [(["qu"], "plain,query"), (["query", "--sort", "d"], "plain,date"), (["ver"], "plain,verify")],
)
def test_completions(
    run: Any, monkeypatch: pytest.MonkeyPatch, typed: list[str], offered: str
) -> None:
    monkeypatch.setenv("_KZSEARCH_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(["kzsearch", *typed]))
    monkeypatch.setenv("COMP_CWORD", str(len(typed)))
    result = run()
    assert result.exit_code == 0
    assert result.stdout.split() == [offered]
