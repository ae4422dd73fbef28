"""Reprints under one hit, and articles similar to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch import open_index
from tests.web.conftest import port_articles


def test_reprints_stand_folded_under_the_first_of_them(read: Callable[..., Any]) -> None:
    page = read("/", q="порт")
    assert page.one("p", class_="total").text == "2 мақала табылды"
    assert page.one("p", class_="reprints").text == "көшірмелерімен бірге: 6"
    copies = page.one("details", class_="copies")
    assert copies.text.startswith("және тағы 4 дереккөз ")
    assert [source.text for source in page.find("span", class_="source")] == [
        "Ақтау", "Каспий", "Дала таңы", "Теңіз", "Айлақ", "Теңіз",
    ]  # fmt: skip
    links = [
        link["href"] for link in page.find("a") if "/articles/port-" in link.attributes["href"]
    ]
    assert len(links) == len(set(links)) == 6


@pytest.mark.parametrize(
    ("language", "query", "summary"),
    [
        ("kk", {}, "және тағы 4 дереккөз"),
        ("ru", {}, "и ещё 4 источника"),
        ("en", {}, "and 4 more sources"),
        ("ru", {"source": ["Ақтау", "Каспий"]}, "и ещё 1 источник"),
        ("en", {"source": ["Ақтау", "Каспий"]}, "and 1 more source"),
    ],
)
def test_the_plural_is_right(
    read: Callable[..., Any], language: str, query: dict[str, Any], summary: str
) -> None:
    page = read("/", q="порт", lang=language, **query)
    (details,) = page.find("details", class_="copies")
    assert details.text.startswith(summary + " ")


@pytest.mark.parametrize(
    ("language", "summary"),
    [("kk", "тағы 1 көшірмесі"), ("ru", "и ещё 1 копия"), ("en", "and 1 more copy")],
)
def test_a_copy_of_the_same_source_is_no_other_source(
    make_app: Callable[..., Flask], tmp_path: Path, language: str, summary: str
) -> None:
    article = next(port_articles())
    with open_index(tmp_path, create=True) as index:
        index.add([article, replace(article, id="again")])
    text = make_app(tmp_path).test_client().get(f"/?q=порт&lang={language}").text
    assert f"<summary>{summary}</summary>" in text


def test_reprints_can_be_hits_of_their_own_and_folded_again(read: Callable[..., Any]) -> None:
    page = read("/", q="порт", copies="1")
    assert page.one("p", class_="total").text == "6 мақала табылды"
    assert page.find("details", class_="copies") == []
    assert page.one("p", class_="reprints").text == "Көшірмелерді біріктіріп көрсету"
    (back,) = [link for link in page.find("a") if link.text == "Көшірмелерді біріктіріп көрсету"]
    assert "copies" not in back["href"]


def test_without_reprints_nothing_is_said_of_them(read: Callable[..., Any]) -> None:
    page = read("/", q="мектеп")
    assert page.find("p", class_="reprints") == page.find("details", class_="copies") == []


def test_the_api_lists_reprints(client: FlaskClient) -> None:
    found = client.get("/api/search", query_string={"q": "порт"}).json
    assert (found["total"], found["articles"]) == (2, 6)
    (hit,) = [hit for hit in found["hits"] if hit["copy_count"]]
    assert (hit["id"], [copy["id"] for copy in hit["copies"]]) == (
        "port-0",
        ["port-1", "port-2", "port-3", "port-4"],
    )
    assert hit["copies"][0]["source"] == "Каспий"
    unfolded = client.get("/api/search", query_string={"q": "порт", "copies": "1"}).json
    assert (unfolded["total"], unfolded["articles"]) == (6, 6)


def test_an_article_page_lists_similar_articles_but_no_reprints(read: Callable[..., Any]) -> None:
    page = read("/articles/port-2")
    assert page.one("h2", id="similar").text == "Ұқсас мақалалар"
    links = [link["href"] for link in page.find("a") if link["href"].startswith("/articles/")]
    assert [link for link in links if "?letters=" not in link] == ["/articles/port-other"]
    assert read("/articles/hostile").find("h2", id="similar") == []


def test_the_api_gives_similar_articles(client: FlaskClient) -> None:
    found = client.get("/api/similar/port-2").json
    assert found["id"] == "port-2"
    assert [hit["id"] for hit in found["hits"]] == ["port-other"]
    assert 0 < found["hits"][0]["score"] <= 1
    assert client.get("/api/similar/port-2?limit=1").status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/api/similar/nowhere", 404, "There is no such article in the index"),
        ("/api/similar/port-2?limit=0", 400, "The argument “limit” must be a whole number from 1."),
        ("/api/similar/port-2?limit=9999", 400, "The argument “limit” can be at most 100."),
        ("/api/search?q=a&copies=x", 400, "The argument “copies” is either 1 or 0."),
    ],
)
def test_wrong_requests(client: FlaskClient, address: str, status: int, sentence: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.json["error"].startswith(sentence)
