"""The settings, and that docs/web.md tells of them and of every address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from kzsearch_web.settings import SETTINGS, Setting


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs/web.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(manual: str, setting: Setting) -> None:
    assert f"| `{setting.name}` | `{setting.default}` | {setting.help} |" in manual


def test_every_address_is_documented(
    manual: str, make_app: Callable[..., Flask], index_path: Path
) -> None:
    for rule in make_app(index_path).url_map.iter_rules():
        address = rule.rule.replace("<path:article_id>", "ID").split("<")[0]
        assert f"`{address}" in manual, address


def test_settings_have_effect(make_app: Callable[..., Flask], index_path: Path) -> None:
    client = make_app(
        index_path, PAGE_SIZE=3, MAX_PAGE_SIZE=5, MAX_RESULTS=6, MAX_QUERY_LENGTH=8, MAX_FILTERS=1
    ).test_client()
    answer = client.get("/api/search?q=мектеп").json
    assert answer is not None
    assert len(answer["hits"]) == 3
    for query in ("limit=6", "page=3", "q=" + "ә" * 9, "source=a&source=b", "source=" + "ә" * 9):
        assert client.get(f"/api/search?{query}").status_code == 400, query
    text = client.get("/?q=мектеп").text
    assert "page=2" in text
    assert "page=3" not in text
