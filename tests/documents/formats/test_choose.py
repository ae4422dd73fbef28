"""The choice of a reader: by bytes, then by name; readers of others."""

from __future__ import annotations

import tomllib
import types
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from kzsearch.documents.formats import choose
from kzsearch.documents.formats.choose import choose_reader
from kzsearch.documents.inputs import open_bytes
from kzsearch.documents.records import Record


def chosen(content: str | bytes, name: str = "a", *, named: bool = True) -> str | None:
    data = content.encode() if isinstance(content, str) else content
    reader = choose_reader(open_bytes(data, name), named=named)
    return reader and reader.__name__.rpartition(".")[2]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "name", "reader"),
    [
        ("<!DOCTYPE html><p>a", "a.txt", "html"),
        ("<rss>", "a.html", "feed"),
        ('{"a": 1}', "a.csv", "json"),
        ("{", "a.jsonl", "json"),
        ("title,text\n", "a.txt", "table"),
        ("а,б\n", "a.csv", "table"),
        ("Тақырып;Мәтін;Күні\n".encode("kz1048"), "a.dat", "table"),
        ("---\ntitle: a\n---\n", "a", "markdown"),
        ("Мәтін", "a.md.gz", "markdown"),
        ("Мәтін", "a.TXT", "plain"),
        ("Мәтін", "a.dat", "plain"),
        ("%PDF-1.5", "a.txt", "refused"),
        ("SQLite format 3\0", "a.txt", "sqlite"),
        ("PAR1", "a", "parquet"),
        ("ARROW1\0\0", "a", "parquet"),
        ("WARC/1.0\r\n", "a", "warc"),
        ("From a@b.example Mon Sep 29 10:00:00 2025\nSubject: x\n", "a", "mail"),
        ("<mediawiki ", "a", "mediawiki"),
        ("<urlset>", "a", "sitemap"),
        ("[Алматы] Сенат жиналды", "a.txt", "plain"),
        ("{Сенат} жиналды", "a.txt", "plain"),
    ],
)
def test_choice(content: str | bytes, name: str, reader: str) -> None:
    assert chosen(content, name) == reader


def test_text_of_an_unknown_name_is_read_only_when_named() -> None:
    assert chosen("Мәтін", "a.dat", named=False) is None
    assert chosen("<rss>", "a.dat", named=False) == "feed"


AGENCY = types.SimpleNamespace(
    sniff=lambda head: head.startswith(b"AGENCY/1"),
    read=lambda stream: (
        Record(number, {"body": line}) for number, line in enumerate(stream.text(), 1) if number > 1
    ),
)


def test_reader_of_another_package(
    read_file: Any, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    ours = list(choose.entry_points(group="kzsearch.readers"))
    theirs = types.SimpleNamespace(name="agency", value="agency", load=lambda: AGENCY)
    broken = EntryPoint("broken", "no_such_module_anywhere", "kzsearch.readers")
    monkeypatch.setattr(choose, "entry_points", lambda group: [*ours, theirs, broken])
    choose._readers.cache_clear()
    try:
        assert read_file("a", "AGENCY/1\nБірінші.\nЕкінші.\n").bodies == ["Бірінші.", "Екінші."]
        assert "no_such_module_anywhere" in str(recwarn.pop(UserWarning).message)
    finally:
        choose._readers.cache_clear()


def test_a_reader_that_fails_costs_only_its_file(
    read: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_stream: Any) -> Any:
        raise AssertionError("not foreseen")
        yield

    (tmp_path / "a.md").write_text("# Бір\nМәтін.")
    (tmp_path / "b.txt").write_text("Екінші.")
    monkeypatch.setattr(choose._readers()["markdown"], "read", fail)
    outcome = read(tmp_path)
    assert outcome.bodies == ["Екінші."]
    assert outcome.problems == ["a.md: the file cannot be read: AssertionError: not foreseen"]


def test_every_reader_of_ours_is_registered(root: Any) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["kzsearch.readers"] == {
        name: f"kzsearch.documents.formats.{name}" for name in choose.OURS
    }
