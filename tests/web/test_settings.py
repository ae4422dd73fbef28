"""The settings, and that docs/web.md tells of them and of every address."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kzsearch_web import create_app
from kzsearch_web.settings import SETTINGS, SettingError


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs/web.md").read_text(encoding="utf-8")


def test_every_setting_is_documented(root: Path, manual: str) -> None:
    spec = importlib.util.spec_from_file_location("update", root / "docs/update_settings.py")
    assert spec
    assert spec.loader
    updater = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(updater)
    assert updater.updated(manual) == manual, "run `python docs/update_settings.py`"
    assert updater.updated(manual.replace("\n| `PAGE_SIZE` |", "\n| `SIZE` |")) == manual
    assert all(f"| `{setting.name}` | " in manual for setting in SETTINGS)


def test_every_address_is_documented(
    manual: str, make_app: Callable[..., Flask], index_path: Path
) -> None:
    for rule in make_app(index_path).url_map.iter_rules():
        address = rule.rule.replace("<text:article_id>", "ID").split("<")[0]
        assert f"`{address}" in manual, address


def test_a_site_can_bear_its_own_name(
    make_app: Callable[..., Flask], index_path: Path, page_of: Callable[[str], Any]
) -> None:
    client = make_app(
        index_path, SITE_NAME="Дала <мұрағаты>", LANGUAGES="ru kk", DEFAULT_LANGUAGE="ru",
        ACCENT="#a01040",
    ).test_client()  # fmt: skip
    start = page_of(client.get("/").text)
    assert start.one("title").text.endswith("– Дала <мұрағаты>")
    assert start.one("a", class_="brand").text == "Дала <мұрағаты>"
    assert [link["hreflang"] for link in start.find("a") if "hreflang" in link.attributes] == [
        "ru", "kk",
    ]  # fmt: skip
    assert '<html lang="ru">' in client.get("/?lang=en").text
    assert "<ShortName>Дала &lt;мұрағаты&gt;</ShortName>" in client.get("/opensearch.xml").text
    assert "Дала &lt;мұрағаты&gt;</title>" in client.get("/feed.atom").text
    assert start.find("link", href="/accent.css")
    assert "--accent: #a01040;" in client.get("/accent.css").text


def test_a_single_language_offers_no_choice(
    make_app: Callable[..., Flask], index_path: Path, page_of: Callable[[str], Any]
) -> None:
    client = make_app(index_path, LANGUAGES="kk", LOGO_TEXT="Ж").test_client()
    start = page_of(client.get("/").text)
    assert start.find("nav", class_="languages") == []
    assert start.one("a", class_="brand").text == "Ж"
    assert client.get("/accent.css").status_code == 404


@pytest.mark.parametrize(
    ("package", "name", "value"),
    [("limits", "RATE_LIMIT", "1/day"), ("prometheus_client", "METRICS", 1)],
)
def test_what_needs_an_extra_says_so(
    index_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, name: str, value: object
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    create_app(index_path)
    with pytest.raises(SettingError, match=rf"^{name} needs: pip install 'kzsearch\[ops\]'$"):
        create_app(index_path, config={name: value})


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
