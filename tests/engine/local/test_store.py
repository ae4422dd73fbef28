"""Logs, manifests and merge plans, each by itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine.local.codec.safe import decode_positions, encode_positions
from kzsearch.engine.local.merging import MERGE_FACTOR, MERGE_LIMIT, plan_merge
from kzsearch.engine.local.store.articles import (
    LOG_NAME,
    ArticleFrame,
    ArticleLogReader,
    ArticleLogWriter,
    BrokenFrame,
    DeletionFrame,
    read_frames,
)
from kzsearch.engine.local.store.manifest import FORMAT_VERSION, FileEntry, Manifest, SegmentEntry
from kzsearch.errors import IndexDamagedError, IndexWriteError

ARTICLES = [
    Article(id="1", title="Тақырып", body="Мәтін 😀\n", date=dt.date(2025, 1, 2)),
    Article(id="2", body="б", date=dt.datetime(2025, 1, 2, 3, 4, 5, 6, dt.UTC)),
]


def written(directory: Path, deleted: list[str]) -> list[int]:
    log = ArticleLogWriter(directory)
    log.append_deletions(deleted)
    offsets = [log.append(article) for article in ARTICLES]
    log.close()
    return offsets


@pytest.mark.parametrize("deleted", [[], ["б", "а"]])
def test_a_log_gives_back_what_was_written(tmp_path: Path, deleted: list[str]) -> None:
    offsets = written(tmp_path, deleted)
    reader = ArticleLogReader(tmp_path)
    assert [reader.article(offset) for offset in offsets] == ARTICLES
    assert reader.deletions() == tuple(sorted(deleted))
    (tmp_path / "copy").mkdir()
    copy = ArticleLogWriter(tmp_path / "copy")
    moved = copy.copy(reader, offsets[1])
    copy.close()
    frames = list(read_frames(tmp_path / LOG_NAME))
    assert frames[-2:] == [ArticleFrame(o, a) for o, a in zip(offsets, ARTICLES, strict=True)]
    assert [frame.ids for frame in frames if isinstance(frame, DeletionFrame)] == (
        [("а", "б")] if deleted else []
    )
    with pytest.raises(IndexDamagedError, match=f"byte {offsets[0] + 1} of "):
        reader.article(offsets[0] + 1)
    reader.close()
    assert list(read_frames(tmp_path / "copy" / LOG_NAME)) == [ArticleFrame(moved, ARTICLES[1])]


def test_a_deletion_frame_is_no_article(tmp_path: Path) -> None:
    written(tmp_path, ["а"])
    (frame, *_) = read_frames(tmp_path / LOG_NAME)
    reader = ArticleLogReader(tmp_path)
    with pytest.raises(IndexDamagedError):
        reader.article(frame.offset)
    reader.close()


@given(cut=st.integers(0, 400))
def test_a_log_cut_anywhere_gives_what_is_whole(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    directory = tmp_path_factory.mktemp("log")
    offsets = written(directory, ["а"])
    path = directory / LOG_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    frames = list(read_frames(path))
    articles = [frame.article for frame in frames if isinstance(frame, ArticleFrame)]
    ends = [*offsets[1:], len(whole)]
    assert articles == [a for a, end in zip(ARTICLES, ends, strict=True) if end <= cut]
    borders = {23, offsets[0], *ends}
    broken = [frame for frame in frames if isinstance(frame, BrokenFrame)]
    assert len(broken) == (cut < len(whole) and cut not in borders)


segments = st.builds(
    lambda articles, dead, files: SegmentEntry(
        "00000001-00000002-00000003",
        articles,
        tuple(files),
        frozenset(number for number in dead if number < articles),
    ),
    st.integers(0, 100),
    st.sets(st.integers(0, 99)),
    st.lists(st.builds(FileEntry, st.text(), st.integers(0), st.text())),
)


@given(st.builds(Manifest, st.integers(1), st.text(), st.text(), st.lists(segments).map(tuple)))
def test_a_manifest_comes_back_as_it_was(manifest: Manifest) -> None:
    assert Manifest.from_bytes(manifest.to_bytes(), Path("m")) == manifest


@given(
    st.binary()
    | st.sampled_from([b"[]", b"{}", b"null", b"[" * 9999])
    | st.just(b'{"format_version": %d}' % FORMAT_VERSION)
)
def test_a_manifest_that_is_none_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(IndexDamagedError, match="m is damaged"):
        Manifest.from_bytes(data, Path("m"))


@given(st.lists(st.integers(0, 1 << 21), unique=True).map(sorted))
def test_positions_come_back_as_they_were(positions: list[int]) -> None:
    assert decode_positions(encode_positions(positions)) == positions


def plain(sizes: list[int], dead: int = 0) -> list[SegmentEntry]:
    return [
        SegmentEntry(f"{n:08d}-{n:08d}-{n:08d}", size, (), frozenset(range(dead)))
        for n, size in enumerate(sizes)
    ]


def test_eight_equal_segments_are_merged_and_seven_are_not() -> None:
    assert plan_merge(plain([1] * 7), 1, 99) is None
    assert plan_merge(plain([1] * 8), 1, 99) == slice(0, 8)
    assert plan_merge(plain([1000, *[1] * 8]), 1, 99) == slice(1, 9)
    assert plan_merge(plain([1000, *[1] * 7]), 1, 99) is None
    assert plan_merge(plain([5000] * 8), 1, 99) is None
    assert plan_merge(plain([5000] * 8), 40_000, 99) == slice(0, 8)
    assert plan_merge(plain([0] * 8), 1, 99) == slice(0, 8)


def test_a_segment_more_than_half_dead_is_rewritten() -> None:
    assert plan_merge(plain([10, 10], dead=5), 1, 99) is None
    assert plan_merge(plain([10, 10], dead=6), 1, 99) == slice(0, 1)
    assert plan_merge(plain([10], dead=6), 1, 0) is None


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=400))
def test_merging_keeps_few_segments_and_rewrites_little(commits: list[int]) -> None:
    sizes: list[int] = []
    rewritten = 0
    for number, size in enumerate(commits):
        sizes.append(size)
        while run := plan_merge(plain(sizes), size, number + 1000):
            merged = sum(sizes[run])
            assert merged <= MERGE_LIMIT
            rewritten += merged
            sizes[run] = [merged]
    total = sum(commits)
    assert sum(sizes) == total
    assert rewritten <= total * 5  # powers of eight below the limit
    full = total / (MERGE_LIMIT / MERGE_FACTOR)
    assert len(sizes) <= full + 5 * MERGE_FACTOR


def test_a_directory_that_may_not_be_written(tmp_path: Path, analyzer: object) -> None:
    from kzsearch.engine import open_engine

    (tmp_path / "generations").write_text("in the way")
    with pytest.raises(IndexWriteError, match="could not be written"):
        open_engine(tmp_path, create=True, analyzer=analyzer)  # type: ignore[arg-type]
