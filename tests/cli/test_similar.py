from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

MATCH = "Қайрат ойында үш гол соқты. Допты шабуылшы айып алаңынан дәл тепті, қақпашы үлгермеді."


@pytest.fixture
def run_news(run: Any, tmp_path: Path) -> Any:
    """Runs a command on an index in which two articles tell of one match."""
    articles = [
        {"id": "a", "title": "Қайрат жеңді", "body": MATCH},
        {"id": "b", "title": "Қайрат шабуылшысы", "body": "Қайрат шабуылшысы үш гол соқты."},
        *({"id": f"{n}", "title": "Басқа", "body": f"Бөлек {n} жаңалық."} for n in range(20)),
    ]
    path = tmp_path / "news.json"
    path.write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")
    assert run("index", str(path)).exit_code == 0
    return run


def test_similar_articles_for_people(run_news: Any) -> None:
    lines = run_news("similar", "a").stdout.splitlines()
    assert lines[1] == " 1. Қайрат шабуылшысы"
    assert re.fullmatch(r"    id b  score [01]\.\d{3}", lines[-1])


def test_similar_articles_as_json(run_news: Any) -> None:
    found = json.loads(run_news("similar", "a", "--json", "--limit", "3").stdout)
    assert found["id"] == "a"
    assert [hit["id"] for hit in found["hits"]] == ["b"]


def test_nothing_similar(run_news: Any) -> None:
    assert run_news("similar", "7").stdout == "Nothing similar found.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["жоқ"], "There is no article with the id 'жоқ' in the index."),
        (["a", "--limit", "0"], "The limit must be a whole number from 1 to 1,000, not 0."),
    ],
)
def test_wrong_use(run_news: Any, arguments: list[str], sentence: str) -> None:
    result = run_news("similar", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
