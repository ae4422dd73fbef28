"""Compression and archives: told by their bytes, in one another, damaged, encrypted."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

FILES = {"a.txt": "Бірінші мәтін.", "b/c.jsonl": '{"text": "Екінші."}\n{"text": "Үшінші."}'}
TEXTS = ["Бірінші мәтін.", "Екінші.", "Үшінші."]
LINES = "".join(f'{{"text": "мәтін {n}"}}\n' for n in range(3000)).encode()


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(files: dict[str, str | bytes], mode: Any = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.packed", "download"])
def test_compression(read_file: Any, pack: Callable[[bytes], bytes], name: str) -> None:
    outcome = read_file(name, pack(LINES))
    assert outcome.problems == []
    assert len(outcome.articles) == 3000
    assert len(read_file(name, pack(LINES) + pack(LINES)).articles) == 6000


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_cut_off_keeps_what_came_before(read_file: Any, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(LINES * 20)
    outcome = read_file("a.jsonl", packed[: len(packed) * 3 // 4])
    assert [p for p in outcome.problems if "missing" in p or "damaged" in p or "cut off" in p]


def test_zstd(read_file: Any) -> None:
    zstd = pytest.importorskip("backports.zstd", reason="needs kzsearch[zstd]")
    assert len(read_file("a.jsonl.zst", zstd.compress(LINES)).articles) == 3000
    cut = read_file("a.jsonl.zst", zstd.compress(LINES)[:-100])
    assert "cut off" in cut.problems[-1] or "damaged" in cut.problems[-1]


def test_zstd_without_the_extra(read_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    [problem] = read_file("a.zst", b"\x28\xb5\x2f\xfd" + bytes(20)).problems
    assert problem.endswith("which needs: pip install 'kzsearch[zstd]'")


@pytest.mark.parametrize(
    "content",
    [
        zipped(FILES),
        tarred(FILES),
        tarred(FILES, "w:gz"),
        tarred(FILES, "w:bz2"),
        tarred(FILES, "w:xz"),
        gzip.compress(zipped(FILES)),
        zipped({"inner.zip": zipped(FILES)}),
        zipped({"inner.tar.gz": tarred(FILES, "w:gz")}),
        tarred({"a.txt": FILES["a.txt"], "c.jsonl.gz": gzip.compress(FILES["b/c.jsonl"].encode())}),
    ],
    ids=range(9),
)
@pytest.mark.parametrize("from_pipe", [False, True], ids=["file", "pipe"])
def test_archives(
    read_file: Any, read: Any, monkeypatch: pytest.MonkeyPatch, content: bytes, from_pipe: bool
) -> None:
    if from_pipe:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        outcome = read("-")
    else:
        outcome = read_file("news.archive", content)
    assert outcome.problems == []
    assert outcome.bodies == TEXTS


def test_what_lies_in_an_archive_besides(read_file: Any) -> None:
    files = {
        "a.txt": "Мәтін.", "README.md": "x", ".hidden.txt": "x", "__MACOSX/a.txt": "x",
        "b/.git/x.txt": "x", "i.jpg": b"\xff\xd8\xff\xe0" + bytes(99), "notes.dat": "x",
    }  # fmt: skip
    outcome = read_file("news.zip", zipped(files))
    assert outcome.bodies == ["Мәтін."]
    assert [problem.split(": ")[0] for problem in outcome.problems] == ["i.jpg", "notes.dat"]


def test_one_damaged_file_of_an_archive_does_not_touch_the_others(read_file: Any) -> None:
    files = {"a.txt": "Мәтін.", "b.pdf": b"%PDF-1.4", "c.jsonl": "{", "d.txt": "Соңғы."}
    outcome = read_file("news.zip", zipped(files))
    assert outcome.bodies == ["Мәтін.", "Соңғы."]
    assert len(outcome.problems) == 2


def test_damaged_archives(read_file: Any) -> None:
    for content in (zipped(FILES)[:-30], tarred(FILES)[:700], b"PK\x03\x04" + bytes(50)):
        outcome = read_file("a", content)
        assert any("damaged" in p or "cut off" in p for p in outcome.problems)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("xl/workbook.xml", "Excel"),
        ("word/document.xml", "Word"),
        ("META-INF/container.xml", "EPUB"),
    ],
)
def test_office_documents_are_no_archives(read_file: Any, part: str, name: str) -> None:
    outcome = read_file("a.zip", zipped({"a.txt": "x", part: "<a/>"}))
    assert outcome.articles == []
    assert name in outcome.problems[0]


def test_archives_too_deep(read_file: Any) -> None:
    content: bytes = zipped(FILES)
    for _ in range(12):
        content = zipped({"a.zip": content})
    outcome = read_file("a.zip", content)
    assert outcome.articles == []
    assert "too deep" in outcome.problems[0]


def test_line_ends_without_end(read_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.documents.inputs.MAX_BLANK", 3_000_000)
    outcome = read_file("a.jsonl.gz", gzip.compress(b"\n" * 20_000_000))
    assert outcome.articles == []
    assert outcome.problems == ["a.jsonl.gz: the file is empty"]


def test_line_ends_without_end_inside_a_file(
    read_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzsearch.documents.formats.json_stream.MAX_BLANK", 300_000)
    monkeypatch.setattr("kzsearch.documents.records.MAX_BLANK", 300_000)
    for name, content in (("a.json", '[{"text": "Мәтін."},'), ("a.jsonl", '{"text": "Мәтін."}\n')):
        outcome = read_file(name, gzip.compress(content.encode() + b"\n" * 5_000_000))
        assert outcome.bodies == ["Мәтін."]
        assert "nothing but empty lines" in outcome.problems[0]


@pytest.mark.parametrize("blank", [70_000, 2_500_000])
def test_blank_lines_before_the_first_record(read_file: Any, blank: int) -> None:
    for name, content in (
        ("a.jsonl", '{"text": "Мәтін."}'),
        ("a.csv", "title,text\nК,Мәтін."),
        ("a.txt", "Мәтін."),
        ("a", '[{"text": "Мәтін."}]'),
        ("a.xml", "<?xml version='1.0'?><a><b><title>К</title><text>Мәтін.</text></b></a>"),
    ):
        outcome = read_file(name, "\n" * blank + content)
        assert outcome.bodies == ["Мәтін."], name
        assert outcome.problems == []
    outcome = read_file("a.jsonl", "\n" * blank + '{"text": "Мәтін."}\n{')
    assert outcome.problems[0].startswith(f"a.jsonl:{blank + 2}: ")
