"""Errors: one clear sentence in the reader's language, and the right status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch.errors import (
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    KzsearchError,
    QueryError,
)
from kzsearch.index import Index

Read = Callable[..., Any]


def break_search(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def search(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Index, "search", search)


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nowhere", 404, "Мұндай бет жоқ: сілтеме ескірген не қате терілген болуы мүмкін."),
        ("/articles/none", 404, "Индексте мұндай мақала жоқ: ол өшірілген болуы мүмкін."),
        ("/?q=мектеп&page=4", 404, "Мұндай нәтиже беті жоқ: нәтижелер одан аз."),
        ("/?page=x", 400, "«page» аргументі 1-ден басталатын бүтін сан болуы керек."),
        ("/?q=" + "ә" * 1001, 400, "Сұрау тым ұзын: оның ұзындығы 1 000 таңбадан аспауы керек."),
        (
            "/?q=ә&page=1001",
            400,
            "Алғашқы 10 000 нәтижені ғана парақтауға болады; "
            "қалғанын көру үшін іздеуді нақтылаңыз.",
        ),
    ],
)
def test_a_wrong_address_gets_a_sentence(read: Read, path: str, status: int, sentence: str) -> None:
    assert read(path, status=status).one("h1").text == sentence


def test_an_error_page_keeps_what_was_typed_and_leads_home(read: Read) -> None:
    page = read("/", status=400, q="мектеп", page="x")
    assert page.one("input", id="q")["value"] == "мектеп"
    assert "Басты бетке өту" in [link.text for link in page.find("a")]


def test_a_query_too_long_to_keep_is_cut(read: Read) -> None:
    assert len(read("/", status=400, q="ә" * 5000).one("input", id="q")["value"]) == 1000


def test_no_index_is_told(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    response = make_app(tmp_path / "none").test_client().get("/?q=мектеп")
    assert response.status_code == 503
    assert "Индекс әлі жасалмаған: «kzsearch index» пәрменін орындап" in response.text


@pytest.mark.parametrize(
    ("error", "status", "page_says"),
    [
        (IndexDamagedError("Segment 3 is torn."), 503, "Индекс бүлінген"),
        (IndexMismatchError("Made by 0.0.1."), 503, "Индекс бағдарламаның басқа нұсқасымен"),
        (IndexMissingError("No index in x."), 503, "Индекс әлі жасалмаған"),
        (IndexLockedError("Process 1 writes."), 503, "Серверде ақау шықты"),
        (QueryError("Page 0 is no page."), 400, "Сұрау түсініксіз"),
        (KzsearchError("Something else."), 500, "Серверде ақау шықты"),
    ],
)
def test_each_error_of_the_index_has_its_sentence(
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    error: KzsearchError,
    status: int,
    page_says: str,
) -> None:
    break_search(monkeypatch, error)
    page = client.get("/?q=мектеп")
    assert (page.status_code, page_says in page.text) == (status, True)
    assert str(error) not in page.text
    api = client.get("/api/search?q=мектеп")
    assert (api.status_code, api.json) == (status, {"error": str(error)})


def test_a_fault_of_our_own_shows_no_traceback(
    make_app: Callable[..., Flask], index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_search(monkeypatch, ZeroDivisionError("secret"))
    client = make_app(index_path).test_client()
    page = client.get("/?q=мектеп")
    assert page.status_code == 500
    assert "Серверде ақау шықты" in page.text
    assert "secret" not in page.text
    api = client.get("/api/search?q=мектеп")
    assert api.status_code == 500
    assert api.json == {"error": "Something broke on the server; please try again a little later."}


def test_a_host_that_is_not_ours_is_refused(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = make_app(index_path, TRUSTED_HOSTS=["kz.example"]).test_client()
    assert client.get("/", base_url="http://kz.example").status_code == 200
    response = client.get("/", base_url="http://evil.example")
    assert response.status_code == 400
    assert "Сервер сұрауды түсінбеді" in response.text


def test_writing_is_refused_with_what_is_allowed(client: FlaskClient) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert "Бұл мекенжайды оқуға ғана болады." in response.text
    assert "GET" in response.headers["Allow"]
