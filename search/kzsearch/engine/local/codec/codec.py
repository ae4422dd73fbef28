"""The Whoosh codec as the engine's ``Codec``: begin, open and merge segments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kzsearch.engine.local.codec.reader import WhooshSegmentReader
from kzsearch.engine.local.codec.writer import WhooshSegmentWriter, merge_segments
from kzsearch.engine.local.segment_api import MergeSource

__all__ = ["WhooshCodec"]


class WhooshCodec:
    """Whoosh's W3 format, read and written safely (``safe.py``)."""

    name = "whoosh"

    def writer(self, directory: Path) -> WhooshSegmentWriter:
        """Begin a segment."""
        return WhooshSegmentWriter(directory)

    def reader(self, directory: Path, articles: int) -> WhooshSegmentReader:
        """Open a segment. Raises IndexDamagedError."""
        return WhooshSegmentReader(directory, articles)

    def merge(
        self, directory: Path, sources: Sequence[MergeSource], offsets: Sequence[int]
    ) -> None:
        """Write one segment out of others."""
        merge_segments(directory, sources, offsets)
