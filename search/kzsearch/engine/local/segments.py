"""Open segments, shared by every snapshot that shows them."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Mapping, Sequence
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

__all__ = ["OpenSegments", "Segment", "check_digests"]

FileState = tuple[int, int, int, int]
"""Device, inode, time of the last change, size."""


class Segment:
    """An open segment and its article log. Both close when nobody uses it."""

    def __init__(
        self, reader: SegmentReader, log: ArticleLogReader, files: Mapping[Path, FileState]
    ) -> None:
        self.reader = reader
        self.log = log
        self.titles = TitlesReader(reader.section)
        self.copies = CopiesReader(reader.section)
        self._files = files
        self._closing = weakref.finalize(self, _close, reader, log)

    @property
    def is_changed(self) -> bool:
        """Whether somebody has changed, replaced or removed its files since they were opened.

        What is mapped must not be read then: behind the end of a file that was cut short it
        cannot be, and the process would die.
        """
        try:
            return any(_state(path) != state for path, state in self._files.items())
        except OSError:
            return True

    def article(self, number: int) -> Article:
        """The stored article with this number: the one the index says it is.

        Raises IndexDamagedError.
        """
        offset = self.reader.offset(number)
        return self.log.article(offset, number, self.reader.ids()[number])


def _close(*parts: SegmentReader | ArticleLogReader) -> None:
    for part in parts:
        part.close()


class OpenSegments:
    """Opens the segments of manifests, each only once while it is in use; safe from many threads.

    They are known by their identities: another index may have segments of the same name.
    """

    def __init__(self, generations: Generations, codec: SegmentCodec) -> None:
        self._generations = generations
        self._codec = codec
        self._open: weakref.WeakValueDictionary[str, Segment] = weakref.WeakValueDictionary()
        self._lock = threading.Lock()

    def of(self, manifest: Manifest) -> Sequence[Segment]:
        """The segments of a manifest, in its order. Raises IndexDamagedError."""
        with self._lock:
            return [
                self._open.get(entry.identity) or self._opened(entry) for entry in manifest.segments
            ]

    def forget_changed(self) -> bool:
        """Open segments anew whose files were changed under them; whether there are any."""
        with self._lock:
            changed = [name for name, segment in self._open.items() if segment.is_changed]
            for name in changed:
                self._open.pop(name, None)
        return bool(changed)

    def _opened(self, entry: SegmentEntry) -> Segment:
        directory = self._generations.segment_path(entry)
        files = _checked_files(self._generations, entry)
        try:
            log = ArticleLogReader(directory, entry.identity)
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            raise _damaged(self._generations, directory, problem) from error
        try:
            reader = self._codec.reader(directory, entry.articles, entry.digest)
        except BaseException:
            log.close()
            raise
        segment = self._open[entry.identity] = Segment(reader, log, files)
        return segment


def _checked_files(generations: Generations, entry: SegmentEntry) -> dict[Path, FileState]:
    """The files of a segment. Raises IndexDamagedError unless all are there with their sizes."""
    found: dict[Path, FileState] = {}
    for file in entry.files:
        path = generations.segment_path(entry) / file.name
        try:
            found[path] = _state(path)
        except OSError as error:
            raise _damaged(generations, path, f"cannot be read ({error.strerror})") from error
        size = found[path][-1]
        if size != file.size:
            raise _damaged(generations, path, f"has {size} bytes instead of {file.size}")
    return found


def _state(path: Path) -> FileState:
    state = path.stat()
    return state.st_dev, state.st_ino, state.st_mtime_ns, state.st_size


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
