"""How often one client may ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from kzsearch.errors import KzsearchError


def test_who_asks_too_often_is_told_to_wait(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = make_app(index_path, RATE_LIMIT="100/second 3/day").test_client()
    assert [client.get("/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = client.get("/api/search?q=мектеп")
    assert refused.status_code == 429
    assert refused.json == {
        "error": "Too many requests come from your address; please wait a little."
    }
    assert int(refused.headers["Retry-After"]) > 0
    assert "тым көп сұрау" in client.get("/").text
    for path in ("/healthz", "/robots.txt", "/static/theme.css"):
        with client.get(path) as response:
            assert response.status_code == 200


def test_each_client_has_its_own_count(make_app: Callable[..., Flask], index_path: Path) -> None:
    app = make_app(index_path, RATE_LIMIT="1/day", PROXIES=1)
    client = app.test_client()

    def asks(address: str) -> int:
        return client.get("/", headers={"X-Forwarded-For": address}).status_code

    assert asks("192.0.2.1") == 200
    assert asks("192.0.2.2") == 200
    assert asks("192.0.2.1") == 429
    assert asks("forged, 192.0.2.1") == 429
    assert asks("2001:db8::1") == 200
    assert asks("2001:db8::ffff:2") == 429  # the same household
    assert asks("2001:db8:0:1::1") == 200
    assert asks("::ffff:192.0.2.1") == 429
    assert asks("unknown") == 200


def test_there_is_no_limit_unless_it_is_set(
    make_app: Callable[..., Flask], index_path: Path
) -> None:
    client = make_app(index_path).test_client()
    assert {client.get("/robots.txt").status_code for _ in range(200)} == {200}


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"RATE_LIMIT": "often"}, "RATE_LIMIT holds 'often', which is no rate"),
        ({"RATE_LIMIT": "0/minute"}, "which is no rate"),
        ({"RATE_LIMIT": "1/day", "RATE_STORAGE": "nosuch://"}, "RATE_STORAGE cannot be used: "),
        ({"RATE_LIMIT": "1/day", "RATE_STORAGE": "here"}, "which is no address of a store"),
    ],
)
def test_a_limit_that_is_none_is_told(
    make_app: Callable[..., Flask], index_path: Path, config: dict[str, str], says: str
) -> None:
    with pytest.raises(KzsearchError, match=says) as told:
        make_app(index_path, **config)
    assert str(told.value).endswith(".")


def test_a_store_that_fails_shuts_nobody_out(
    make_app: Callable[..., Flask],
    index_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from limits.errors import StorageError
    from limits.strategies import SlidingWindowCounterRateLimiter

    def fail(*_: object) -> bool:
        raise StorageError(OSError("gone"))

    monkeypatch.setattr(SlidingWindowCounterRateLimiter, "hit", fail)
    client = make_app(index_path, RATE_LIMIT="1/day").test_client()
    assert [client.get("/").status_code for _ in range(3)] == [200, 200, 200]
    assert "requests are not counted" in caplog.text
