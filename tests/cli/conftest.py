"""What the tests of the command line share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzsearch.cli import main

ARTICLES = """\
{"id": "a", "title": "Сенат жиналды", "body": "Сенаттың отырысында су кодексі қаралды.", \
"date": "2025-09-29", "source": "BAQ.KZ", "category": "саясат", "url": "https://baq.kz/a"}
{"id": "b", "title": "Футбол кубогы", "body": "Қайрат командасы жеңді. Сенат туралы сөз жоқ.", \
"date": "2025-08-01", "source": "Дала", "category": "спорт"}
{"id": "c", "title": "Жаңа мектеп", "body": "Ауыл мектептерінде сабақ басталды.", \
"date": "2025-09-01", "source": "Дала", "category": "білім"}
"""

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command on an index of its own; ``stdin`` is what is piped in."""
    monkeypatch.setenv("KZSEARCH_INDEX", str(tmp_path / "index"))
    monkeypatch.delenv("KZSEARCH_DEBUG", raising=False)

    def run_command(*arguments: object, stdin: str = "") -> Result:
        return CliRunner().invoke(main, list(map(str, arguments)), stdin, prog_name="kzsearch")

    return run_command


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three articles, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "index"
    result = CliRunner().invoke(main, ["--index", str(path), "index", "-"], ARTICLES)
    assert result.exit_code == 0
    return path


@pytest.fixture
def run_filled(run: Run, filled: Path, tmp_path: Path) -> Run:
    """The same, with three articles in the index."""
    shutil.copytree(filled, tmp_path / "index")
    return run
