"""Words and names of a result set, on their page and in the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

Read = Callable[..., Any]


def test_each_word_leads_to_a_narrower_search(read: Read, client: FlaskClient) -> None:
    page = read("/terms", q="порт", copies=1)
    links = [link for link in page.find("a", rel="nofollow") if link["href"].startswith("/?q=")]
    assert links
    for link in links:
        narrowed = client.get(link["href"].replace("/?", "/api/search?")).json
        assert narrowed is not None
        assert 0 < narrowed["complete"] <= 6, link.text


def test_the_api_tells_the_same(client: FlaskClient, read: Read) -> None:
    answer = client.get("/api/terms?q=порт&copies=1&limit=3").json
    assert answer is not None
    assert answer["looked_at"] == 6
    assert 0 < len(answer["words"]) <= 3
    text = read("/terms", q="порт", copies=1).one("div", class_="marking").text
    assert all(term["text"] in text for term in answer["words"])


def test_the_results_lead_there(read: Read) -> None:
    links = [link["href"] for link in read("/", q="порт").find("a")]
    assert any(link.startswith("/terms?q=") for link in links)


def test_nothing_found_marks_nothing(read: Read) -> None:
    assert not read("/terms", q="жоқсөзмүлдем").find("section")
