"""``kzsearch show`` and ``kzsearch delete``."""

from __future__ import annotations

import json
from typing import Any


def test_show(run_filled: Any) -> None:
    assert run_filled("show", "a").stdout == (
        "Сенат жиналды\n"
        "BAQ.KZ · 2025-09-29 · саясат · https://baq.kz/a\n"
        "id a\n\n"
        "Сенаттың отырысында су кодексі қаралды.\n"
    )


def test_show_with_a_query_is_the_same_text(run_filled: Any) -> None:
    assert run_filled("show", "a", "--query", "сенат").stdout == run_filled("show", "a").stdout


def test_show_json(run_filled: Any) -> None:
    article = json.loads(run_filled("show", "b", "--json").stdout)
    assert article["title"] == "Футбол кубогы"
    assert article["date"] == "2025-08-01"


def test_show_what_is_not_there(run_filled: Any) -> None:
    result = run_filled("show", "жоқ")
    assert result.exit_code == 1
    assert result.stderr == "kzsearch: There is no article with the id 'жоқ' in the index.\n"


def test_delete(run_filled: Any) -> None:
    result = run_filled("delete", "a", "b")
    assert (result.exit_code, result.stdout) == (0, "2 articles deleted.\n")
    assert run_filled("show", "a").exit_code == 1
    assert run_filled("query", "сенат").stdout == "Nothing found.\n"
    assert run_filled("show", "c").exit_code == 0


def test_delete_names_what_is_not_there(run_filled: Any) -> None:
    result = run_filled("delete", "a", "x", "y", "x")
    assert result.exit_code == 1
    assert result.stdout == "1 article deleted.\n"
    assert result.stderr == "kzsearch: Not in the index: 'x', 'y'.\n"
