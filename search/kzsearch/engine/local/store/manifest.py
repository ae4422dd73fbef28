"""The manifest: what one generation of an index consists of.

One JSON file per generation names the segments, their files with size and
digest, and which articles of them are deleted. Nothing is pickled, so reading
a manifest never runs code.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from kzsearch.engine.local.store.files import file_digest
from kzsearch.errors import IndexDamagedError, IndexMismatchError

__all__ = [
    "FORMAT_VERSION",
    "FileEntry",
    "Manifest",
    "SegmentEntry",
    "describe_files",
]

FORMAT_VERSION = 3
"""Raised whenever an older index can no longer be read: then ``kzsearch rebuild`` is asked for."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a segment: name, size in bytes, BLAKE2b digest."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: an immutable directory of files, and which of its articles are deleted.

    name: directory name, ``first-last-written`` as generation numbers: the commits it
        covers and the one that wrote it. Sorted by (last, written) logs replay in order.
    articles: how many it holds, deleted ones included.
    deleted: numbers of the deleted ones.
    """

    name: str
    articles: int
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
    """One generation of an index."""

    generation: int
    engine: str
    analyzer: str
    segments: tuple[SegmentEntry, ...] = ()
    format_version: int = FORMAT_VERSION

    @property
    def articles(self) -> int:
        """How many articles the generation holds."""
        return sum(segment.live for segment in self.segments)

    def to_bytes(self) -> bytes:
        """The manifest as JSON."""
        plain = asdict(self)
        for segment, entry in zip(plain["segments"], self.segments, strict=True):
            segment["deleted"] = _pack(entry.deleted, entry.articles)
        return json.dumps(plain, indent=1).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes, path: Path) -> Manifest:
        """Read a manifest back.

        path: only for the message. Raises IndexDamagedError, and IndexMismatchError when
        another format version wrote it.
        """
        try:
            plain = json.loads(data)
            if plain["format_version"] != FORMAT_VERSION:
                raise IndexMismatchError(
                    f"{path} has format {plain['format_version']!r}, this kzsearch reads format "
                    f"{FORMAT_VERSION}; run `kzsearch rebuild` to make the index anew from its "
                    "stored articles."
                )
            plain["segments"] = tuple(
                SegmentEntry(
                    name=str(segment["name"]),
                    articles=int(segment["articles"]),
                    files=tuple(FileEntry(**file) for file in segment["files"]),
                    deleted=_unpack(segment["deleted"]),
                )
                for segment in plain["segments"]
            )
            return cls(**plain)
        except (ValueError, KeyError, TypeError, zlib.error, RecursionError) as error:
            raise IndexDamagedError(
                f"The manifest {path} is damaged; run `kzsearch rebuild` to make the index anew "
                "from its stored articles."
            ) from error


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
    return base64.b64encode(zlib.compress(bytes(bits))).decode("ascii") if numbers else ""


def _unpack(packed: str) -> frozenset[int]:
    if not packed:
        return frozenset()
    bits = zlib.decompress(base64.b64decode(packed, validate=True))
    return frozenset(
        (index << 3) + bit
        for index, byte in enumerate(bits)
        if byte
        for bit in range(8)
        if byte >> bit & 1
    )
