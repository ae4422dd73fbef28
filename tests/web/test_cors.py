"""Which sites' scripts may read the API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

ALLOW = "Access-Control-Allow-Origin"


def client_of(make_app: Callable[..., Flask], path: Path, origins: str) -> FlaskClient:
    return make_app(path, CORS_ORIGINS=origins).test_client()


def allowed(client: FlaskClient, origin: str, path: str = "/api/stats") -> str | None:
    with client.get(path, headers={"Origin": origin}) as response:
        return response.headers.get(ALLOW)


def test_nobody_may_unless_it_is_set(client: FlaskClient) -> None:
    assert allowed(client, "https://gazet.kz") is None


def test_every_site_may_read_what_is_for_programs_and_no_page(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = client_of(make_app, index_path, "*")
    shared = ["/api/search?q=мектеп", "/api/articles/none", "/openapi.json", "/export.csv?q=порт"]
    for path in [*shared, "/feed.atom", "/timeline.csv?q=порт"]:
        assert allowed(client, "https://gazet.kz", path) == "*", path
    for path in ["/", "/?q=мектеп", "/articles/timed", "/static/theme.css"]:
        assert allowed(client, "https://gazet.kz", path) is None, path


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("https://gazet.kz", True),
        ("http://gazet.kz", False),
        ("https://gazet.kz:8443", False),
        ("https://a.mysal.kz", True),
        ("https://a.b.mysal.kz", True),
        ("https://mysal.kz", False),
        ("https://evilmysal.kz", False),
        ("https://evil.kz/.mysal.kz", False),
        ("", False),
        ("null", False),
    ],
)
def test_only_the_sites_that_are_named_may(
    make_app: Callable[..., Flask], index_path: Path, origin: str, may: bool
) -> None:
    client = client_of(make_app, index_path, "https://gazet.kz https://*.mysal.kz")
    assert allowed(client, origin) == (origin if may else None)
    assert "Origin" in client.get("/api/stats").headers["Vary"]


def test_what_is_shared_may_be_embedded_and_its_headers_be_read(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = client_of(make_app, index_path, "https://gazet.kz")
    headers = client.get("/api/stats", headers={"Origin": "https://gazet.kz"}).headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Total-Count" in headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in headers
    asked = client.options("/api/stats", headers={"Origin": "https://gazet.kz"}).headers
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD"
