"""Hosts the site answers to, and reverse proxies in front of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "news.example.kz",
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Prefix": "/forged",
}


@pytest.mark.parametrize("path", ["/opensearch.xml", "/feed.atom", "/sitemap.xml", "/robots.txt"])
def test_addresses_are_those_of_the_front(
    make_app: Callable[..., Flask], index_path: Path, path: str
) -> None:
    behind = make_app(index_path, PROXIES=1).test_client().get(path, headers=FORWARDED).text
    assert "https://news.example.kz/" in behind
    assert "http://localhost" not in behind
    assert "/forged" not in behind
    alone = make_app(index_path).test_client().get(path, headers=FORWARDED).text
    assert "http://localhost/" in alone
    assert "news.example.kz" not in alone


def test_only_as_many_proxies_are_believed_as_there_are(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = make_app(index_path, PROXIES=1).test_client()
    headers = {"X-Forwarded-Host": "forged.example, news.example.kz"}
    text = client.get("/opensearch.xml", headers=headers).text
    assert "//news.example.kz/" in text
    assert "forged" not in text


def test_hosts_can_be_named(make_app: Callable[..., Flask], index_path: Path) -> None:
    client = make_app(index_path, HOSTS="news.kz .example.kz", PROXIES=1).test_client()
    for host, status in {
        "news.kz": 200, "news.kz:8000": 200, "a.example.kz": 200, "a.news.kz": 400, "evil.kz": 400,
    }.items():  # fmt: skip
        assert client.get("/robots.txt", headers={"Host": host}).status_code == status, host
        forwarded = {"X-Forwarded-Host": host}
        assert client.get("/robots.txt", headers=forwarded).status_code == status, host


@pytest.mark.parametrize(
    "host", ['x/../"><script>', "a b", "evil.example@news.kz", "news.kz:x", "ә"]
)
def test_what_cannot_be_a_host_is_refused(
    make_app: Callable[..., Flask], index_path: Path, host: str
) -> None:
    client = make_app(index_path).test_client()
    response = client.get("/opensearch.xml", headers={"Host": host})
    assert response.status_code == 400
    assert host not in response.text
    assert client.get("/robots.txt", headers={"Host": "[::1]:8000"}).status_code == 200
