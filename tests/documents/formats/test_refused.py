"""What is not read is refused by its name, and never becomes an article."""

from __future__ import annotations

from typing import Any

import pytest

BINARY = bytes(range(256)) * 20


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word or Excel"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"\x04\x22\x4d\x18", "LZ4"),
        (b"Obj\x01\x04", "Avro"),
        (b"ORC", "ORC"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"\x93NUMPY\x01", "NumPy"),
        (b"\x80\x04\x95", "pickle"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"ID3\x04", "sound"),
        (b"\0\0\0\x18ftypmp42", "sound or video"),
    ],
)
@pytest.mark.parametrize("file", ["download", "a.txt", "a.json"])
def test_by_name(read_file: Any, start: bytes, name: str, file: str) -> None:
    outcome = read_file(file, start + BINARY)
    assert outcome.articles == []
    [problem] = outcome.problems
    assert name in problem
    assert "which is not read: " in problem


@pytest.mark.parametrize(
    "content",
    [
        "-- MySQL dump 10.13  Distrib 8.0\n--\n-- Host: localhost\nCREATE TABLE `news` (",
        "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;",
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;",
        "INSERT INTO news VALUES (1, 'Сенат');",
        "/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `news`;",
    ],
)
def test_dumps_in_sql(read_file: Any, content: str) -> None:
    outcome = read_file("dump.sql", content)
    assert outcome.articles == []
    assert "a dump of a database in SQL" in outcome.problems[0]


def test_words_that_begin_like_a_format_are_text(read_file: Any) -> None:
    for text in ("ORCA жобасы басталды.", "Begin transaction", "BM кеңесі"):
        assert read_file("a.txt", text).bodies == [text]
