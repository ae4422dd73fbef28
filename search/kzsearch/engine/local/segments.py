"""Open segments, shared by every snapshot that shows them."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Sequence
from pathlib import Path

from kzsearch.documents.article import Article
from kzsearch.engine.local.duplicates import CopiesReader
from kzsearch.engine.local.segment_api import SegmentCodec, SegmentReader
from kzsearch.engine.local.store.articles import ArticleLogReader
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import Manifest, SegmentEntry
from kzsearch.engine.local.suggest import TitlesReader
from kzsearch.errors import IndexDamagedError

__all__ = ["OpenSegments", "Segment"]


class Segment:
    """An open segment and the files beside its index. They close when nobody uses it."""

    def __init__(
        self,
        reader: SegmentReader,
        log: ArticleLogReader,
        titles: TitlesReader,
        copies: CopiesReader,
    ) -> None:
        self.reader = reader
        self.log = log
        self.titles = titles
        self.copies = copies
        self._closing = weakref.finalize(self, _close, reader, log, copies)

    def article(self, number: int) -> Article:
        """The stored article with this number. Raises IndexDamagedError."""
        return self.log.article(int(self.reader.columns.offset[number]))


def _close(*parts: SegmentReader | ArticleLogReader | CopiesReader) -> None:
    for part in parts:
        part.close()


class OpenSegments:
    """Opens the segments of manifests, each only once while it is in use."""

    def __init__(self, generations: Generations, codec: SegmentCodec) -> None:
        self._generations = generations
        self._codec = codec
        self._open: weakref.WeakValueDictionary[str, Segment] = weakref.WeakValueDictionary()

    def of(self, manifest: Manifest) -> Sequence[Segment]:
        """The segments of a manifest, in its order. Raises IndexDamagedError."""
        return [self._open.get(entry.name) or self._opened(entry) for entry in manifest.segments]

    def _opened(self, entry: SegmentEntry) -> Segment:
        directory = self._generations.segment_path(entry)
        for file in entry.files:
            path = directory / file.name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise self._damaged(path, f"cannot be read ({error.strerror})") from error
            if size != file.size:
                raise self._damaged(path, f"has {size} bytes instead of {file.size}")
        with contextlib.ExitStack() as on_failure:
            try:
                log = ArticleLogReader(directory)
                on_failure.callback(log.close)
                copies = CopiesReader(directory, entry.articles)
                on_failure.callback(copies.close)
            except OSError as error:
                raise self._damaged(directory, f"cannot be read ({error.strerror})") from error
            titles = TitlesReader(directory)
            reader = self._codec.reader(directory, entry.articles)
            on_failure.pop_all()
        segment = self._open[entry.name] = Segment(reader, log, titles, copies)
        return segment

    def _damaged(self, path: Path, what: str) -> IndexDamagedError:
        return IndexDamagedError(
            f"The index at {self._generations.directory} is damaged: {path} {what}; "
            "run `kzsearch rebuild` to make it anew from its stored articles."
        )
