"""Files, folders, archives and standard input; whatever is in them."""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article, Problem, input_size, read_articles

LINES = "".join(f'{{"id": "{n}", "body": "мәтін {n}"}}\n' for n in range(2000))


def lay_out(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_folder_of_a_mix_in_sorted_order(tmp_path: Path, read: Any) -> None:
    folder = lay_out(
        tmp_path,
        {
            "b/1.txt": "төртінші",
            "a/2.jsonl": '{"body": "екінші"}\n{"body": "үшінші"}',
            "a/1.md": "# Бас\nбірінші",
            "c.CSV": "id,text\n1,бесінші\n",
            "d.txt.gz": gzip.compress("алтыншы".encode()),
            ".hidden.txt": "жоқ",
            ".git/x.txt": "жоқ",
            "b/.DS_Store": b"\0",
            "README.md": "бұл бума туралы",
            "b/readme.kk.txt": "бұл бума туралы",
        },
    )
    outcome = read(folder)
    assert outcome.bodies == ["бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы"]
    assert outcome.problems == []


def test_several_paths_in_the_order_given(tmp_path: Path, read: Any) -> None:
    folder = lay_out(tmp_path, {"a.txt": "а", "b.txt": "б"})
    assert read(folder / "b.txt", str(folder / "a.txt")).bodies == ["б", "а"]


def test_one_path_alone(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {"a.txt": "а"})
    assert [a.body for a in read_articles(str(folder), on_problem=pytest.fail)] == ["а"]


def test_unknown_kinds_are_told_in_a_folder_and_read_when_named(tmp_path: Path, read: Any) -> None:
    lay_out(tmp_path, {"a.dump": "мәтін", "b.txt": "б"})
    outcome = read(tmp_path)
    assert outcome.bodies == ["б"]
    [problem] = outcome.problems
    assert problem.startswith("a.dump: the name does not tell what is in it")
    assert read(tmp_path / "a.dump").bodies == ["мәтін"]


def test_what_cannot_be_opened(tmp_path: Path, read: Any) -> None:
    lay_out(tmp_path, {"a.txt": "а"})
    outcome = read(tmp_path / "none.txt", tmp_path / "a.txt" / "b", tmp_path / "a.txt")
    assert outcome.bodies == ["а"]
    assert outcome.problems == [
        "none.txt: the file cannot be read: No such file or directory",
        "b: the file cannot be read: Not a directory",
    ]


def test_no_permission(tmp_path: Path, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path, {"a.txt": "а", "b.txt": "б", "c/d.txt": "в"})

    def refusing(real: Any, name: str) -> Any:
        def call(path: Any, *args: Any, **kwargs: Any) -> Any:
            if os.fspath(path).endswith(name):
                raise PermissionError(13, "Permission denied")
            return real(path, *args, **kwargs)

        return call

    # The tests may run as root, whom no file refuses.
    monkeypatch.setattr("builtins.open", refusing(open, "a.txt"))
    monkeypatch.setattr(os, "listdir", refusing(os.listdir, "c"))
    outcome = read(tmp_path)
    assert outcome.bodies == ["б"]
    assert outcome.problems == [
        "a.txt: the file cannot be read: Permission denied",
        "c: the folder cannot be read: Permission denied",
    ]


def test_links(tmp_path: Path, read: Any) -> None:
    lay_out(tmp_path, {"a/a.txt": "а", "other/b.txt": "б"})
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "other").symlink_to(tmp_path / "other")
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a" / "self").symlink_to("self")
    outcome = read(tmp_path / "a")
    assert outcome.bodies == ["а", "б"]
    assert outcome.problems == [
        "gone.txt: the link leads nowhere",
        "loop: the link leads back to a folder above it",
        "self: the link leads nowhere",
    ]


def test_special_files_of_a_folder_are_not_waited_for(tmp_path: Path, read: Any) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert read(tmp_path).problems == ["pipe.txt: this is no file"]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl"])
def test_gzip_is_told_by_its_bytes(read_file: Any, name: str) -> None:
    assert len(read_file(name, gzip.compress(LINES.encode())).articles) == 2000
    assert len(read_file(name, LINES).articles) == 2000


@pytest.mark.parametrize("kept", [0.2, 0.9, 0.999])
def test_truncated_gzip_keeps_what_came_before(read_file: Any, kept: float) -> None:
    packed = gzip.compress(LINES.encode())
    outcome = read_file("a.jsonl.gz", packed[: int(len(packed) * kept)])
    assert 0 < len(outcome.articles) <= 2000
    assert [a.id for a in outcome.articles] == [str(n) for n in range(len(outcome.articles))]
    [problem] = outcome.problems
    assert problem == (
        f"a.jsonl.gz:{len(outcome.articles)}: "
        "the compressed file is cut off, what follows is missing"
    )


@pytest.mark.parametrize("place", [12, -6], ids=["data", "checksum"])
def test_damaged_gzip(read_file: Any, place: int) -> None:
    packed = bytearray(gzip.compress(LINES.encode()))
    packed[place] ^= 0xFF
    problems = read_file("a.jsonl.gz", bytes(packed)).problems
    assert any("the compressed file is damaged" in problem for problem in problems)


def test_truncated_gzip_of_one_text_gives_no_half_article(read_file: Any) -> None:
    outcome = read_file("a.txt.gz", gzip.compress(b"text " * 999)[:-20])
    assert outcome.articles == []
    assert outcome.problems == ["a.txt.gz: the compressed file is cut off, what follows is missing"]


@pytest.mark.parametrize(
    "content",
    [
        "Сенат жиналды.",
        "date 2025-09-29 Сенат жиналды.",
        "---\ntitle: Жиын\n---\nСенат жиналды.",
        "# Жиын\nСенат жиналды.",
        '{"text": "Сенат жиналды."}',
        '{"text": "Сенат жиналды."}\n{',
        '[{"text": "Сенат жиналды."}]',
        "id\ttext\n1\tСенат жиналды.",
        'title,text\n"Жиын","Сенат жиналды."',
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_standard_input_is_sniffed(
    read: Any, monkeypatch: pytest.MonkeyPatch, content: str, pack: Any
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(pack(content.encode())))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert read("-").bodies == ["Сенат жиналды."]
    assert not stdin.buffer.closed


def test_standard_input_from_a_slow_pipe(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class OneByteAtATime(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            return super().read1(min(size or 1, 1))

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(OneByteAtATime(LINES[:3000].encode())))
    assert len(read("-").articles) > 50


def test_problem_of_standard_input_has_its_name(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "a"}\n{')))
    [problem] = read("-").problems
    assert problem.startswith("standard input:2: this is not JSON")


def test_closed_standard_input(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-").problems == [
        "standard input: the file cannot be read: standard input is closed"
    ]


def test_articles_come_one_by_one(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a.jsonl": LINES * 20})
    read_bytes: list[int] = []
    articles = read_articles(tmp_path, on_problem=pytest.fail, on_bytes=read_bytes.append)
    next(articles)
    assert sum(read_bytes) < input_size([tmp_path])
    assert sum(1 for _ in articles) == 39_999
    assert sum(read_bytes) == input_size([tmp_path])


def test_size_of_what_has_none(tmp_path: Path) -> None:
    assert input_size([tmp_path]) == 0
    assert input_size(["-"]) is None
    assert input_size([tmp_path / "none"]) is None


def test_errors_of_the_caller_are_not_swallowed(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a.jsonl": "{\n{"})

    def full(_problem: Problem) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        list(read_articles(tmp_path, on_problem=full))


@given(
    content=st.one_of(st.binary(), st.text().map(str.encode)),
    name=st.sampled_from(["a.txt", "a.md", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.gz", "a"]),
    pack=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_gives_articles_or_problems(
    tmp_path: Path, content: bytes, name: str, pack: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if pack else content)
    problems: list[Problem] = []
    articles = list(read_articles([path], on_problem=problems.append))
    assert articles or problems
    for article in articles:
        assert Article.from_json(article.to_json()) == article
        assert article.body
    for problem in problems:
        assert "\n" not in problem.message
