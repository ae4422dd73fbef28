"""Whatever goes wrong: one sentence on standard error, an exit code, no traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kzsearch import errors


@pytest.fixture
def failing(run: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs ``stats`` with an index that cannot be opened for the given reason."""

    def run_failing(error: BaseException) -> Any:
        def open_index(*_args: object, **_kwargs: object) -> None:
            raise error

        monkeypatch.setattr("kzsearch.index.open_index", open_index)
        return run("stats")

    return run_failing


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (errors.IndexLockedError("Process 7 is writing."), 1, "Process 7 is writing."),
        (errors.IndexMissingError("There is no index."), 1, "There is no index."),
        (errors.QueryError("The page is wrong."), 2, "The page is wrong."),
        (
            OSError(errno.ENOSPC, "No space left on device", "/index/x"),
            1,
            "No space left on device: /index/x",
        ),
        (PermissionError(errno.EACCES, "Permission denied"), 1, "Permission denied"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (
            ZeroDivisionError("division by zero"),
            1,
            "unexpected ZeroDivisionError: division by zero. This is a fault of kzsearch; "
            "KZSEARCH_DEBUG=1 in the environment shows where.",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_errors_become_sentences(
    failing: Any, error: BaseException, code: int, sentence: str
) -> None:
    result = failing(error)
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.strip() == f"kzsearch: {sentence}"


def test_debugging_shows_the_error(failing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZSEARCH_DEBUG", "1")
    assert isinstance(failing(ZeroDivisionError()).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["qurey"], "No such command 'qurey'. Did you mean"),
        (["query"], "Missing argument 'QUERY…'. See 'kzsearch query --help'."),
        (["query", "--limt", "5", "а"], "No such option '--limt'. See 'kzsearch query --help'."),
        (["query", "а", "--limit", "x"], "Invalid value for '--limit'"),
        (["query", "а", "--sort", "x"], "Invalid value for '--sort'"),
        (["--nothing"], "No such option '--nothing'."),
        (["show"], "Missing argument 'ID'."),
        (["serve", "--port", "99999"], "Invalid value for '--port'"),
        (["completion", "tcsh"], "Invalid value for '{bash|zsh|fish}'"),
    ],
)
def test_wrong_usage(run: Any, arguments: list[str], sentence: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"kzsearch: {sentence}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["query", "сенат"], ["show", "a"], ["delete", "a"], ["stats"], ["verify"], ["rebuild"]],
    ids=lambda arguments: arguments[0],
)
def test_no_index(run: Any, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert "There is no index at " in result.output
    assert result.stderr.startswith("kzsearch: ")


def test_closed_pipe_is_no_error(run_filled: Any, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("kzsearch")
    command = [program, "show", "a", "--index", tmp_path / "index"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode == 141


def test_full_disk_under_the_output(run_filled: Any, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("kzsearch")
    command = [program, "show", "a", "--index", tmp_path / "index"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "kzsearch: No space left on device\n"


def test_terminal_of_another_encoding(run_filled: Any, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("kzsearch")
    command = [program, "show", "a", "--index", tmp_path / "index"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(r"\u0421\u0435\u043d\u0430\u0442")


@pytest.mark.parametrize("command", [["query", "сенат"], ["stats"], ["verify"], ["rebuild"]])
def test_a_url_that_no_engine_opens_is_one_sentence_without_its_secrets(
    run: Any, command: list[str]
) -> None:
    done = run(*command, "--index", "opensearch://me:secret@host:9200/news")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "No engine opens opensearch://host:9200/news" in done.stderr
    assert "secret" not in done.stderr


def test_a_file_url_is_a_folder(run_filled: Any, tmp_path: Path) -> None:
    assert (
        "сенат"
        in run_filled("query", "сенат", "--index", f"file://{tmp_path}/index").stdout.lower()
    )
