"""``./kz``: what it installs, when, and how the tested versions are renewed."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Load = Callable[..., Any]


@pytest.fixture
def load(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Loads ``kz`` for a checkout of its own; what it runs is written down in ``kz.commands``."""
    checkout = tmp_path / "a checkout"
    checkout.mkdir()
    for name in ("kz", "pyproject.toml"):
        (checkout / name).write_bytes((root / name).read_bytes())
    (checkout / "constraints.txt").write_text("click==8.1.0\n")
    for name in ("KZ_NEWEST", "KZ_VENV", "PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def load_kz(**environment: str) -> Any:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        loader = importlib.machinery.SourceFileLoader("kz", str(checkout / "kz"))
        kz = importlib.util.module_from_spec(importlib.util.spec_from_loader("kz", loader))
        loader.exec_module(kz)
        kz.commands = []

        def remember(*command: object, env: dict[str, str] | None = None) -> int:
            kz.commands.append((" ".join(map(str, command)), env or {}))
            return 0

        kz.call = kz.run = remember
        kz.make_venv = lambda: kz.VENV.mkdir(exist_ok=True)
        return kz

    return load_kz


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        ("sources list", "web"), ("update", "web"), ("watch", "web"), ("serve --watch", "web"),
        ("test", "test"), ("serve", ""), ("query сенат", ""),
    ],
)  # fmt: skip
def test_a_command_brings_what_it_needs(load: Load, words: str, extra: str) -> None:
    assert load().extra_for(words.split()) == extra


def test_signals_reach_the_command_that_runs(load: Load, tmp_path: Path) -> None:
    kz = load(KZSEARCH_INDEX=str(tmp_path))
    script = kz.PYTHON.with_name("kzsearch")
    script.parent.mkdir(parents=True)
    script.write_text(
        "#!/bin/sh\ntrap 'echo ended; exit 0' TERM\necho ready\nwhile :; do sleep .1; done"
    )
    script.chmod(0o755)
    (kz.VENV / "kz-installed").write_text(kz.digest() + "\n")
    with subprocess.Popen(
        [sys.executable, str(kz.ROOT / "kz"), "serve"],
        env={**os.environ, "KZ_VENV": str(kz.VENV)}, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.terminate()
        assert process.stdout.read() == "ended\n"
    assert process.returncode == 0


WAITS = """
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

loader = SourceFileLoader("kz", sys.argv[1])
kz = module_from_spec(spec_from_loader("kz", loader))
loader.exec_module(kz)
sys.exit(kz.run("sh", "-c", "echo ready; exec sleep 60"))
"""


def test_a_program_that_is_waited_for_ends_with_it(load: Load) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITS, str(load().ROOT / "kz")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.terminate()
        assert process.stdout.read() == ""  # nobody holds it open any more
    assert process.returncode == 128 + 15


def test_what_was_tested_together_is_installed(load: Load) -> None:
    kz = load()
    kz.install("")
    ((command, environment),) = kz.commands
    assert command.endswith(f"pip install --quiet --disable-pip-version-check -e {kz.ROOT}")
    assert environment["PIP_CONSTRAINT"] == environment["PIP_BUILD_CONSTRAINT"]
    assert environment["PIP_CONSTRAINT"].endswith("/a%20checkout/constraints.txt")


def test_constraints_of_the_user_hold_as_well(load: Load) -> None:
    environment = load(PIP_CONSTRAINT="mine.txt").constrained()
    assert re.fullmatch(r"mine\.txt file:///\S+", environment["PIP_CONSTRAINT"])


def test_pip_keeps_to_them(load: Load) -> None:
    kz = load()
    kz.CONSTRAINTS.write_text("pytest==0.1\n")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "pytest"],
        env=kz.constrained(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "pytest==0.1" in done.stdout + done.stderr


def test_an_installation_is_made_anew_only_when_something_changed(load: Load) -> None:
    kz = load()

    def installs(extra: str = "") -> int:
        before = len(kz.commands)
        kz.install(extra)
        return len(kz.commands) - before

    assert [installs(), installs(), installs("test"), installs("test"), installs()] == [
        1, 0, 1, 0, 0,
    ]  # fmt: skip
    kz.CONSTRAINTS.write_text("click==8.1.1\n")
    assert [installs(), installs()] == [1, 0]
    assert "[test]" in kz.commands[-1][0]  # what was installed once stays
    with (kz.ROOT / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert [installs(), installs()] == [1, 0]


def test_the_newest_are_installed_on_demand_and_apart(load: Load) -> None:
    kz = load(KZ_NEWEST="1")
    assert kz.VENV == kz.ROOT / ".venv-newest"
    kz.install("test")
    ((command, environment),) = kz.commands
    assert "--upgrade --upgrade-strategy=eager" in command
    assert "PIP_CONSTRAINT" not in environment


def test_a_checkout_without_constraints_takes_what_there_is(load: Load) -> None:
    (load().ROOT / "constraints.txt").unlink()
    kz = load()
    kz.install("")
    assert "PIP_CONSTRAINT" not in kz.commands[0][1]


def test_a_failed_installation_says_what_to_try(
    load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    kz = load()

    def fail(*command: object, env: object) -> None:
        raise subprocess.CalledProcessError(1, list(command))

    kz.call = fail
    assert kz.main(["stats"]) == 1
    assert "KZ_NEWEST=1 takes the newest packages" in capsys.readouterr().err
    assert not (kz.VENV / "kz-installed").exists()


def test_the_whole_suite_runs_in_parallel_with_coverage_and_a_part_as_it_is_said(
    load: Load,
) -> None:
    kz = load()
    kz.test([])
    kz.test(["tests/text", "-q"])
    checks = [command.split(" -m ")[1] for command, _ in kz.commands]
    assert checks[:3] == checks[4:7] == ["ruff check .", "ruff format --check .", "mypy"]
    assert checks[3].startswith("pytest --cov --numprocesses=auto")
    assert checks[7] == "pytest tests/text -q"


def test_a_failed_check_ends_the_tests(load: Load) -> None:
    kz = load()
    kz.run = lambda *command, env: kz.commands.append(command) or 3
    assert kz.test([]) == 3
    assert len(kz.commands) == 1


def test_renewing_writes_down_what_passed_and_says_what_changed(
    load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    kz = load()
    kz.output = lambda *command: "attrs==25.1\nclick==8.2.0\n"
    assert kz.main(["renew", "tests/text"]) == 0
    ((command, environment),) = kz.commands
    assert command.endswith("kz test tests/text")
    assert environment["KZ_NEWEST"] == "1"
    assert not Path(environment["KZ_VENV"]).parent.exists()
    lines = kz.CONSTRAINTS.read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["attrs==25.1", "click==8.2.0"]
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}." in lines[0]
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if "#" not in line] == [
        "+ attrs==25.1", "- click==8.1.0", "+ click==8.2.0",
    ]  # fmt: skip
    assert kz.renew([]) == 0
    assert capsys.readouterr().out == "unchanged\n"


def test_renewing_changes_nothing_when_a_test_fails(
    load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    kz = load()
    kz.run = lambda *command, env: 5
    assert kz.renew([]) == 5
    assert kz.CONSTRAINTS.read_text() == "click==8.1.0\n"
    assert "constraints.txt stays as it was" in capsys.readouterr().err


def test_nothing_said_shows_the_usage(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    kz = load()
    assert kz.main([]) == 0
    assert "./kz renew" in capsys.readouterr().out
    assert kz.commands == []


def test_the_tested_versions_are_exact_and_such_as_the_project_takes(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    tested: dict[str, str] = {}
    for requirement in (Requirement(line) for line in lines if not line.startswith("#")):
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        tested[canonicalize_name(requirement.name)] = specifier.version
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    taken = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    for requirement in map(Requirement, taken):
        # One that is not there yet is not held to any version: `./kz renew` adds it.
        version = tested.get(canonicalize_name(requirement.name))
        assert version is None or requirement.specifier.contains(version), (
            f"constraints.txt has {requirement.name} {version}, pyproject.toml wants "
            f"{requirement.specifier}: run ./kz renew"
        )
    assert {"flask", "numpy", "pytest", "whoosh3"} <= tested.keys()
