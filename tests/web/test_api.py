"""The JSON API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch import open_index


def test_a_search_gives_what_the_index_gives(client: FlaskClient, index_path: Path) -> None:
    answer = client.get("/api/search", query_string={"q": "мектеп", "limit": 3}).json
    with open_index(index_path) as index:
        wanted = index.search("мектеп", limit=3).to_json()
    assert answer | {"took_ms": 0} == {**wanted, "took_ms": 0}
    assert list(answer) == list(wanted)
    assert answer["total"] == 24
    assert len(answer["hits"]) == 3
    assert answer["facets"]["source"].keys() == {"Дала таңы", "Қала үні", "Таңғы шолу"}


def test_kazakh_letters_are_sent_as_they_are(client: FlaskClient) -> None:
    response = client.get("/api/search", query_string={"q": "мектеп"})
    assert response.mimetype == "application/json"
    assert "мектептерімізде" in response.text


def test_filters_narrow_and_several_values_mean_any_of_them(client: FlaskClient) -> None:
    def total(*pairs: tuple[str, str]) -> int:
        query = "&".join(f"{name}={value}" for name, value in (("q", "мектеп"), *pairs))
        answer = client.get(f"/api/search?{query}").json
        assert answer is not None
        return int(answer["total"])

    one, other = ("source", "Дала таңы"), ("source", "Қала үні")
    assert 0 < total(one) < total(one, other) < 24
    assert total(one, other) == total(one) + total(other)
    assert total(("category", "білім")) == 12
    assert total(("from", "2025-02"), ("to", "2025-03")) == 4
    assert total(("from", "2025-12-24")) == 1


def test_pages_and_order_can_be_chosen(client: FlaskClient) -> None:
    first = client.get("/api/search?q=мектеп&sort=date&limit=20").json
    second = client.get("/api/search?q=мектеп&sort=date&limit=20&page=2").json
    assert first is not None
    assert second is not None
    dates = [hit["date"] for hit in first["hits"] + second["hits"]]
    assert len(dates) == 24
    assert dates == sorted(dates, reverse=True)


def test_scores_can_be_explained(client: FlaskClient) -> None:
    plain = client.get("/api/search?q=мектеп").json
    explained = client.get("/api/search?q=мектеп&explain=1").json
    assert plain is not None
    assert explained is not None
    assert "explanation" not in plain["hits"][0]
    assert explained["hits"][0]["explanation"]


def test_an_article_is_given_whole(client: FlaskClient) -> None:
    article = client.get("/api/articles/timed").json
    assert article is not None
    assert article["title"] == "Түнгі хабар"
    assert article["author"] == "Айгүл Сапарова"
    assert article["date"] == "2025-09-28T20:30:00+00:00"


def test_an_id_may_hold_anything(client: FlaskClient) -> None:
    found = client.get("/api/search?q=оғаш").json
    assert found is not None
    article = client.get("/api/articles/https://example.kz//news%3Fid=1&x=ә/").json
    assert article is not None
    assert article["id"] == found["hits"][0]["id"]


def test_errors_are_one_sentence_in_english_whatever_the_reader_speaks(
    client: FlaskClient,
) -> None:
    client.set_cookie("kzsearch_lang", "ru")
    for path, status, sentence in [
        ("/api/search?page=x", 400, "The argument “page” must be a whole number from 1."),
        (
            "/api/articles/none",
            404,
            "There is no such article in the index: it may have been deleted.",
        ),
        ("/api/nothing", 404, "There is no such page: the link may be old or mistyped."),
    ]:
        response = client.get(path)
        assert (response.status_code, response.json) == (status, {"error": sentence})
    response = client.post("/api/search")
    assert response.status_code == 405
    assert response.json == {"error": "This address can be read but not written to."}
    assert "GET" in response.headers["Allow"]


def test_an_error_of_the_index_is_passed_on(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    response = make_app(tmp_path / "none").test_client().get("/api/search?q=мектеп")
    assert response.status_code == 503
    assert response.json is not None
    assert str(tmp_path / "none") in response.json["error"]


def test_health_tells_of_the_index(client: FlaskClient, index_path: Path) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    with open_index(index_path) as index:
        generation = index.stats().generation
    assert response.json == {"status": "ok", "articles": 34, "generation": generation}


def test_health_tells_when_there_is_none(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    response = make_app(tmp_path / "none").test_client().get("/healthz")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["status"] == "error"


def test_health_tells_of_sources_in_a_sentence_each(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    with open_index(tmp_path, create=True):
        pass
    client = make_app(tmp_path).test_client()
    assert "sources" not in (client.get("/healthz").json or {})
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nname = "Газет"\nfeed = "https://gazet.kz/rss"\n')
    answer = client.get("/healthz")
    assert (answer.json or {})["sources"] == ["Газет: 0 articles, not looked at yet."]
    sources.write_text("[[source]]\n")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert "has no name" in (answer.json or {})["sources"][0]


def test_completions_are_what_the_index_gives(client: FlaskClient, index_path: Path) -> None:
    answer = client.get("/api/complete", query_string={"q": "тунг"}).json
    with open_index(index_path) as index:
        assert answer == {"completions": [found.to_json() for found in index.complete("тунг")]}
    assert answer is not None
    assert {"text": "Түнгі хабар", "articles": 1, "typed": 4} in answer["completions"]


def test_completions_may_be_kept_by_the_reader_s_browser_only(client: FlaskClient) -> None:
    response = client.get("/api/complete?q=мек")
    assert response.cache_control.private
    assert response.cache_control.max_age == 60


@pytest.mark.parametrize(
    "q",
    ["", " ", "%00", "%ff", "ә" * 20_000, "((((", '"', "-", "source:", "<script>", "%F0%9F%98%80"],
)
def test_completing_is_never_an_error(client: FlaskClient, q: str) -> None:
    response = client.get(f"/api/complete?q={q}")
    assert response.status_code == 200
    assert response.json == {"completions": []}
    assert client.get("/api/complete").json == {"completions": []}
