"""Compressed answers: for whom, how, and that caches are told."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

QUERY = "?q=мектеп"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=0", None),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("deflate", None),
        ("", None),
        ("nonsense;q=x", None),
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/search", "/export.csv", "/feed.atom"])
def test_the_client_chooses(
    client: FlaskClient, path: str, accepted: str, encoding: str | None
) -> None:
    plain = client.get(path + QUERY)
    assert "Content-Encoding" not in plain.headers
    got = client.get(path + QUERY, headers={"Accept-Encoding": accepted})
    assert got.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in got.vary
    assert "Accept-Encoding" in plain.vary
    read = {"gzip": gzip.decompress, "br": brotli.decompress}.get(encoding or "")
    if path != "/api/search":  # its answer tells how long it took
        assert encoding == "zstd" or (read(got.data) if read else got.data) == plain.data


def test_nothing_small_and_no_part_of_a_file_is_compressed(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" not in client.get("/healthz", headers=headers).headers
    with client.get("/static/theme.css", headers=headers) as whole:
        assert whole.headers["Content-Encoding"] == "gzip"
    with client.get("/static/theme.css", headers=headers | {"Range": "bytes=0-600"}) as part:
        assert part.status_code == 206
        assert "Content-Encoding" not in part.headers
        assert len(part.data) == 601


def unzipped(data: bytes) -> bytes:
    """What gzip has packed, and anything else as it is: gzip writes down when it packed."""
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


@pytest.mark.parametrize("path", ["/articles/school-1", "/api/articles/school-1", "/feed.atom"])
@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_what_is_unchanged_is_not_sent_again(client: FlaskClient, path: str, accepted: str) -> None:
    headers = {"Accept-Encoding": accepted}
    first = client.get(path, headers=headers)
    assert first.status_code == 200
    tag = first.headers["ETag"]
    again = client.get(path, headers=headers | {"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "Accept-Encoding" in again.vary
    other = client.get(path, headers=headers | {"If-None-Match": '"other"'})
    assert (other.status_code, unzipped(other.data)) == (200, unzipped(first.data))


def test_encodings_have_tags_of_their_own(client: FlaskClient) -> None:
    tags = {
        client.get("/articles/school-1", headers={"Accept-Encoding": each}).headers["ETag"]
        for each in ("", "gzip", "br", "zstd")
    }
    assert len(tags) == 4


def test_an_article_page_differs_by_language_query_and_name(
    client: FlaskClient, make_app: Callable[..., Flask], index_path: Path
) -> None:
    named = make_app(index_path, SITE_NAME="Дала").test_client()
    tags = [client.get("/articles/school-1").headers["ETag"]]
    tags += [
        client.get(f"/articles/school-1?{args}").headers["ETag"] for args in ("q=ел", "lang=ru")
    ]
    tags += [named.get("/articles/school-1").headers["ETag"]]
    assert len(set(tags)) == 4
