"""What robots are told."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from kzsearch import open_index
from kzsearch_web import sitemap as sitemap_module


def addresses(client: FlaskClient, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.mimetype == "application/xml"
    tree = ElementTree.fromstring(response.data)
    return [
        place.text or "" for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]


def test_sitemaps_lead_to_every_article_and_source(
    client: FlaskClient, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap_module, "_ARTICLES", 10)
    with open_index(index_path) as index:
        ids, names = set(index.ids()), set(index.counts()["source"])
    maps = addresses(client, "/sitemap.xml")
    assert len(maps) == 1 + 4
    places = [
        place for each in maps for place in addresses(client, each.removeprefix("http://localhost"))
    ]
    assert len(places) == len(set(places)) == 2 + len(names) + len(ids)
    for place in places:
        assert client.get(place.removeprefix("http://localhost")).status_code == 200
    assert {
        unquote(place.rpartition("/sources/")[2]) for place in places if "/sources/" in place
    } == names


def test_a_sitemap_that_is_not_there(client: FlaskClient) -> None:
    assert client.get("/sitemaps/2.xml").status_code == 404
    assert client.get("/sitemaps/x.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "open"),
    [
        ("/", True), ("/articles/timed", True), ("/sources", True), ("/sources/a", True),
        ("/feed.atom", True), ("/sitemap.xml", True), ("/?q=a", False), ("/api/search?q=a", False),
        ("/export.csv?q=a", False), ("/feed.atom?q=a", False), ("/timeline?q=a", False),
        ("/embed?q=a", False), ("/articles/timed?q=a", False),
    ],
)  # fmt: skip
def test_robots_may_read_articles_not_searches(client: FlaskClient, path: str, open: bool) -> None:
    text = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in text
    rules = pytest.importorskip("protego").Protego.parse(text)
    assert rules.can_fetch(f"http://localhost{path}", "robot") is open


def test_the_standard_library_s_robots_may_read_articles(client: FlaskClient) -> None:
    """It knows no wildcards, and takes a rule ``/?`` for the whole site."""
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    assert rules.can_fetch("robot", "http://localhost/articles/timed")
    assert not rules.can_fetch("robot", "http://localhost/api/search?q=a")
