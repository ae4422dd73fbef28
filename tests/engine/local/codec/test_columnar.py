"""The columnar format gives back what a plain Python segment does, merged or not."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.document import AnalysedArticle
from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.local.segment_api import MergeSource

from .articles import articles, assert_same_segment
from .reference import ReferenceSegment

CODEC = ColumnarCodec()


def write(directory: Path, given: Sequence[AnalysedArticle], offsets: Sequence[int]) -> Path:
    directory.mkdir()
    writer = CODEC.writer(directory)
    for number, (article, offset) in enumerate(zip(given, offsets, strict=True)):
        assert writer.add(article, offset) == number
    writer.finish()
    return directory


def sections(path: Path) -> dict[str, bytes]:
    container = ColumnarReader(path).container
    return {name: bytes(container[name].array().tobytes()) for name in container.sizes()}


@given(articles())
def test_a_segment_gives_back_what_was_added(given: list[AnalysedArticle]) -> None:
    offsets = [23 + 1000 * number for number in range(len(given))]
    with tempfile.TemporaryDirectory() as folder:
        reader = CODEC.reader(write(Path(folder) / "a", given, offsets), len(given))
        assert_same_segment(reader, ReferenceSegment(given, offsets), ["алмат", "ә"])
        reader.close()


@given(st.data(), st.lists(articles(6), min_size=1, max_size=4))
def test_a_merge_is_as_if_written_anew(
    data: st.DataObject, segments: list[list[AnalysedArticle]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        sources, kept = [], []
        for number, given in enumerate(segments):
            path = write(root / str(number), given, range(len(given)))
            keep = [n for n in range(len(given)) if data.draw(st.integers(0, 3))]
            sources.append(MergeSource(CODEC.reader(path, len(given)), np.array(keep, np.uint32)))
            kept += [given[n] for n in keep]
        offsets = [7 * number for number in range(len(kept))]
        merged = root / "merged"
        merged.mkdir()
        CODEC.merge(merged, sources, np.array(offsets, np.uint64))
        anew = write(root / "anew", kept, offsets)
        assert sections(merged) == sections(anew)
        reader = CODEC.reader(merged, len(kept))
        assert_same_segment(reader, ReferenceSegment(kept, offsets))
