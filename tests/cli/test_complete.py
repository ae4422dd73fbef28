"""``kzsearch complete``."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.mark.parametrize("typed", ["сен", "cty", "sen", "سەن"])
def test_any_script_and_keyboard(run_filled: Any, typed: str) -> None:
    result = run_filled("complete", typed)
    assert result.exit_code == 0
    assert "Сенат  1" in result.stdout.splitlines()


def test_words_are_read_together(run_filled: Any) -> None:
    result = run_filled("complete", "футбол", "куб", "--json")
    (first, *_) = json.loads(result.stdout)["completions"]
    assert first == {"text": "Футбол кубогы", "articles": 1, "typed": 10}


def test_limit(run_filled: Any) -> None:
    assert len(run_filled("complete", "с", "--limit", 1).stdout.splitlines()) == 1
    result = run_filled("complete", "с", "--limit", 0)
    assert result.exit_code == 2
    assert "The limit must be a whole number from 1" in result.stderr


def test_nothing(run_filled: Any) -> None:
    result = run_filled("complete", "ххх")
    assert (result.exit_code, result.stdout) == (0, "Nothing begins like this.\n")
    assert json.loads(run_filled("complete", "ххх", "--json").stdout) == {"completions": []}
