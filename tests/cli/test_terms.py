"""``kzsearch terms``."""

from __future__ import annotations

import json
from typing import Any


def test_json_is_the_object_of_the_api(run_filled: Any) -> None:
    result = run_filled("terms", "сенат", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert list(found) == [
        "query", "total", "looked_at", "articles", "names", "words", "generation",
    ]  # fmt: skip
    assert found["total"] == found["looked_at"] == 2


def test_where_nothing_marks_the_hits_that_is_said(run_filled: Any) -> None:
    result = run_filled("terms", "--from", "1999", "--to", "1999")
    assert result.exit_code == 0
    assert result.stdout == "Nothing marks these hits.\n"


def test_a_wrong_limit_is_told_in_a_sentence(run_filled: Any) -> None:
    result = run_filled("terms", "сенат", "--limit", "0")
    assert result.exit_code == 2
    assert "The limit must be a whole number from 1 to 1,000, not 0." in result.stderr
