"""Feeds of searches, read by feedparser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch import Article, open_index


def parsed(client: FlaskClient, query: str = "") -> Any:
    response = client.get(f"/feed.atom{query}")
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/atom+xml"
    feed = feedparser.parse(response.data)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def test_a_feed_has_the_newest_first(client: FlaskClient) -> None:
    feed = parsed(client, "?q=мектеп&limit=10")
    assert feed.feed.title == "«мектеп» · kzsearch"
    dates = [entry.updated for entry in feed.entries]
    assert len(dates) == 10
    assert dates == sorted(dates, reverse=True)
    assert feed.feed.updated == dates[0]
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"].startswith("http://localhost/feed.atom?q=")
    assert links["alternate"].startswith("http://localhost/?q=")


def test_entries_tell_what_is_known(client: FlaskClient) -> None:
    (entry,) = parsed(client, "?q=түнгі").entries
    assert entry.id == entry.link == "http://localhost/articles/timed"
    assert (entry.title, entry.author) == ("Түнгі хабар", "Айгүл Сапарова")
    assert entry.updated == "2025-09-28T20:30:00+00:00"
    assert [tag.term for tag in entry.tags] == ["қоғам"]
    assert {link.rel: link.href for link in entry.links}["via"] == "https://example.kz/tungi"
    assert entry.summary_detail.type == "text/html"
    assert entry.summary == "Түнгі хабар таралды."  # feedparser knows no <mark>


def test_a_day_begins_in_almaty(client: FlaskClient) -> None:
    assert parsed(client, "?source=Төте+жазу").entries[0].updated == "2025-03-01T00:00:00+05:00"


def test_reprints_are_folded_and_undated_articles_left_out(client: FlaskClient) -> None:
    titles = [entry.title for entry in parsed(client, "?q=порт").entries]
    assert titles == ["Ақтау порты Айлақ", "Ақтау портының кемелері"]
    assert len(parsed(client, "?q=порт&copies=1").entries) == 6
    assert parsed(client, "?q=қауіпті").entries == []


def test_articles_with_some_of_the_words_are_not_in_it(client: FlaskClient) -> None:
    assert (client.get("/api/search?q=түнгі+мектеп").json or {})["total"] > 0
    assert parsed(client, "?q=түнгі+мектеп").entries == []


def test_without_arguments_it_is_the_feed_of_all(client: FlaskClient) -> None:
    assert len(parsed(client).entries) == 28  # 24 schools, 2 dated odd ones, 2 of the port


def test_nothing_new_is_nothing_sent(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add([Article(id="a", title="Мектеп", date=dt.date(2025, 1, 1))])
        client = make_app(tmp_path).test_client()
        first = client.get("/feed.atom?q=мектеп")
        etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        same = client.get("/feed.atom?q=мектеп", headers={"If-None-Match": etag})
        assert (same.status_code, same.data) == (304, b"")
        same = client.get("/feed.atom?q=мектеп", headers={"If-Modified-Since": modified})
        assert same.status_code == 304
        index.add([Article(id="b", title="Мектеп", date=dt.date(2025, 1, 2))])
        other = client.get("/feed.atom?q=мектеп", headers={"If-None-Match": etag})
        assert other.status_code == 200
        assert len(feedparser.parse(other.data).entries) == 2


def test_hostile_text_stays_text(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add(
            [
                Article(
                    id="\x01]]>&",
                    title="Қауіпті \x0b<script>alert(1)</script> ]]> &amp;",
                    body="Қауіпті \x1f <b>мәтін</b> \ufffe",
                    date=dt.date(2025, 1, 1),
                    url="javascript:alert(1)",
                    source="\x02<i>x</i>",
                )
            ]
        )
    (entry,) = parsed(make_app(tmp_path).test_client(), "?q=қауіпті").entries
    assert "<script>" not in entry.summary
    assert [link.rel for link in entry.links] == ["alternate"]


@pytest.mark.parametrize("query", ["?limit=0", "?limit=101", "?from=x", "?q=" + "ә" * 1001])
def test_wrong_arguments_are_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/feed.atom{query}").status_code == 400


def test_pages_name_their_feeds(read: Callable[..., Any]) -> None:
    link = read("/", q="мектеп", source="Қала үні", sort="date").one(
        "link", rel="alternate", type="application/atom+xml"
    )
    assert link["href"].startswith("/feed.atom?q=")
    assert link["title"] == "«мектеп» · Қала үні · kzsearch"
    assert (
        read("/").one("link", rel="alternate", type="application/atom+xml")["href"] == "/feed.atom"
    )
