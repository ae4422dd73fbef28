"""What users install: the wheel works in a clean environment, away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import uv

pytestmark = pytest.mark.slow

ARTICLE = """---
title: Мектептерге жаңа кітаптар жеткізілді
date: 2025-09-01
source: Дала хабары
---
Ауыл мектептерінде жаңа оқу жылы басталды. Оқушылар кітапханадан кітаптарын алды.
"""


def clean_environment() -> dict[str, str]:
    """The environment without what leads to this checkout and its packages."""
    strange = ("PYTHON", "COV", "VIRTUAL", "KZSEARCH")
    return {name: value for name, value in os.environ.items() if not name.startswith(strange)}


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that must succeed, run without this environment's paths."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def packages(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist and the wheel built from it."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, root, cwd=root)
    (sdist,) = out.glob("*.tar.gz")
    (wheel,) = out.glob("*.whl")
    return sdist, wheel


def test_the_wheel_runs_a_query_in_a_clean_environment(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    _, wheel = packages
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    bin_folder = tmp_path / "venv" / "bin"
    install = [uv.find_uv_bin(), "pip", "install", "--quiet", "--no-config"]
    run(*install, "--python", bin_folder / "python", wheel, cwd=tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(ARTICLE, encoding="utf-8")

    kzsearch = bin_folder / "kzsearch"
    run(kzsearch, "index", "--index", tmp_path / "index", tmp_path / "news", cwd=tmp_path)
    answer = run(kzsearch, "query", "--index", tmp_path / "index", "--json", "мектеп", cwd=tmp_path)

    (hit,) = json.loads(answer)["hits"]
    assert hit["title"] == "Мектептерге жаңа кітаптар жеткізілді"
    assert "<mark>мектептерінде</mark>" in hit["snippet"]
    where = run(
        bin_folder / "python", "-c", "import kzsearch; print(kzsearch.__file__)", cwd=tmp_path
    )
    assert where.startswith(str(tmp_path))


def test_uvx_serves_the_wheel(root: Path, packages: tuple[Path, Path], tmp_path: Path) -> None:
    """As `uvx kzsearch serve` will do with a wheel that is published."""
    _, wheel = packages
    with subprocess.Popen(
        [uv.find_uv_bin(), "tool", "run", "--quiet", "--no-config", "--python", sys.executable,
         "--constraints", root / "constraints.txt", "--from", wheel,
         "kzsearch", "serve", "--port", "0", "--index", tmp_path / "index"],
        cwd=tmp_path, env=clean_environment(), stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with pytest.raises(HTTPError) as answer:  # there is no index yet, and it says so
            urlopen(f"{address}healthz")
        assert answer.value.code == 503
        assert "no index" in json.load(answer.value)["error"].lower()
        process.terminate()
        assert process.wait(timeout=120) == 0


def test_the_wheel_holds_code_and_data_and_nothing_else(packages: tuple[Path, Path]) -> None:
    _, wheel = packages
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"kzsearch", "kzsearch_web"}
    for needed in (
        "kzsearch/py.typed",
        "kzsearch_web/py.typed",
        "kzsearch_web/templates/search.html",
    ):
        assert needed in names
    assert any(name.endswith(".tsv") for name in names)
    assert any(name.endswith(".mo") for name in names)


def test_the_sdist_can_build_and_test_itself(packages: tuple[Path, Path]) -> None:
    sdist, _ = packages
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "constraints.txt", "README.md", "LICENSE", "kz"} <= names
    assert {"Dockerfile", "compose.yaml", "deploy/nginx.conf", "mkdocs.yml"} <= names
    assert "tests/conftest.py" in names
    assert "seeds/000_00fdeefbeffb5643.txt" in names
    assert not any(name.startswith(("shared/", ".venv/", "index/CURRENT")) for name in names)
