"""The article log: what is written comes back, and damage costs what it hits and no more."""

from __future__ import annotations

import datetime as dt
import json
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine.local.store.articles import (
    HEAD,
    LOG_NAME,
    MARK,
    NO_NUMBER,
    ArticleFrame,
    ArticleLogReader,
    ArticleLogWriter,
    BrokenFrame,
    DeletionFrame,
    EndFrame,
    article_payload,
    first_line,
)
from kzsearch.engine.local.store.scanning import Frame, log_identity, read_frames
from kzsearch.errors import IndexDamagedError

SEGMENT, OTHER = "5e" * 16, "07" * 16
ARTICLES = [
    Article(id="1", title="Тақырып", body="Мәтін 😀\n", date=dt.date(2025, 1, 2)),
    Article(id="2", body="б", date=dt.datetime(2025, 1, 2, 3, 4, 5, 6, dt.UTC)),
    *(Article(id=f"ү-{number}", body=f"мектеп туралы {number} " * 9) for number in range(5)),
]


def written(directory: Path, deleted: list[str]) -> list[int]:
    log = ArticleLogWriter(directory, SEGMENT)
    log.append_deletions(deleted)
    offsets = [log.append_payload(article_payload(article)) for article in ARTICLES]
    log.finish()
    return offsets


def written_as_before(directory: Path) -> list[int]:
    """A log of the first format."""
    offsets = []
    with (directory / LOG_NAME).open("wb") as file:
        file.write(b"kzsearch article log 1\n")
        for article in ARTICLES:
            offsets.append(file.tell())
            text = json.dumps(article.to_json(), ensure_ascii=False, separators=(",", ":"))
            payload = b"A" + zlib.compress(text.encode())
            file.write(struct.pack("<II", len(payload), zlib.crc32(payload)) + payload)
    return offsets


def articles_of(frames: list[Frame]) -> list[Article]:
    return [frame.article for frame in frames if isinstance(frame, ArticleFrame)]


def broken_of(frames: list[Frame]) -> list[BrokenFrame]:
    return [frame for frame in frames if isinstance(frame, BrokenFrame)]


@pytest.mark.parametrize("deleted", [[], ["б", "а"]])
def test_a_log_gives_back_what_was_written(tmp_path: Path, deleted: list[str]) -> None:
    offsets = written(tmp_path, deleted)
    reader = ArticleLogReader(tmp_path, SEGMENT)
    for number, (offset, article) in enumerate(zip(offsets, ARTICLES, strict=True)):
        assert reader.article(offset, number, article.id) == article
    assert reader.deletions() == tuple(sorted(deleted))
    (tmp_path / "copy").mkdir()
    copy = ArticleLogWriter(tmp_path / "copy", OTHER)
    moved = copy.copy(reader, offsets[1], 1)
    copy.finish()
    frames = list(read_frames(tmp_path / LOG_NAME, SEGMENT))
    assert frames[-1 - len(ARTICLES) : -1] == [
        ArticleFrame(offset, article, number)
        for number, (offset, article) in enumerate(zip(offsets, ARTICLES, strict=True))
    ]
    assert isinstance(frames[-1], EndFrame)
    assert frames[-1].articles == len(ARTICLES)
    assert [frame.ids for frame in frames if isinstance(frame, DeletionFrame)] == (
        [("а", "б")] if deleted else []
    )
    for offset, number, article_id in (
        (offsets[0] + 1, 0, "1"),
        (offsets[0], 1, "1"),
        (offsets[0], 0, "2"),
        (1 << 70, 0, "1"),
    ):
        with pytest.raises(IndexDamagedError, match=f"byte {offset} of "):
            reader.article(offset, number, article_id)
    reader.close()
    (only, _) = read_frames(tmp_path / "copy" / LOG_NAME)
    assert only == ArticleFrame(moved, ARTICLES[1], 0)


def test_the_log_of_another_segment_is_refused(tmp_path: Path) -> None:
    written(tmp_path, [])
    with pytest.raises(IndexDamagedError, match="is not the article log of its segment"):
        ArticleLogReader(tmp_path, OTHER)
    assert log_identity(tmp_path / LOG_NAME) == SEGMENT
    frames = list(read_frames(tmp_path / LOG_NAME, OTHER))
    assert broken_of(frames)[0] == BrokenFrame(0, "is that of another segment")
    assert articles_of(frames) == []


def test_a_frame_of_another_segment_does_not_pass(tmp_path: Path) -> None:
    """It may have the same number, even the same id: an older version of the article."""
    offsets = written(tmp_path, [])
    data = (tmp_path / LOG_NAME).read_bytes()
    (tmp_path / "other").mkdir()
    other = ArticleLogWriter(tmp_path / "other", OTHER)
    for article in ARTICLES:
        other.append_payload(article_payload(article))
    other.finish()
    strange = (tmp_path / "other" / LOG_NAME).read_bytes()
    assert len(strange) == len(data)
    begin, end = offsets[1:3]
    (tmp_path / LOG_NAME).write_bytes(data[:begin] + strange[begin:end] + data[end:])
    reader = ArticleLogReader(tmp_path, SEGMENT)
    with pytest.raises(IndexDamagedError):
        reader.article(begin, 1, ARTICLES[1].id)
    reader.close()
    frames = list(read_frames(tmp_path / LOG_NAME))
    assert articles_of(frames) == [ARTICLES[0], *ARTICLES[2:]]
    assert [frame.id for frame in broken_of(frames)] == [ARTICLES[1].id]


def test_a_deletion_frame_is_no_article(tmp_path: Path) -> None:
    written(tmp_path, ["а"])
    (frame, *_) = read_frames(tmp_path / LOG_NAME)
    reader = ArticleLogReader(tmp_path, SEGMENT)
    with pytest.raises(IndexDamagedError):
        reader.article(frame.offset, NO_NUMBER, "а")
    reader.close()


def test_deletions_that_are_damaged_are_not_taken_for_none(tmp_path: Path) -> None:
    """A merge that lost them would bring deleted articles back when logs are replayed."""
    written(tmp_path, ["а"])
    path = tmp_path / LOG_NAME
    data = bytearray(path.read_bytes())
    data[len(first_line(SEGMENT)) + HEAD.size] ^= 1
    path.write_bytes(data)
    reader = ArticleLogReader(tmp_path, SEGMENT)
    with pytest.raises(IndexDamagedError):
        reader.deletions()
    reader.close()


@given(cut=st.integers(0, 900))
def test_a_log_cut_anywhere_gives_what_is_whole(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    directory = tmp_path_factory.mktemp("log")
    offsets = written(directory, ["а"])
    path = directory / LOG_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    frames = list(read_frames(path))
    ends = [*offsets[1:], whole.rindex(MARK)]  # the last frame only says that it is the last
    assert articles_of(frames) == [a for a, e in zip(ARTICLES, ends, strict=True) if e <= cut]
    assert len(broken_of(frames)) == (cut < len(whole))


@pytest.mark.parametrize("old", [False, True])
@given(data=st.data())
def test_damage_costs_what_it_hits(
    tmp_path_factory: pytest.TempPathFactory, old: bool, data: st.DataObject
) -> None:
    """Bytes changed, zeroed, cut out or put in: every frame that was not touched comes back."""
    directory = tmp_path_factory.mktemp("log") / f"1-2-3-{SEGMENT[:8]}"
    directory.mkdir()
    offsets = written_as_before(directory) if old else written(directory, [])
    path = directory / LOG_NAME
    whole = path.read_bytes()
    begin = data.draw(st.integers(0, len(whole) - 1))
    count = data.draw(st.integers(1, 300))
    fill = data.draw(st.sampled_from(["flip", "zero", "cut", "insert"]))
    hit = whole[begin : begin + count]
    if fill == "flip":
        hit = hit[:1]
    changed = {
        "flip": bytes([hit[0] ^ 1 << data.draw(st.integers(0, 7))]),
        "zero": bytes(len(hit)),
        "cut": b"",
        "insert": data.draw(st.binary(min_size=1, max_size=60)) + hit,
    }[fill]
    path.write_bytes(whole[:begin] + changed + whole[begin + len(hit) :])
    found = articles_of(list(read_frames(path)))
    ends = [*offsets[1:], len(whole)]
    untouched = [
        article
        for article, start, end in zip(ARTICLES, offsets, ends, strict=True)
        if end <= begin or start >= begin + len(hit)
    ]
    assert [article for article in found if article in untouched] == untouched
    assert all(article in ARTICLES for article in found)


def test_a_broken_article_is_named_by_what_is_left_of_it(tmp_path: Path) -> None:
    offsets = written(tmp_path, [])
    path = tmp_path / LOG_NAME
    data = bytearray(path.read_bytes())
    data[offsets[4] - 1] ^= 255
    path.write_bytes(data)
    (frame,) = broken_of(list(read_frames(path)))
    assert frame == BrokenFrame(offsets[3], f"has a damaged article at byte {offsets[3]}", "ү-1")


def test_a_log_that_is_not_there_or_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / LOG_NAME
    assert log_identity(path) is None
    (frame,) = broken_of(list(read_frames(path)))
    assert frame.problem == "cannot be opened (No such file or directory)"
    path.write_bytes(b"")
    (frame,) = broken_of(list(read_frames(path)))
    assert frame.problem == "does not begin as an article log"
