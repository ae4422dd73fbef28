"""The program of docs/python-api.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_documented_program_runs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = BLOCK.findall((root / "docs" / "python-api.md").read_text(encoding="utf-8"))
    assert blocks
    assert {language for language, _ in blocks} == {"python"}
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for _, code in blocks:
        exec(compile(code, "docs/python-api.md", "exec"), names)
