"""Ids in addresses: any id opens from its own link, also after a browser has read that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask import Flask, url_for
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.routing import Map

from kzsearch import Article, open_index
from kzsearch_web.addresses import WholeText

ODD = [
    "//x", "/", "/x/", ".", "..", "a/../b", "./a", "../..", "%2E", "%2e%2E", ".%2E", "%252E",
    "%", "%2F", "a%20b", "a b", "?q=1", "#x", "a\\b", "a\nb", "ә~", "...", "x/.", "http://a.kz//b",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_article_opens_from_its_own_link(
    make_app: Callable[..., Flask], odd_index: Path, name: str
) -> None:
    app = make_app(odd_index)
    with app.test_request_context():
        page = url_for("pages.article", article_id=name)
        data = url_for("api.article", article_id=name)
    assert no_dots(page)
    client = app.test_client()
    assert f"Тақырып {name.encode().hex()}" in client.get(page).text
    answer = client.get(data).json
    assert answer is not None
    assert answer["id"] == name


@pytest.fixture(scope="module")
def odd_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odd") / "index"
    articles = [Article(id=name, title=f"Тақырып {name.encode().hex()}", body="") for name in ODD]
    with open_index(path, create=True) as index:
        index.add(articles)
    return path


@given(st.lists(st.sampled_from([".", "%", "2", "5", "E", "e", "/", "x"]), min_size=1).map("".join))
def test_every_text_has_one_address_of_its_own(text: str) -> None:
    converter = WholeText(Map())
    written = converter.to_url(text)
    assert no_dots(written)
    assert converter.to_python(unquote(written)) == text


def no_dots(address: str) -> bool:
    """Whether no segment of an address is one that browsers take out (WHATWG URL, 4.4)."""
    segments = address.lower().replace("%2e", ".").split("/")
    return not {".", ".."} & set(segments)


def test_what_is_typed_with_dots_is_found_as_well(
    make_app: Callable[..., Flask], odd_index: Path
) -> None:
    client = make_app(odd_index).test_client()
    for name in ("a/../b", "//x"):
        assert client.get(f"/articles/{quote(name)}").status_code == 200
