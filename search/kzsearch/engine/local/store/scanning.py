"""Reading an article log from end to end, whatever has become of it.

Where a frame should begin and none is whole, the log is searched for the next place at which
one is: at a frame's mark, or in logs of the first format (read by ``rebuild`` alone) at the
beginning of a payload. So damage costs the frames it lies in and no others, and it makes no
difference whether a length, a checksum or the first line was hit, or bytes were lost or put in.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from kzsearch.engine.local.store.articles import (
    HEAD,
    IDENTIFYING,
    MARK,
    NO_NUMBER,
    ArticleFrame,
    BrokenFrame,
    DeletionFrame,
    EndFrame,
    checksum,
    parse_payload,
    seed_of,
)

__all__ = ["Frame", "log_identity", "read_frames"]

Frame = ArticleFrame | DeletionFrame | EndFrame | BrokenFrame

FIRST_LINE = re.compile(rb"kzsearch article log (?:1|2 ([0-9a-f]{32}))\n")
LONGEST_FIRST_LINE = 64
OLD_HEAD = struct.Struct("<II")
"""Of the first format: length and crc32 of the payload; articles have no number."""

BEGINNING = re.compile(re.escape(MARK) + rb"|[ADE]\x78\x9c", re.DOTALL)
"""A mark, or a kind and what zlib begins with."""

WINDOW = 1 << 20
ID_BEGINNING = re.compile(rb'\{"id":("(?:[^"\\]|\\.)*")')
MOST_OF_ID = 1 << 12


def log_identity(path: Path) -> str | None:
    """The identity of the segment whose log a file is, '' in a log of the first format.

    None for a file that is no log or cannot be read. Raises PermissionError.
    """
    try:
        with path.open("rb") as file:
            first = FIRST_LINE.match(file.read(LONGEST_FIRST_LINE))
    except PermissionError:
        raise
    except OSError:
        return None
    return (first[1] or b"").decode("ascii") if first else None


def read_frames(path: Path, segment: str | None = None) -> Iterator[Frame]:
    """Every frame of a log, in order. Never raises on what the file holds or lacks.

    segment: the identity of the segment whose log it must be, no frame of another counts;
        None for any, by its first line or the name of its directory.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        yield BrokenFrame(0, f"cannot be opened ({error.strerror})")
        return
    try:
        yield from _Log(descriptor, path.parent.name[-IDENTIFYING:]).frames(segment)
    finally:
        os.close(descriptor)


class _Log:
    """An open log."""

    def __init__(self, descriptor: int, segment: str) -> None:
        """segment: its identity, or how that begins, by the name of its directory."""
        self._seeds = {seed_of(segment)} if segment.isascii() else set()
        self._descriptor = descriptor
        self._size = os.fstat(descriptor).st_size

    def frames(self, segment: str | None) -> Iterator[Frame]:
        first = FIRST_LINE.match(self._read(0, LONGEST_FIRST_LINE))
        if segment:
            self._seeds = {seed_of(segment)}
        elif first and first[1]:
            self._seeds.add(seed_of(first[1].decode("ascii")))
        if not first:
            yield BrokenFrame(0, "does not begin as an article log")
        elif segment and first[1] != segment.encode("ascii"):
            yield BrokenFrame(0, "is that of another segment")
        offset = first.end() if first else self._next(0)
        unfinished = first is not None and first[1] is not None
        while offset < self._size:
            if whole := self._frame(offset):
                frame, offset = whole
                unfinished &= not isinstance(frame, EndFrame)
                yield frame
                continue
            following = self._next(offset + 1)
            cut = following == self._size and not self._fits(offset)
            unfinished &= not cut
            problem = "is cut short" if cut else "has a damaged article"
            guess = self._guess_id(offset, following)
            yield BrokenFrame(offset, f"{problem} at byte {offset}", guess)
            offset = following
        if unfinished:
            yield BrokenFrame(offset, f"is cut short at byte {offset}")

    def _frame(self, offset: int) -> tuple[Frame, int] | None:
        """The frame at an offset and where it ends, if there is a whole one."""
        head = self._read(offset, HEAD.size)
        if head[: len(MARK)] == MARK:
            if len(head) < HEAD.size:
                return None
            _, number, length, crc = HEAD.unpack(head)
            begin = offset + HEAD.size
            payload = self._read(begin, length)
            whole = len(payload) == length and any(
                checksum(seed, number, length, payload) == crc for seed in self._seeds
            )
            known = None if number == NO_NUMBER else number
        else:
            if len(head) < OLD_HEAD.size:
                return None
            length, crc = OLD_HEAD.unpack_from(head)
            begin = offset + OLD_HEAD.size
            payload = self._read(begin, length)
            whole = len(payload) == length > 0 and zlib.crc32(payload) == crc
            known = None
        return (parse_payload(payload, offset, known), begin + length) if whole else None

    def _next(self, offset: int) -> int:
        """Where the next whole frame begins; the end of the log if there is none."""
        window = offset
        while window < self._size:
            data = self._read(window, WINDOW + OLD_HEAD.size + len(MARK))
            for found in BEGINNING.finditer(data):
                place = window + found.start()
                if found[0] != MARK:
                    place -= OLD_HEAD.size
                if place >= offset and self._frame(place):
                    return place
            window += WINDOW
        return self._size

    def _fits(self, offset: int) -> bool:
        """Whether a frame as long as it says would fit into the file."""
        head = self._read(offset, HEAD.size)
        if head[: len(MARK)] == MARK and len(head) == HEAD.size:
            return offset + HEAD.size + int(HEAD.unpack(head)[2]) <= self._size
        if len(head) >= OLD_HEAD.size:
            return offset + OLD_HEAD.size + int(OLD_HEAD.unpack_from(head)[0]) <= self._size
        return False

    def _guess_id(self, offset: int, end: int) -> str | None:
        """The id in what is left of a frame: an article's JSON begins with it."""
        head = self._read(offset, HEAD.size)
        begin = offset + (HEAD.size if head[: len(MARK)] == MARK else OLD_HEAD.size)
        payload = self._read(begin, min(MOST_OF_ID, max(0, end - begin)))
        text = b""
        with contextlib.suppress(zlib.error):
            inflate = zlib.decompressobj()
            for place in range(1, len(payload)):
                text += inflate.decompress(payload[place : place + 1])
        begins = ID_BEGINNING.match(text)
        if not payload.startswith(b"A") or not begins:
            return None
        with contextlib.suppress(ValueError):
            return str(json.loads(begins[1]))
        return None

    def _read(self, offset: int, count: int) -> bytes:
        """Bytes of the file; none where the disk will not give them."""
        count = max(0, min(count, self._size - offset))
        with contextlib.suppress(OSError):
            return os.pread(self._descriptor, count, offset)
        return b""
