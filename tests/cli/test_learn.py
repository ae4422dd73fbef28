"""``kzsearch learn-roots``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

NEWS = (
    "Шпрыңгалдың сөзі. Шпрыңгалға келді. Шпрыңгалды көрді. Шпрыңгалда болды. Шпрыңгалдан. Шпрыңгал"
)


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KZSEARCH_WORDS", str(tmp_path / "words"))
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_roots_are_kept_where_the_stemmer_looks(run: Any, news: Path, tmp_path: Path) -> None:
    result = run("learn-roots", news)
    kept = tmp_path / "words/learned_roots.tsv"
    assert (result.exit_code, result.stderr) == (0, "")
    learned, rebuild = result.stdout.splitlines()
    assert learned == f"1 root learned, kept in {kept}."
    assert "kzsearch rebuild" in rebuild
    assert "\nшпрыңгал\t" in kept.read_text(encoding="utf-8")


def test_another_file_may_be_named(run: Any, news: Path, tmp_path: Path) -> None:
    output = tmp_path / "mine.tsv"
    assert run("learn-roots", "--output", output, news).stdout == (
        f"1 root learned, kept in {output}.\n"
    )
    assert "шпрыңгал" in output.read_text(encoding="utf-8")
    assert not (tmp_path / "words").exists()


def test_a_dry_run_only_prints(run: Any, news: Path, tmp_path: Path) -> None:
    *_, row = run("learn-roots", "--dry-run", news).stdout.splitlines()
    assert row.startswith("шпрыңгал\t")
    assert not (tmp_path / "words").exists()


def test_standard_input_and_what_is_skipped(run: Any, news: Path, tmp_path: Path) -> None:
    result = run("learn-roots", "-", tmp_path / "none.txt", stdin=NEWS)
    assert result.exit_code == 1
    assert result.stdout.startswith("1 root learned")
    assert "none.txt: the file cannot be read" in result.stderr
    assert result.stderr.endswith("the roots are those of everything else.\n")


def test_a_folder_that_cannot_be_written_is_one_sentence(
    run: Any, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KZSEARCH_WORDS", str(news))
    result = run("learn-roots", news)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"kzsearch: {news}/learned_roots.tsv cannot be written")
