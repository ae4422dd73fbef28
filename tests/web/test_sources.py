"""A page for each source, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from kzsearch import open_index

Read = Callable[..., Any]


def test_the_list_has_every_source(read: Read, client: FlaskClient) -> None:
    page = read("/sources")
    names = [link.text for link in page.find("a") if link["href"].startswith("/sources/")]
    assert {"Дала таңы", "Қала үні", "Таңғы шолу", "<b>Қауіпті</b> дереккөз"} <= set(names)
    for link in page.find("a"):
        if link["href"].startswith("/sources/"):
            assert client.get(link["href"]).status_code == 200


def test_a_source_tells_what_when_and_how_many(read: Read) -> None:
    page = read("/sources/Дала таңы")
    assert page.one("h1").text == "Дала таңы"
    facts = page.one("dl", class_="facts").text
    found = read("/", source="Дала таңы", copies=1)
    count = found.one("p", role="status").text.split()[0]
    assert f"Мақалалар{count}" in facts
    assert "1 қаңтар – 24 желтоқсан" in facts
    assert "білім" in facts
    feed = page.one("link", rel="alternate", type="application/atom+xml")
    assert feed["href"].startswith("/feed.atom?source=")
    assert len(page.find("h3")) > 3


def test_letter_case_does_not_count(read: Read) -> None:
    assert read("/sources/дала ТАҢЫ").one("h1").text == "Дала таңы"


def test_undated_articles_are_counted(read: Read) -> None:
    facts = read("/sources/<b>Қауіпті<%2Fb> дереккөз").one("dl", class_="facts").text
    assert "күні жоқ: 1" in facts
    assert "Уақыты" not in facts


def test_an_unknown_source_is_not_found(client: FlaskClient) -> None:
    assert client.get("/sources/Жоқ").status_code == 404


def test_there_may_be_no_sources(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    with open_index(tmp_path, create=True):
        pass
    assert "Ешбір мақалада" in make_app(tmp_path).test_client().get("/sources").text


def test_the_start_page_leads_there(read: Read) -> None:
    assert read("/").one("a", href="/sources").text == "Дереккөздер"
