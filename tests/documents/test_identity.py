"""Addresses: what makes two of them the same page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.identity import canonical_url, digest, url_id


@pytest.mark.parametrize(
    "url",
    [
        "https://baq.kz/news/1",
        "http://baq.kz/news/1",
        "https://www.baq.kz/news/1/",
        "HTTPS://BAQ.KZ/news/1",
        "https://baq.kz:443/news/1#top",
        " https://baq.kz/news/1?utm_source=tg&utm_medium=x ",
        "https://baq.kz/news/1?fbclid=abc",
    ],
)
def test_same_page(url: str) -> None:
    assert canonical_url(url) == "baq.kz/news/1"


@pytest.mark.parametrize(
    "url",
    [
        "https://baq.kz/news/2",
        "https://baq.kz/News/1",
        "https://baq.kz/news/1?id=5",
        "https://kaz.baq.kz/news/1",
        "https://baq.kz:8080/news/1",
    ],
)
def test_other_page(url: str) -> None:
    assert url_id(url) != url_id("https://baq.kz/news/1")


@pytest.mark.parametrize("url", ["", "news/1", "http://[", "mailto:a@baq.kz", "http://a:b/"])
def test_what_is_no_web_address_stays(url: str) -> None:
    assert canonical_url(url) == url


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_has_an_id(url: str) -> None:
    assert url_id(url) == url_id(f" {url} ")


@given(st.lists(st.sampled_from(["", "а", "аб"]), max_size=4), st.lists(st.just("а"), max_size=4))
def test_digest_tells_lists_apart(left: list[str], right: list[str]) -> None:
    assert (digest(tuple(left)) == digest(tuple(right))) == (left == right)
