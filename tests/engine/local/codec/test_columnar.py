"""The columnar format gives back what a plain Python segment does, merged or not."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.engine.document import AnalysedArticle
from kzsearch.engine.local.codec import segment_merge, segment_writer
from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.container import footer_digest
from kzsearch.engine.local.codec.segment_file import FILE_NAME
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
    assert writer.digest == footer_digest(directory / FILE_NAME)
    return directory


def sections(directory: Path, count: int) -> dict[str, bytes]:
    """Everything in the file but its identity."""
    container = CODEC.reader(directory, count).container
    return {name: container[name].array().tobytes() for name in container.sizes()}


@settings(max_examples=150)
@given(articles())
def test_a_segment_gives_back_what_was_added(added: list[AnalysedArticle]) -> None:
    offsets = [23 + 1000 * number for number in range(len(added))]
    with tempfile.TemporaryDirectory() as folder:
        reader = CODEC.reader(write(Path(folder) / "a", added, offsets), len(added))
        assert_same_segment(reader, ReferenceSegment(added, offsets), ["алмат", "ә"])
        reader.close()


@settings(max_examples=60)
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
        digest = CODEC.merge(root / "merged", sources, np.array(offsets, np.uint64))
        assert digest == footer_digest(root / "merged" / FILE_NAME)
        write(root / "anew", kept, offsets)
        assert sections(root / "merged", len(kept)) == sections(root / "anew", len(kept))
        reader = CODEC.reader(root / "merged", len(kept))
        assert_same_segment(reader, ReferenceSegment(kept, offsets))


def test_how_much_is_done_at_a_time_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = many_articles(150)
    offsets = range(0, 15_000, 100)
    write(tmp_path / "whole", added, offsets)
    write(tmp_path / "first", added[:100], offsets[:100])
    write(tmp_path / "second", added[100:], offsets[100:])
    for module, name in (
        (segment_writer, "CHUNK"),
        (segment_writer, "PARTITION"),
        (segment_merge, "ROWS"),
        (segment_merge, "POSTINGS"),
    ):
        monkeypatch.setattr(module, name, 20)
    write(tmp_path / "bit by bit", added, offsets)
    (tmp_path / "merged").mkdir()
    sources = [
        MergeSource(CODEC.reader(tmp_path / name, count), np.arange(count, dtype=np.uint32))
        for name, count in (("first", 100), ("second", 50))
    ]
    CODEC.merge(tmp_path / "merged", sources, np.array(offsets, np.uint64))
    whole = sections(tmp_path / "whole", 150)
    assert sections(tmp_path / "bit by bit", 150) == whole
    assert sections(tmp_path / "merged", 150) == whole


def test_what_is_read_twice_is_remembered_within_bounds(tmp_path: Path) -> None:
    added = many_articles(40)
    write(tmp_path / "a", added, range(40))
    reader = CODEC.reader(tmp_path / "a", 40)
    assert reader.postings(TermKind.STEM, 0) is reader.postings(TermKind.STEM, 0)
    assert reader.positions(0) is reader.positions(0)
    with pytest.raises(ValueError, match="read-only"):
        reader.postings(TermKind.STEM, 0).docs[0] = 1


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
    digest = footer_digest(tmp_path / "a" / FILE_NAME)
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
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
