"""Headers on every answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?q=мектеп", 200),
        ("/articles/school-1", 200),
        ("/nowhere", 404),
        ("/?page=x", 400),
        ("/api/search?q=мектеп", 200),
        ("/healthz", 200),
        ("/static/theme.css", 200),
    ],
)
def test_every_answer_is_locked_down(client: FlaskClient, path: str, status: int) -> None:
    with client.get(path) as response:
        assert response.status_code == status
        policy = response.headers["Content-Security-Policy"].split("; ")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert not any(loose in " ".join(policy) for loose in ("unsafe", "*", "http", "data:"))
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_pages_need_no_more_than_the_policy_allows(root: Path) -> None:
    """No inline script, style or event handler, and nothing from another host."""
    for path in (root / "web/kzsearch_web/templates").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", text), path.name
    for path in (root / "web/kzsearch_web/static").glob("*.css"):
        assert not re.search(r"@import|url\(|//", path.read_text(encoding="utf-8")), path.name


def test_a_search_sets_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/?q=мектеп").headers
