"""The language of the interface: how it is chosen and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch.engine.interface import Sort
from kzsearch_web.arguments import Arguments
from kzsearch_web.languages import CARRIED

Read = Callable[..., Any]


def test_kazakh_is_the_default_whatever_the_browser_asks_for(client: FlaskClient) -> None:
    response = client.get("/", headers={"Accept-Language": "ru,en;q=0.5"})
    assert '<html lang="kk">' in response.text


@pytest.mark.parametrize(
    ("language", "heading", "total", "date"),
    [
        ("kk", "Қазақша жаңалықтардан іздеу", "24 мақала табылды", "2025 ж. 24 желтоқсан"),
        ("ru", "Поиск по новостям на казахском", "Найдено 24 статьи", "24 декабря 2025 г."),
        ("en", "Search Kazakh news", "24 articles found", "December 24, 2025"),
    ],
)
def test_each_language_speaks_throughout(
    read: Read, language: str, heading: str, total: str, date: str
) -> None:
    start = read("/", lang=language)
    assert start.one("html")["lang"] == language
    assert start.one("h1").text == heading
    results = read("/", q="мектеп", sort="date")
    assert results.one("p", role="status").text.replace("Найдены", "Найдено") == total
    assert date in results.find("li", class_="hit")[0].text


def test_the_choice_is_remembered(client: FlaskClient) -> None:
    response = client.get("/?lang=ru")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert '<html lang="ru">' in client.get("/").text
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/").text


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    response = client.get("/?lang=xx")
    assert '<html lang="kk">' in response.text
    assert "Set-Cookie" not in response.headers
    client.set_cookie("kzsearch_lang", "../../etc")
    assert '<html lang="kk">' in client.get("/").text


def test_a_cache_is_told_that_pages_differ_by_reader(client: FlaskClient) -> None:
    assert "Cookie" in client.get("/").headers["Vary"]


def test_language_links_keep_the_search(read: Read) -> None:
    page = read("/", q="мектеп & үй", source="Қала үні", lang="ru")
    links = {
        link["hreflang"]: link["href"] for link in page.find("a") if "hreflang" in link.attributes
    }
    assert set(links) == {"kk", "ru", "en"}
    english = read("/" + links["en"])
    assert english.one("html")["lang"] == "en"
    assert english.one("input", id="q")["value"] == "мектеп & үй"
    assert english.find("ul", class_="chips")


def test_language_links_carry_all_that_a_search_knows(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    whole = Arguments(
        q="a", page=2, limit=3, sort=Sort.DATE, first="2025", last="2026", sources=("a",),
        categories=("b",), languages=("kk",), without=("c",), explain=True, exact=True, copies=True,
    )  # fmt: skip
    assert all(getattr(whole, each.name) != each.default for each in fields(Arguments))
    with make_app(index_path).app_context():
        assert set(whole.link()) <= set(CARRIED)


@pytest.mark.parametrize("path", ["/", "/?q=мектеп&", "/nowhere?", "/articles/school-1?"])
def test_what_no_search_knows_does_not_come_back(client: FlaskClient, path: str) -> None:
    usual = len(client.get(path).data)
    junk = "&".join(f"x{number}={number}" for number in range(20_000))
    sources = "&".join(f"source={number}" for number in range(20_000))
    path += "" if "?" in path else "?"
    assert len(client.get(f"{path}&{junk}").data) < usual + 100
    assert len(client.get(f"{path}&{sources}").data) < usual + 5_000
    assert len(client.get(f"{path}&q={'ә' * 60_000}").data) < usual + 5_000


def test_language_links_never_lead_away(client: FlaskClient) -> None:
    assert 'href="?lang=ru"' in client.get("//evil.example/").text


def test_another_default_can_be_set(make_app: Callable[..., Flask], index_path: Path) -> None:
    client = make_app(index_path, DEFAULT_LANGUAGE="ru").test_client()
    assert '<html lang="ru">' in client.get("/").text
