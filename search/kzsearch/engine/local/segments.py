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
from kzsearch.engine.local.store.files import file_digest
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import Manifest, SegmentEntry
from kzsearch.engine.local.suggest import TitlesReader
from kzsearch.errors import IndexDamagedError

__all__ = ["OpenSegments", "Segment", "check_digests", "check_sizes"]


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
        """The stored article with this number: the one the index says it is.

        Raises IndexDamagedError.
        """
        offset = int(self.reader.columns.offset[number])
        return self.log.article(offset, number, self.reader.ids()[number])


def _close(*parts: SegmentReader | ArticleLogReader | CopiesReader) -> None:
    for part in parts:
        part.close()


class OpenSegments:
    """Opens the segments of manifests, each only once while it is in use.

    They are known by their identities: another index may have segments of the same name.
    """

    def __init__(self, generations: Generations, codec: SegmentCodec) -> None:
        self._generations = generations
        self._codec = codec
        self._open: weakref.WeakValueDictionary[str, Segment] = weakref.WeakValueDictionary()

    def of(self, manifest: Manifest) -> Sequence[Segment]:
        """The segments of a manifest, in its order. Raises IndexDamagedError."""
        return [
            self._open.get(entry.identity) or self._opened(entry) for entry in manifest.segments
        ]

    def _opened(self, entry: SegmentEntry) -> Segment:
        directory = self._generations.segment_path(entry)
        check_sizes(self._generations, entry)
        with contextlib.ExitStack() as on_failure:
            try:
                log = ArticleLogReader(directory, entry.identity)
                on_failure.callback(log.close)
                copies = CopiesReader(directory, entry.articles)
                on_failure.callback(copies.close)
            except OSError as error:
                problem = f"cannot be read ({error.strerror})"
                raise _damaged(self._generations, directory, problem) from error
            titles = TitlesReader(directory)
            reader = self._codec.reader(directory, entry.articles, entry.digest)
            on_failure.pop_all()
        segment = self._open[entry.identity] = Segment(reader, log, titles, copies)
        return segment


def check_sizes(generations: Generations, entry: SegmentEntry) -> None:
    """Raises IndexDamagedError unless all files of a segment are there with their sizes."""
    for file in entry.files:
        path = generations.segment_path(entry) / file.name
        try:
            size = path.stat().st_size
        except OSError as error:
            raise _damaged(generations, path, f"cannot be read ({error.strerror})") from error
        if size != file.size:
            raise _damaged(generations, path, f"has {size} bytes instead of {file.size}")


def check_digests(generations: Generations, entry: SegmentEntry) -> None:
    """Raises IndexDamagedError unless the files of a segment hold what was written.

    Reads them all.
    """
    for file in entry.files:
        path = generations.segment_path(entry) / file.name
        try:
            whole = file_digest(path) == file.digest
        except OSError as error:
            raise _damaged(generations, path, f"cannot be read ({error.strerror})") from error
        if not whole:
            raise _damaged(generations, path, "does not hold what was written")


def _damaged(generations: Generations, path: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"The index at {generations.directory} is damaged: {path} {what}; "
        "run `kzsearch rebuild` to make it anew from its stored articles."
    )
