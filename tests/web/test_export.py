"""Results as files over HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch import Article, open_index


def lines(client: FlaskClient, query: str) -> list[dict[str, object]]:
    response = client.get(f"/export.jsonl?{query}", buffered=True)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


def test_an_export_has_all_hits_in_the_order_of_the_search(client: FlaskClient) -> None:
    for query in ("q=мектеп", "q=мектеп&sort=date", "q=порт", "q=порт&copies=1", "source=Теңіз"):
        answer = client.get(f"/api/search?{query}&limit=100").json
        assert answer is not None
        rows = lines(client, query)
        assert [row["id"] for row in rows] == [hit["id"] for hit in answer["hits"]]
        assert [row["score"] for row in rows] == [hit["score"] for hit in answer["hits"]]
        assert [row["copy_count"] for row in rows] == [hit["copy_count"] for hit in answer["hits"]]


def test_a_page_may_be_asked_for(client: FlaskClient) -> None:
    every = lines(client, "q=мектеп")
    assert lines(client, "q=мектеп&limit=5&page=2") == every[5:10]
    assert lines(client, "q=мектеп&page=3") == every[20:]


def test_csv_is_sent_as_a_file(client: FlaskClient) -> None:
    response = client.get("/export.csv?q=мектеп&from=2025-02&fields=id,title")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert "kzsearch-%D0%BC%D0%B5" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows[0] == ["id", "title"]
    assert len(rows) - 1 == int(response.headers["X-Total-Count"]) > 10


def test_hostile_names_stay_in_the_file_name(client: FlaskClient) -> None:
    response = client.get('/export.csv?q=a"%0d%0aX-Evil:+1/../b')
    assert response.status_code == 200
    assert "X-Evil" not in response.headers
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=kzsearch.csv; filename*=UTF-8''kzsearch-a-X-Evil-1-b.csv"
    )


def test_parquet_too(client: FlaskClient) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    response = client.get("/export.parquet?q=мектеп&fields=id,snippet", buffered=True)
    rows = parquet.read_table(io.BytesIO(response.data)).to_pylist()
    assert len(rows) == 24
    assert "мектептерімізде" in rows[0]["snippet"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/export.xlsx?q=x", 404), ("/export.csv?fields=nothing", 400), ("/export.csv?page=x", 400)],
)
def test_what_cannot_be_exported_is_refused(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_no_more_than_some_are_made_at_a_time(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = make_app(index_path, TESTING=True, EXPORTS=1).test_client()
    first = client.get("/export.csv?q=мектеп", buffered=False)
    busy = client.get("/export.csv?q=мектеп")
    assert busy.status_code == 429
    assert "бір минуттан кейін" in busy.text
    first.close()
    for path, status in [("?q=мектеп", 200), ("?page=x", 400), ("?fields=x", 400)] * 2:
        assert client.get(f"/export.csv{path}", buffered=True).status_code == status
        assert client.head(f"/export.csv{path}", buffered=True).status_code == status


def test_more_than_can_be_paged_through(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add(
            Article(id=f"a{number}", title=f"Мектеп {number}", body="Ауыл мектебі.")
            for number in range(60)
        )
    client = make_app(tmp_path, TESTING=True, MAX_RESULTS=50).test_client()
    assert client.get("/?q=мектеп&page=7").status_code == 400
    assert len({row["id"] for row in lines(client, "q=мектеп")}) == 60


def test_the_page_offers_the_files(read: Callable[..., object]) -> None:
    page = read("/", q="мектеп", source="Қала үні", page=1)
    links = [link["href"] for link in page.find("a") if "/export." in link["href"]]  # type: ignore[attr-defined]
    assert [link.split("?")[0] for link in links[:2]] == ["/export.csv", "/export.jsonl"]
    assert all("source=" in link and "page=" not in link for link in links)


def test_cursors_page_through_everything_while_articles_come_in(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add(
            Article(id=f"a{number}", title=f"Мектеп {number}", body="Ауыл мектебі.")
            for number in range(25)
        )
        client = make_app(tmp_path, TESTING=True, MAX_RESULTS=10).test_client()
        seen, cursor = [], "*"
        while cursor:
            answer = client.get(
                "/api/search", query_string={"q": "мектеп", "limit": 10, "cursor": cursor}
            ).json
            assert answer is not None
            assert answer["total"] == 25
            seen += [hit["id"] for hit in answer["hits"]]
            cursor = answer["next"]
            index.add([Article(id=f"new{len(seen)}", title="Мектеп", body="Мектеп мектеп.")])
        assert len(seen) == len(set(seen)) == 25


def test_wrong_cursors_are_refused(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=мектеп&cursor=*").json
    assert answer is not None
    next_page = answer["next"]
    for query in (
        "q=мектеп&cursor=x", f"q=қала&cursor={next_page}", f"q=мектеп&page=2&cursor={next_page}"
    ):  # fmt: skip
        response = client.get(f"/api/search?{query}")
        assert response.status_code == 400
        assert response.json is not None
        assert response.json["error"]
    assert "next" not in (client.get("/api/search?q=мектеп").json or {})


def test_a_cursor_whose_generation_is_gone_says_so(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    with open_index(tmp_path, create=True) as index:
        index.add(Article(id=f"a{n}", title="Мектеп", body=f"{n}") for n in range(25))
        answer = make_app(tmp_path).test_client().get("/api/search?q=мектеп&cursor=*&copies=1").json
        assert answer is not None
        index.add([Article(id="new", title="Мектеп")])
    response = (
        make_app(tmp_path)
        .test_client()
        .get("/api/search", query_string={"q": "мектеп", "copies": 1, "cursor": answer["next"]})
    )
    assert response.status_code == 410


def test_a_phrase_that_nothing_holds_is_read_alike_everywhere(client: FlaskClient) -> None:
    """The page then asks for its words; so do the file and the picture, but not the feed."""
    query = 'q="мектептің жаңа түнгі"'
    answer = client.get(f"/api/search?{query}").json
    assert answer is not None
    assert len(lines(client, query)) == answer["total"]
    assert "<entry" not in client.get(f"/feed.atom?{query}").text
