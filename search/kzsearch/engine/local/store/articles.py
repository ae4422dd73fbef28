"""The article log: every stored article of a segment, one after another.

The log is what an index can always be rebuilt from, so it depends on nothing
but itself: no engine, no analyzer, no other file. A log is a first line that
names the format and the segment, and then frames::

    mark    4 bytes: where a frame begins, bytes that no UTF-8 text holds
    number  4 bytes, little endian: of the article in its segment
    length  4 bytes, little endian: bytes of the payload
    crc32   4 bytes, little endian: of the segment's identity, number, length and payload
    payload one letter of kind, then zlib-compressed JSON

Kind ``A`` holds an article, kind ``D`` the list of ids that this commit
deleted from earlier segments, kind ``E`` ends the log and says how many
articles it holds. Replaying all logs in commit order therefore gives the
articles of the index even when every other file is lost, and a frame is found
again behind any damage (``scanning.py``).
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kzsearch.documents.article import Article
from kzsearch.engine.local.store.deflate import BROKEN, compress, crc32, decompress
from kzsearch.errors import DocumentError, IndexDamagedError

__all__ = [
    "HEAD",
    "IDENTIFYING",
    "LOG_NAME",
    "MARK",
    "NO_NUMBER",
    "ArticleFrame",
    "ArticleLogReader",
    "ArticleLogWriter",
    "BrokenFrame",
    "DeletionFrame",
    "EndFrame",
    "article_payload",
    "checksum",
    "first_line",
    "parse_payload",
    "seed_of",
]

LOG_NAME = "articles.log"
MARK = b"\xff\xfeKZ"

HEAD = struct.Struct("<4sIII")
ARTICLE, DELETION, END = b"A", b"D", b"E"
IDENTIFYING = 8
"""Digits of a segment's identity at the end of its name."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

NEVER_WRITTEN: tuple[type[Exception], ...] = (
    *BROKEN,
    ValueError,
    TypeError,
    RecursionError,
    DocumentError,
)
"""What reading bytes that nobody wrote may raise."""

NO_NUMBER = 0xFFFFFFFF
"""Number of a frame that is no article."""


@dataclass(frozen=True, slots=True)
class ArticleFrame:
    """A stored article, and where its frame begins (bytes from the start of the log).

    number: of the article in its segment; None in logs of the first format.
    """

    offset: int
    article: Article
    number: int | None = None


@dataclass(frozen=True, slots=True)
class DeletionFrame:
    """Ids whose articles in earlier segments this commit deleted or replaced."""

    offset: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndFrame:
    """The end of a log that was written to its end, and how many articles are in it."""

    offset: int
    articles: int


@dataclass(frozen=True, slots=True)
class BrokenFrame:
    """A place where a frame should be and is not; ``problem`` continues "the log …".

    id: of the article that stood there, as far as what is left of it tells.
    """

    offset: int
    problem: str
    id: str | None = None


def article_payload(article: Article) -> bytes:
    """The payload of an article's frame."""
    return ARTICLE + compress(_to_json(article.to_json()))


class ArticleLogWriter:
    """Appends frames to a new log."""

    def __init__(self, directory: Path, segment: str) -> None:
        """segment: the unique identity of the segment, 32 hexadecimal digits."""
        self._articles = 0
        self._seed = seed_of(segment)
        self._file: BinaryIO = (directory / LOG_NAME).open("xb")
        self._file.write(first_line(segment))

    def append_payload(self, payload: bytes) -> int:
        """Write an article's frame from what ``article_payload`` made of it; returns its offset."""
        number = self._articles
        self._articles += 1
        return self._write(number, payload)

    def append_deletions(self, ids: Iterable[str]) -> None:
        """Write the ids deleted from earlier segments; must be the first frame, if any."""
        if listed := sorted(ids):
            self._write(NO_NUMBER, DELETION + compress(_to_json(listed)))

    def copy(self, log: ArticleLogReader, offset: int, number: int) -> int:
        """Take over an article of another log, ``number`` there; returns its new offset.

        Raises IndexDamagedError when that is not what is there.
        """
        return self.append_payload(log.payload(offset, number))

    def finish(self) -> None:
        """Write the last frame and close."""
        self._write(NO_NUMBER, END + compress(_to_json(self._articles)))
        self.close()

    def _write(self, number: int, payload: bytes) -> int:
        offset = self._file.tell()
        length = len(payload)
        crc = checksum(self._seed, number, length, payload)
        self._file.write(HEAD.pack(MARK, number, length, crc))
        self._file.write(payload)
        return offset

    def close(self) -> None:
        """Close, finished or not."""
        self._file.close()


class ArticleLogReader:
    """Reads single frames by offset; safe from many threads."""

    def __init__(self, directory: Path, segment: str) -> None:
        """segment: the identity the log must have.

        Raises OSError, IndexDamagedError when it is the log of another segment.
        """
        self.path = directory / LOG_NAME
        self._descriptor = os.open(self.path, os.O_RDONLY)
        self._seed = seed_of(segment)
        wanted = self._first = first_line(segment)
        if os.pread(self._descriptor, len(wanted), 0) != wanted:
            self.close()
            raise IndexDamagedError(
                f"{self.path} is not the article log of its segment; run `kzsearch verify` to see "
                "what is broken and `kzsearch rebuild` to mend the index."
            )

    def payload(self, offset: int, number: int) -> bytes:
        """The checked payload of the frame at ``offset``, which must have this number.

        Raises IndexDamagedError when it is another frame, cut short or its checksum is wrong.
        """
        with contextlib.suppress(OSError, OverflowError):  # an offset out of all bounds, or worse
            head = os.pread(self._descriptor, HEAD.size, offset)
            if len(head) == HEAD.size:
                mark, found, length, crc = HEAD.unpack(head)
                payload = os.pread(self._descriptor, length, offset + HEAD.size)
                if (mark, found, len(payload)) == (MARK, number, length) and checksum(
                    self._seed, number, length, payload
                ) == crc:
                    return payload
        raise self._damaged(offset)

    def article(self, offset: int, number: int, article_id: str) -> Article:
        """The article whose frame begins at ``offset``: it must have this number and this id.

        Raises IndexDamagedError.
        """
        frame = parse_payload(self.payload(offset, number), offset, number)
        if not isinstance(frame, ArticleFrame) or frame.article.id != article_id:
            raise self._damaged(offset)
        return frame.article

    def _damaged(self, offset: int) -> IndexDamagedError:
        return IndexDamagedError(
            f"The stored article at byte {offset} of {self.path} is damaged; "
            "run `kzsearch verify` to see what is broken and `kzsearch rebuild` to mend the index."
        )

    def deletions(self) -> tuple[str, ...]:
        """Ids this commit deleted from earlier segments: always the first frame, if any."""
        offset = len(self._first)
        try:
            payload = self.payload(offset, NO_NUMBER)
        except IndexDamagedError:
            self.payload(offset, 0)  # whole, if what comes first is an article
            return ()
        frame = parse_payload(payload, offset)
        if isinstance(frame, BrokenFrame):
            raise self._damaged(offset)
        return frame.ids if isinstance(frame, DeletionFrame) else ()

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def first_line(segment: str) -> bytes:
    """The first line of a segment's log."""
    return b"kzsearch article log 2 %s\n" % segment.encode("ascii")


def seed_of(segment: str) -> int:
    """What the checksums of a segment's frames begin with, so that none passes for another's.

    segment: its identity, or only the beginning of it that its directory is named by.
    """
    return crc32(segment[:IDENTIFYING].encode("ascii"))


def checksum(seed: int, number: int, length: int, payload: bytes) -> int:
    """CRC-32 of a frame."""
    return crc32(payload, crc32(struct.pack("<II", number, length), seed))


def parse_payload(
    payload: bytes, offset: int, number: int | None = None
) -> ArticleFrame | DeletionFrame | EndFrame | BrokenFrame:
    """A frame from its checked payload. What still fails here was never written by us."""
    try:
        value = json.loads(decompress(payload[1:]))
        match payload[:1]:
            case b"A":
                return ArticleFrame(offset, Article.from_json(value), number)
            case b"D":
                return DeletionFrame(offset, tuple(map(str, value)))
            case b"E":
                return EndFrame(offset, int(value))
        raise ValueError(f"a frame of kind {payload[:1]!r}")
    except NEVER_WRITTEN as error:
        return BrokenFrame(offset, f"has something else than an article at byte {offset}: {error}")


def _to_json(value: object) -> bytes:
    return _ENCODER.encode(value).encode("utf-8")
