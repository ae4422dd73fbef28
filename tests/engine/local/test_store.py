"""Manifests and merge plans, each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.merging import MERGE_FACTOR, MERGE_LIMIT, plan_merge
from kzsearch.engine.local.store.files import bytes_digest
from kzsearch.engine.local.store.manifest import (
    FORMAT_VERSION,
    FileEntry,
    Manifest,
    SegmentEntry,
    segment_name,
)
from kzsearch.errors import IndexDamagedError, IndexWriteError

segments = st.builds(
    lambda articles, dead, files: SegmentEntry(
        "00000001-00000002-00000003-0123abcd",
        "0123abcd" * 4,
        articles,
        "cafe" * 8,
        tuple(files),
        frozenset(number for number in dead if number < articles),
    ),
    st.integers(0, 100),
    st.sets(st.integers(0, 99)),
    st.lists(st.builds(FileEntry, st.text(), st.integers(0), st.text())),
)


files = st.builds(FileEntry, st.text(), st.integers(0), st.text())
manifests = st.builds(
    Manifest,
    st.integers(1, 10**20 - 1),
    st.text(),
    st.text(),
    st.text(),
    st.lists(segments).map(tuple),
    st.lists(st.tuples(st.text(), files)).map(tuple),
)


@given(manifests)
def test_a_manifest_comes_back_as_it_was(manifest: Manifest) -> None:
    assert Manifest.from_bytes(manifest.to_bytes(), Path("m")) == manifest


@given(manifests, st.data())
def test_a_manifest_that_was_changed_is_said_to_be_damaged(
    manifest: Manifest, data: st.DataObject
) -> None:
    changed = bytearray(manifest.to_bytes())
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(IndexDamagedError, match="m is damaged"):
        Manifest.from_bytes(bytes(changed), Path("m"))


@given(
    st.binary()
    | st.sampled_from([b"[]", b"{}", b"null", b"[" * 9999])
    | st.just(b'{"format_version": %d}' % FORMAT_VERSION).map(
        lambda data: f"1 {bytes_digest(data)}\n".encode() + data
    )
)
def test_a_manifest_that_is_none_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(IndexDamagedError, match="m is damaged"):
        Manifest.from_bytes(data, Path("m"))


ID = "ab" * 16


def plain(sizes: list[int], dead: int = 0) -> list[SegmentEntry]:
    return [
        SegmentEntry(
            segment_name(n, n, n, "ab" * 16), "ab" * 16, size, "", (), frozenset(range(dead))
        )
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
