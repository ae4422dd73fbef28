"""The language of the interface: how it is chosen and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

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


def test_language_links_never_lead_away(client: FlaskClient) -> None:
    assert 'href="?lang=ru"' in client.get("//evil.example/").text


def test_another_default_can_be_set(make_app: Callable[..., Flask], index_path: Path) -> None:
    client = make_app(index_path, DEFAULT_LANGUAGE="ru").test_client()
    assert '<html lang="ru">' in client.get("/").text
