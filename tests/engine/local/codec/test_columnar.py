"""The columnar format gives back what a plain Python segment does, merged or not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.engine.document import AnalysedArticle
from kzsearch.engine.local.codec import gathering, merge_sources, segment_merge, segment_writer
from kzsearch.engine.local.codec.cache import RecentlyUsed
from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.segment_reader import STEPS, ColumnarReader
from kzsearch.engine.local.segment_api import MergeSource
from kzsearch.engine.schema import TermKind
from kzsearch.errors import IndexDamagedError

from .articles import articles, assert_same_segment, few_articles, many_articles
from .reference import ReferenceSegment

CODEC = ColumnarCodec()


def write(directory: Path, added: Sequence[AnalysedArticle], offsets: Sequence[int]) -> Path:
    directory.mkdir()
    writer = CODEC.writer(directory)
    for number, (article, offset) in enumerate(zip(added, offsets, strict=True)):
        assert writer.add(article, offset) == number
    writer.finish()
    return directory


def sections(directory: Path, count: int) -> dict[str, bytes]:
    """Everything in the file but its identity."""
    container = CODEC.reader(directory, count).container
    return {name: container[name].array().tobytes() for name in container.sizes()}


@settings(max_examples=80)
@given(articles())
def test_a_segment_gives_back_what_was_added(added: list[AnalysedArticle]) -> None:
    offsets = [23 + 1000 * number for number in range(len(added))]
    with tempfile.TemporaryDirectory() as folder:
        reader = CODEC.reader(write(Path(folder) / "a", added, offsets), len(added))
        assert_same_segment(reader, ReferenceSegment(added, offsets), ["алмат", "ә"])
        reader.close()


@settings(max_examples=30)
@given(st.data(), st.lists(articles(6), min_size=1, max_size=4))
def test_a_merge_is_as_if_written_anew(
    data: st.DataObject, segments: list[list[AnalysedArticle]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        sources, kept = [], []
        for number, added in enumerate(segments):
            path = write(root / str(number), added, range(len(added)))
            keep = [n for n in range(len(added)) if data.draw(st.integers(0, 3))]
            sources.append(MergeSource(CODEC.reader(path, len(added)), np.array(keep, np.uint32)))
            kept += [added[n] for n in keep]
        offsets = [7 * number for number in range(len(kept))]
        (root / "merged").mkdir()
        CODEC.merge(root / "merged", sources, np.array(offsets, np.uint64))
        write(root / "anew", kept, offsets)
        assert sections(root / "merged", len(kept)) == sections(root / "anew", len(kept))
        reader = CODEC.reader(root / "merged", len(kept))
        assert_same_segment(reader, ReferenceSegment(kept, offsets))


def test_how_much_is_done_at_a_time_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = many_articles(60)
    offsets = range(0, 6_000, 100)
    write(tmp_path / "whole", added, offsets)
    write(tmp_path / "first", added[:40], offsets[:40])
    write(tmp_path / "second", added[40:], offsets[40:])
    for module, name in (
        (gathering, "CHUNK"),
        (segment_writer, "PARTITION"),
        (merge_sources, "ROWS"),
        (segment_merge, "POSTINGS"),
    ):
        monkeypatch.setattr(module, name, 20)
    write(tmp_path / "bit by bit", added, offsets)
    (tmp_path / "merged").mkdir()
    sources = [
        MergeSource(CODEC.reader(tmp_path / name, count), np.arange(count, dtype=np.uint32))
        for name, count in (("first", 40), ("second", 20))
    ]
    CODEC.merge(tmp_path / "merged", sources, np.array(offsets, np.uint64))
    whole = sections(tmp_path / "whole", 60)
    assert sections(tmp_path / "bit by bit", 60) == whole
    assert sections(tmp_path / "merged", 60) == whole


def test_what_is_read_twice_is_remembered_within_bounds(tmp_path: Path) -> None:
    added = many_articles(40)
    write(tmp_path / "a", added, range(40))
    reader = CODEC.reader(tmp_path / "a", 40)
    assert reader.postings(TermKind.STEM, 0) is reader.postings(TermKind.STEM, 0)
    assert reader.positions(0) is reader.positions(0)
    with pytest.raises(ValueError, match="read-only"):
        reader.postings(TermKind.STEM, 0).docs[0] = 1


def test_the_log_offset_of_every_article_is_added_up_from_a_block(tmp_path: Path) -> None:
    added = few_articles()[:1] * (2 * STEPS + 3)
    offsets = [7 + number * number for number in range(len(added))]
    reader = CODEC.reader(write(tmp_path / "a", added, offsets), len(added))
    assert reader.offsets().tolist() == offsets
    assert [reader.offset(number) for number in range(len(added))] == offsets


def test_readers_share_a_cache_and_forget_only_their_own(tmp_path: Path) -> None:
    codec = ColumnarCodec()
    one, other = (
        codec.reader(write(tmp_path / name, few_articles(), range(3)), 3) for name in "ab"
    )
    assert one.postings(TermKind.STEM, 0) is not other.postings(TermKind.STEM, 0)
    kept = other.postings(TermKind.STEM, 0)
    one.close()
    assert other.postings(TermKind.STEM, 0) is kept


def test_many_threads_read_the_same(tmp_path: Path) -> None:
    added = many_articles(15)
    write(tmp_path / "a", added, range(15))
    expected = ReferenceSegment(added, range(15))
    reader = ColumnarReader(tmp_path / "a", cache=RecentlyUsed(2_000))
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(assert_same_segment, reader, expected) for _ in range(4)]:
            done.result()


def test_files_are_let_go_of(tmp_path: Path) -> None:
    write(tmp_path / "a", few_articles(), range(3))
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(50):
        reader = CODEC.reader(tmp_path / "a", 3)
        times = reader.columns.time
        reader.close()
    del reader
    assert times.tolist() == [0, 1, 2]
    del times
    assert len(os.listdir("/proc/self/fd")) == before


def test_further_sections_come_back(tmp_path: Path) -> None:
    directory = tmp_path / "a"
    directory.mkdir()
    writer = CODEC.writer(directory)
    writer.add(few_articles()[0], 0)
    writer.add_section("suggest.words", np.arange(5, dtype=np.uint16))
    writer.finish()
    reader = CODEC.reader(directory, 1)
    assert reader.section("suggest.words").tolist() == [0, 1, 2, 3, 4]
    with pytest.raises(IndexDamagedError, match="no section"):
        reader.section("nothing")
    (tmp_path / "merged").mkdir()
    CODEC.merge(
        tmp_path / "merged",
        [MergeSource(reader, np.zeros(1, np.uint32))],
        np.zeros(1, np.uint64),
        {"duplicates": np.array([7], np.uint64)},
    )
    assert CODEC.reader(tmp_path / "merged", 1).section("duplicates").tolist() == [7]


def test_another_file_than_the_manifest_names_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a", few_articles(), range(3))
    digest = CODEC.digest(tmp_path / "a")
    assert CODEC.reader(tmp_path / "a", 3, digest).articles == 3
    write(tmp_path / "b", few_articles(), range(3))
    with pytest.raises(IndexDamagedError, match="not the file"):
        CODEC.reader(tmp_path / "b", 3, digest)
    with pytest.raises(IndexDamagedError, match="3 articles, not 4"):
        CODEC.reader(tmp_path / "a", 4)


def test_reading_needs_no_whoosh() -> None:
    code = (
        "import sys; from kzsearch.engine.local.codec import ColumnarCodec;"
        "sys.exit(any(name.split('.')[0] in ('whoosh', 'pymorphy3') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
