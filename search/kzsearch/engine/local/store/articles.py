"""The article log: every stored article of a segment, one after another.

The log is what an index can always be rebuilt from, so it depends on nothing
but itself: no engine, no analyzer, no other file. A log is a magic line and
then frames::

    length  4 bytes, little endian: bytes of the payload
    crc32   4 bytes, little endian: of the payload
    payload one letter of kind, then zlib-compressed JSON

Kind ``A`` holds an article, kind ``D`` the list of ids that this commit
deleted from earlier segments. Replaying all logs in commit order therefore
gives the articles of the index even when every other file is lost.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kzsearch.documents.article import Article
from kzsearch.errors import DocumentError, IndexDamagedError

__all__ = [
    "LOG_NAME",
    "ArticleFrame",
    "ArticleLogReader",
    "ArticleLogWriter",
    "BrokenFrame",
    "DeletionFrame",
    "read_frames",
]

LOG_NAME = "articles.log"
MAGIC = b"kzsearch article log 1\n"
HEAD = struct.Struct("<II")
ARTICLE, DELETION = b"A", b"D"


@dataclass(frozen=True, slots=True)
class ArticleFrame:
    """A stored article and where its frame begins (bytes from the start of the log)."""

    offset: int
    article: Article


@dataclass(frozen=True, slots=True)
class DeletionFrame:
    """Ids whose articles in earlier segments this commit deleted or replaced."""

    offset: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenFrame:
    """A place where an article should be and is not; ``problem`` continues "the log …"."""

    offset: int
    problem: str


class ArticleLogWriter:
    """Appends frames to a new log."""

    def __init__(self, directory: Path) -> None:
        self._file: BinaryIO = (directory / LOG_NAME).open("xb")
        self._file.write(MAGIC)

    def append(self, article: Article) -> int:
        """Write an article's frame; returns the frame's offset."""
        return self._frame(ARTICLE, _to_json(article.to_json()))

    def append_deletions(self, ids: Iterable[str]) -> None:
        """Write the ids deleted from earlier segments; must be the first frame, if any."""
        if listed := sorted(ids):
            self._frame(DELETION, _to_json(listed))

    def copy(self, log: ArticleLogReader, offset: int) -> int:
        """Take over a frame of another log as it is; returns its new offset."""
        return self._write(log.payload(offset))

    def _frame(self, kind: bytes, data: bytes) -> int:
        return self._write(kind + zlib.compress(data))

    def _write(self, payload: bytes) -> int:
        offset = self._file.tell()
        self._file.write(HEAD.pack(len(payload), zlib.crc32(payload)))
        self._file.write(payload)
        return offset

    def close(self) -> None:
        """Flush and close."""
        self._file.close()


class ArticleLogReader:
    """Reads single frames by offset; safe from many threads."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / LOG_NAME
        self._descriptor = os.open(self.path, os.O_RDONLY)

    def payload(self, offset: int) -> bytes:
        """The checked payload of the frame at ``offset``.

        Raises IndexDamagedError when the frame is cut short or its checksum is wrong.
        """
        with contextlib.suppress(OSError, OverflowError):  # an offset out of all bounds, or worse
            head = os.pread(self._descriptor, HEAD.size, offset)
            if len(head) == HEAD.size:
                length, checksum = HEAD.unpack(head)
                payload = os.pread(self._descriptor, length, offset + HEAD.size)
                if len(payload) == length and zlib.crc32(payload) == checksum:
                    return payload
        raise self._damaged(offset)

    def article(self, offset: int) -> Article:
        """The article whose frame begins at ``offset``. Raises IndexDamagedError."""
        frame = _parse(self.payload(offset), offset)
        if not isinstance(frame, ArticleFrame):
            raise self._damaged(offset)
        return frame.article

    def _damaged(self, offset: int) -> IndexDamagedError:
        return IndexDamagedError(
            f"The stored article at byte {offset} of {self.path} is damaged; "
            "run `kzsearch verify` to see what is broken and `kzsearch rebuild` to mend the index."
        )

    def deletions(self) -> tuple[str, ...]:
        """Ids this commit deleted from earlier segments: always the first frame, if any."""
        if os.fstat(self._descriptor).st_size > len(MAGIC):
            frame = _parse(self.payload(len(MAGIC)), len(MAGIC))
            if isinstance(frame, DeletionFrame):
                return frame.ids
        return ()

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def read_frames(path: Path) -> Iterator[ArticleFrame | DeletionFrame | BrokenFrame]:
    """Every frame of a log, in order. Never raises on what the file holds or lacks.

    After a frame whose checksum is wrong reading goes on with the next one; after one that
    is cut short nothing more can be made out.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        yield BrokenFrame(0, error.strerror or "cannot be opened")
        return
    with file:
        if file.read(len(MAGIC)) != MAGIC:
            yield BrokenFrame(0, "does not begin as an article log")
            return
        while head := file.read(HEAD.size):
            offset = file.tell() - len(head)
            length, checksum = HEAD.unpack(head.ljust(HEAD.size, b"\xff"))
            payload = file.read(length)
            if len(payload) < length:
                yield BrokenFrame(offset, f"is cut short at byte {offset}")
            elif zlib.crc32(payload) != checksum:
                yield BrokenFrame(offset, f"has a damaged article at byte {offset}")
            else:
                yield _parse(payload, offset)


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _parse(payload: bytes, offset: int) -> ArticleFrame | DeletionFrame | BrokenFrame:
    """A frame from its checked payload. What still fails here was never written by us."""
    try:
        value = json.loads(zlib.decompress(payload[1:]))
        if payload[:1] == ARTICLE:
            return ArticleFrame(offset, Article.from_json(value))
        return DeletionFrame(offset, tuple(value))
    except (zlib.error, ValueError, TypeError, DocumentError) as error:
        return BrokenFrame(offset, f"has something else than an article at byte {offset}: {error}")
