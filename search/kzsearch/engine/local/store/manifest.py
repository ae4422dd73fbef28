"""The manifest: what one generation of an index consists of.

A line that gives the generation's number and the digest of the rest, and then
JSON that names the segments, their files with size and digest, which articles
of them are deleted, and the tables kept beside them. Nothing is pickled, so
reading a manifest never runs code.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kzsearch.engine.local.store import deflate
from kzsearch.engine.local.store.articles import IDENTIFYING
from kzsearch.engine.local.store.files import bytes_digest, file_digest
from kzsearch.errors import IndexDamagedError, IndexMismatchError

__all__ = [
    "FIRST_LINE_BYTES",
    "FORMAT_VERSION",
    "FileEntry",
    "Manifest",
    "SegmentEntry",
    "describe_files",
    "first_line_of",
    "new_identity",
    "segment_name",
]

FORMAT_VERSION = 5
"""Raised whenever an older index can no longer be read: then ``kzsearch rebuild`` is asked for."""

OLD_FORMAT_VERSION = 3
"""The format whose manifests ``rebuild`` still understands: segments had no identity."""

FIRST_LINE = re.compile(rb"(\d{1,20}) ([0-9a-f]{32})\n")
FIRST_LINE_BYTES = 64
"""No first line is longer."""

BROKEN: tuple[type[Exception], ...] = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    RecursionError,
    *deflate.BROKEN,
)
"""What reading bytes that nobody wrote may raise."""


def new_identity() -> str:
    """A name that nothing else bears: 32 random hexadecimal digits."""
    return os.urandom(16).hex()


def segment_name(first: int, last: int, written: int, identity: str) -> str:
    """Directory name of a segment, see ``SegmentEntry``."""
    return f"{first:08d}-{last:08d}-{written:08d}-{identity[:IDENTIFYING]}"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a segment, or a table: name, size in bytes, BLAKE2b digest."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: an immutable directory of files, and which of its articles are deleted.

    name: directory name, ``first-last-written-identity``: the commits it covers and the one
        that wrote it as generation numbers, and how its identity begins. Sorted by (last,
        written) logs replay in order.
    identity: what no other segment of any index has; '' in a manifest of the old format.
    articles: how many it holds, deleted ones included.
    digest: vouches for its index file, which is checked by it when opened; '' in a manifest of
        the old format.
    deleted: numbers of the deleted ones.
    """

    name: str
    identity: str
    articles: int
    digest: str
    files: tuple[FileEntry, ...]
    deleted: frozenset[int] = frozenset()

    @property
    def live(self) -> int:
        """How many of its articles are not deleted."""
        return self.articles - len(self.deleted)

    @property
    def first(self) -> int:
        """The oldest commit it covers."""
        return int(self.name.split("-")[0])

    @property
    def last(self) -> int:
        """The newest commit it covers."""
        return int(self.name.split("-")[1])

    @property
    def written(self) -> int:
        """The commit that wrote it."""
        return int(self.name.split("-")[2])


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of an index.

    identity: of the index, given when it is made and kept when it is rebuilt; '' in a manifest
        of the old format.
    tables: file of each table by the table's name (``Engine.table``).
    """

    generation: int
    identity: str
    engine: str
    analyzer: str
    segments: tuple[SegmentEntry, ...] = ()
    tables: tuple[tuple[str, FileEntry], ...] = ()
    format_version: int = FORMAT_VERSION

    @property
    def articles(self) -> int:
        """How many articles the generation holds."""
        return sum(segment.live for segment in self.segments)

    def check_made_by(self, engine: str, analyzer: str, where: Path) -> None:
        """Raises IndexMismatchError unless the index was made by this engine and analyzer.

        engine: name of the codec. analyzer: its fingerprint. where: only for the message.
        """
        for what, found, wanted in (
            ("engine", self.engine, engine),
            ("analyzer", self.analyzer, analyzer),
        ):
            if found != wanted:
                raise IndexMismatchError(
                    f"The index at {where} was made by another {what} ({found}, this one is "
                    f"{wanted}); run `kzsearch rebuild` to make it anew from its stored articles."
                )

    def to_bytes(self) -> bytes:
        """The manifest as it is kept, its first line included."""
        plain = asdict(self)
        for segment, entry in zip(plain["segments"], self.segments, strict=True):
            segment["deleted"] = _pack(entry.deleted, entry.articles)
        data = json.dumps(plain, indent=1).encode("ascii")
        return f"{self.generation} {bytes_digest(data)}\n".encode("ascii") + data

    @classmethod
    def from_bytes(cls, data: bytes, path: Path) -> Manifest:
        """Read a manifest back.

        path: only for the message. Raises IndexDamagedError, and IndexMismatchError when
        another format version wrote it.
        """
        try:
            first = first_line_of(data)
            rest = data[len(first) :]
            if not rest:  # the old format kept the manifest elsewhere
                raise _mismatch(path, "an older format")
            if bytes_digest(rest).encode("ascii") != first.split()[1]:
                raise ValueError("its digest is another")
            plain = json.loads(rest)
            if plain["format_version"] != FORMAT_VERSION:
                raise _mismatch(path, f"format {plain['format_version']!r}")
            if int(first.split()[0]) != plain["generation"]:
                raise ValueError("its number is another")
            return cls._of(plain)
        except BROKEN as error:
            raise IndexDamagedError(
                f"The manifest {path} is damaged; run `kzsearch rebuild` to make the index anew "
                "from its stored articles."
            ) from error

    @classmethod
    def from_old_bytes(cls, data: bytes) -> Manifest | None:
        """Read the manifest of an index of the format before, for rebuilding; None if it is not."""
        try:
            plain = json.loads(data)
            if plain["format_version"] != OLD_FORMAT_VERSION:
                return None
            for segment in plain["segments"]:
                segment["identity"] = segment["digest"] = ""
            return cls._of({**plain, "identity": "", "tables": []})
        except BROKEN:
            return None

    @classmethod
    def _of(cls, plain: dict[str, Any]) -> Manifest:
        segments = tuple(
            SegmentEntry(
                name=str(segment["name"]),
                identity=str(segment["identity"]),
                articles=int(segment["articles"]),
                digest=str(segment["digest"]),
                files=tuple(FileEntry(**file) for file in segment["files"]),
                deleted=_unpack(segment["deleted"]),
            )
            for segment in plain["segments"]
        )
        tables = tuple((str(name), FileEntry(**file)) for name, file in plain["tables"])
        return cls(**{**plain, "segments": segments, "tables": tables})


def first_line_of(data: bytes) -> bytes:
    """The first line of a manifest. Raises ValueError when it is none."""
    if first := FIRST_LINE.match(data):
        return first[0]
    raise ValueError("this is no manifest")


def _mismatch(path: Path, found: str) -> IndexMismatchError:
    return IndexMismatchError(
        f"{path} has {found}, this kzsearch reads format {FORMAT_VERSION}; run `kzsearch rebuild` "
        "to make the index anew from its stored articles."
    )


def describe_files(directory: Path) -> tuple[FileEntry, ...]:
    """Entries for all files of a finished segment directory, by name."""
    return tuple(
        FileEntry(path.name, path.stat().st_size, file_digest(path))
        for path in sorted(directory.iterdir())
    )


def _pack(numbers: Collection[int], count: int) -> str:
    bits = bytearray(-(-count // 8))
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return base64.b64encode(deflate.compress(bytes(bits))).decode("ascii") if numbers else ""


def _unpack(packed: str) -> frozenset[int]:
    if not packed:
        return frozenset()
    bits = deflate.decompress(base64.b64decode(packed, validate=True))
    return frozenset(
        (index << 3) + bit
        for index, byte in enumerate(bits)
        if byte
        for bit in range(8)
        if byte >> bit & 1
    )
