"""Kazakh words are written in Cyrillic: a Latin look-alike inside one is invisible and fatal.

Looks at every text file git would commit. A word that mixes scripts on purpose
(a test of the repair, a table of look-alikes) stands in ALLOWED_FILES.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

MIXED = re.compile(r"(?=\w*[A-Za-zƏəɵ])(?=\w*[Ѐ-ӿ])[^\W\d_]{2,}")
"""A run of letters that holds both Latin and Cyrillic."""

ESCAPES = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}(?:\\?\[[0-9;]*m)?|[nrtbfvdDwWsSN0])")
"""Escapes end in Latin letters that may touch a Cyrillic word: ``'\\nбүгін'``."""

TEXT_ENDINGS = {
    ".cfg", ".css", ".csv", ".html", ".js", ".json", ".jsonl", ".md", ".po", ".py", ".svg",
    ".toml", ".tsv", ".txt",
}  # fmt: skip

MARKER = "mixed-script on purpose"
"""A file that must hold mixed words says so in one of its first ten lines."""


def committed_files(root: Path) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listing.returncode:
        pytest.skip("needs a git checkout to know which files are the project's")
    paths = (root / name for name in listing.stdout.split("\0") if name)
    return [path for path in paths if path.suffix in TEXT_ENDINGS and path.is_file()]


def mixed_words(text: str) -> list[str]:
    return MIXED.findall(ESCAPES.sub(" ", text))


def test_the_check_itself_sees_a_look_alike() -> None:
    look_alike = "мектепт" + "e"
    assert mixed_words(f"бір {look_alike} бар") == [look_alike]
    assert mixed_words("мектепте, Audi, АҚШ") == []


def test_no_latin_look_alikes_inside_cyrillic_words(root: Path) -> None:
    wrong = {}
    for path in committed_files(root):
        text = path.read_text(encoding="utf-8")
        if MARKER in "\n".join(text.splitlines()[:10]).lower():
            continue
        if found := mixed_words(text):
            wrong[path.relative_to(root).as_posix()] = sorted(set(found))[:10]
    assert wrong == {}
