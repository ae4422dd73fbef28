"""The box for other sites."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch.errors import KzsearchError

SITES = "https://gazet.kz https://*.mysal.kz:8443"


@pytest.fixture
def open_client(make_app: Callable[..., Flask], index_path: Path) -> FlaskClient:
    return make_app(index_path, TESTING=True, EMBED_ORIGINS=SITES).test_client()


def test_the_box_may_be_framed_by_those_sites_only(open_client: FlaskClient) -> None:
    response = open_client.get("/embed?q=мектеп")
    assert response.status_code == 200
    assert f"frame-ancestors {SITES}" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/?q=мектеп", "/embed?limit=0", "/embed/code", "/articles/timed"):
        other = open_client.get(path)
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
        assert other.headers["X-Frame-Options"] == "DENY"


def test_it_shows_the_newest_articles(open_client: FlaskClient) -> None:
    text = open_client.get("/embed?q=мектеп&limit=3").text
    links = re.findall(r'<h2[^>]*><a href="([^"]+)" target="_blank" rel="noopener">', text)
    newest = open_client.get("/api/search?q=мектеп&sort=date&limit=3").json
    assert links == [f"/articles/{hit['id']}" for hit in (newest or {})["hits"]]
    assert "<form" not in text
    assert "<script" not in text


def test_nothing_found_is_said(open_client: FlaskClient) -> None:
    assert "Ештеңе табылмады" in open_client.get("/embed?q=жоқсөз").text


def test_the_lines_to_write(open_client: FlaskClient, read: Callable[..., Any]) -> None:
    text = open_client.get('/embed/code?q=мектеп "a"&source=Қала+үні&lang=ru').text
    line = html.unescape(text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
    match = re.fullmatch(r'<iframe src="([^"]+)" title="([^"]+)" width="100%".*></iframe>', line)
    assert match
    address = html.unescape(match[1])
    assert address.startswith("http://localhost/embed?")
    assert "lang=ru" in address
    assert "limit=5" in address
    assert html.unescape(match[2]) == '«мектеп "a"» · Қала үні · kzsearch'
    assert open_client.get(address.removeprefix("http://localhost")).status_code == 200


def test_results_offer_it_where_it_is_allowed(
    open_client: FlaskClient, client: FlaskClient
) -> None:
    assert "/embed/code?q=" in open_client.get("/?q=мектеп").text
    assert "/embed" not in client.get("/?q=мектеп").text


@pytest.mark.parametrize("path", ["/embed?q=мектеп", "/embed/code?q=мектеп"])
def test_without_sites_there_is_none(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    "sites", ["gazet.kz", "https://a.kz; script-src *", "javascript:a", "*.kz"]
)
def test_what_is_no_origin_is_refused(
    make_app: Callable[..., Flask], index_path: Path, sites: str
) -> None:
    with pytest.raises(KzsearchError, match="is no origin"):
        make_app(index_path, EMBED_ORIGINS=sites)
