"""The columnar format as a ``SegmentCodec``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.cache import RecentlyUsed
from kzsearch.engine.local.codec.container import FILE_NAME, footer_digest
from kzsearch.engine.local.codec.segment_reader import (
    CACHE_BYTES,
    ColumnarReader,
    UnpackedCache,
)
from kzsearch.engine.local.segment_api import MergeSource

if TYPE_CHECKING:
    from kzsearch.engine.local.codec.segment_writer import ColumnarWriter

__all__ = ["ColumnarCodec"]


class ColumnarCodec:
    """One file of packed arrays for each segment (``container.py``, ``segment_file.py``).

    What only writing needs is loaded when it is needed: opening an index is to be quick.
    """

    name = "kzsearch-columnar-2"

    def __init__(self) -> None:
        self._cache: UnpackedCache = RecentlyUsed(CACHE_BYTES)

    def writer(self, directory: Path) -> ColumnarWriter:
        """Begin a segment in an existing, empty directory."""
        from kzsearch.engine.local.codec.segment_writer import ColumnarWriter  # see above

        return ColumnarWriter(directory)

    def reader(self, directory: Path, articles: int, expected: str | None = None) -> ColumnarReader:
        """Open a segment. Raises IndexDamagedError.

        expected: ``digest`` of the segment as it was written; None takes any.
        """
        return ColumnarReader(directory, articles, expected, self._cache)

    def merge(
        self,
        directory: Path,
        sources: Sequence[MergeSource],
        offsets: NDArray[np.uint64],
        extra: Mapping[str, Iterable[NDArray[Any]]] | None = None,
    ) -> None:
        """Write one segment out of the kept articles of others.

        offsets: the new log offset of every kept article, in order.
        extra: further sections, each in pieces of one type, one piece at least.
        Raises IndexDamagedError when a source is not what was written.
        """
        from kzsearch.engine.local.codec.segment_merge import merge_segments  # see above

        merge_segments(directory, sources, offsets, extra or {})

    def digest(self, directory: Path) -> str:
        """Digest of a segment's footer, which vouches for all else. Raises IndexDamagedError."""
        return footer_digest(directory / FILE_NAME)
