"""The container: one file of named sections, each with checksums of its blocks.

::

    magic      16 bytes
    sections   each begins at a multiple of 8 bytes
    checksums  for each section one crc32 (4 bytes, little endian) per block of 32 KiB
    footer     JSON: format, identity of the file, what the writer had to say about it, and of
               each section its name, type, offset, length and the crc32 of its checksums
    tail       length and crc32 of the footer, 4 bytes each, and an end mark of 8 bytes

Opening reads the footer only. Sections stay in the memory map; a block is checked when it is
first touched, its checksums with it, so that whatever happened to the file, reading it gives what
was written or raises IndexDamagedError. Nothing is pickled. Numbers are little endian.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.store.deflate import crc32
from kzsearch.errors import IndexDamagedError

__all__ = [
    "BLOCK",
    "FILE_NAME",
    "Container",
    "ContainerWriter",
    "Section",
    "Spool",
    "footer_digest",
    "section_bytes",
]

FILE_NAME = "index.kz"
"""The container of a segment."""

FORMAT = 1
MAGIC = b"kzsearch columns"
END = b"kzsearch"
TAIL = struct.Struct("<II8s")
BLOCK = 1 << 15
"""Bytes per checksum: a block is checked in about 10 µs."""

ALIGNMENT = 8
SPOOLED = 8 << 20
"""Bytes of a section kept in memory while others are being written; more go to a file."""

DIGEST_BYTES = 16


class _Checksums:
    """The crc32 of each block of the bytes that pass by."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self._crc = 0
        self._filled = 0

    def update(self, data: memoryview) -> None:
        at = 0
        while at < len(data):
            piece = data[at : at + BLOCK - self._filled]
            self._crc = crc32(piece, self._crc)
            self._filled += len(piece)
            at += len(piece)
            if self._filled == BLOCK:
                self.done.append(self._crc)
                self._crc = self._filled = 0

    def table(self) -> bytes:
        rest = [self._crc] if self._filled else []
        return np.array([*self.done, *rest], "<u4").tobytes()


class Spool:
    """A section that is written bit by bit while others are, too."""

    def __init__(self, directory: Path) -> None:
        import tempfile  # only writing needs it: opening an index is to be quick

        self._file = tempfile.SpooledTemporaryFile(SPOOLED, dir=str(directory))  # noqa: SIM115

    def write(self, data: NDArray[Any]) -> None:
        """Append an array's bytes."""
        self._file.write(_bytes_of(data))

    def pieces(self) -> Iterator[bytes]:
        """All that was written, once."""
        self._file.seek(0)
        while piece := self._file.read(1 << 20):
            yield piece
        self._file.close()

    def close(self) -> None:
        """Throw away what was written."""
        self._file.close()


class ContainerWriter:
    """A container being written; a context manager that closes the file, finished or not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("xb")
        self._file.write(MAGIC)
        self._at = len(MAGIC)
        self._sections: list[tuple[str, str, int, int]] = []
        self._tables: list[bytes] = []
        self._spools: list[Spool] = []

    def __enter__(self) -> ContainerWriter:
        return self

    def __exit__(self, *_: object) -> None:
        for spool in self._spools:
            spool.close()
        self._file.close()

    def add(self, name: str, values: NDArray[Any]) -> None:
        """Write a section: a flat array of whole numbers."""
        self.add_pieces(name, [values])

    def add_pieces(self, name: str, pieces: Iterable[NDArray[Any]]) -> None:
        """Write a section from pieces of one type, one at least."""
        remaining = iter(pieces)
        first = next(remaining)
        dtype = first.dtype.newbyteorder("<")
        stored = (_bytes_of(piece.astype(dtype, copy=False)) for piece in chain([first], remaining))
        self._write_section(name, dtype, stored)

    def spool(self) -> Spool:
        """A section to be filled little by little and then given to ``add_spool``."""
        spool = Spool(self.path.parent)
        self._spools.append(spool)
        return spool

    def add_spool(self, name: str, spool: Spool) -> None:
        """Write a section of bytes."""
        self._write_section(name, np.dtype("u1"), spool.pieces())

    def _write_section(
        self, name: str, dtype: np.dtype[Any], pieces: Iterator[bytes | memoryview]
    ) -> None:
        padding = -self._at % ALIGNMENT
        self._file.write(bytes(padding))
        begin = self._at = self._at + padding
        checksums = _Checksums()
        for piece in pieces:
            checksums.update(memoryview(piece))
            self._file.write(piece)
            self._at += len(piece)
        self._sections.append((name, dtype.str, begin, self._at - begin))
        self._tables.append(checksums.table())

    def finish(self, about: Mapping[str, int]) -> None:
        """Write checksums and footer.

        about: what the reader has to know before it reads a section.
        """
        begin = self._at
        for table in self._tables:
            self._file.write(table)
        footer = json.dumps(
            {
                "format": FORMAT,
                "identity": os.urandom(16).hex(),
                "about": dict(about),
                "checksums": begin,
                "sections": [
                    [*section, crc32(table)]
                    for section, table in zip(self._sections, self._tables, strict=True)
                ],
            },
            separators=(",", ":"),
        ).encode("ascii")
        self._file.write(footer + TAIL.pack(len(footer), crc32(footer), END))
        self._file.flush()


def _bytes_of(values: NDArray[Any]) -> memoryview:
    return memoryview(np.ascontiguousarray(values).view(np.uint8).data)


def _digest(footer: bytes) -> str:
    return hashlib.blake2b(footer, digest_size=DIGEST_BYTES).hexdigest()


def _damaged(path: Path, problem: object) -> IndexDamagedError:
    return IndexDamagedError(
        f"The index file {path} is damaged ({problem}); run `kzsearch verify` to see what is "
        "broken and `kzsearch rebuild` to mend the index."
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a section and its checksums are."""

    dtype: np.dtype[Any]
    begin: int
    length: int
    table: int
    table_crc: int


class Section:
    """A section of an open container; safe from many threads.

    begin, length: where it is in the file, and its size, in bytes.
    Every method raises IndexDamagedError.
    """

    def __init__(self, path: Path, name: str, place: _Place, whole: memoryview) -> None:
        self.path = path
        self.name = name
        self.begin, self.length = place.begin, place.length
        self.dtype = place.dtype
        self._place = place
        self._whole = whole
        self._data = whole[place.begin : place.begin + place.length]
        self._values: NDArray[Any] = np.frombuffer(
            self._data[: place.length - place.length % place.dtype.itemsize], place.dtype
        )
        self._unchecked = bytearray(b"\1" * (-(-place.length // BLOCK)))
        self._table: NDArray[Any] | None = None

    def __len__(self) -> int:
        return len(self._values)

    def bytes(self, begin: int, end: int) -> memoryview:
        """Some bytes of the section."""
        self.check(begin, end)
        return self._data[begin:end]

    def item(self, number: int) -> int:
        """One number of the section."""
        size = self.dtype.itemsize
        self.check(number * size, (number + 1) * size)
        return int(self._values.item(number))

    def pair(self, number: int) -> tuple[int, int]:
        """A number of the section and the next one."""
        size = self.dtype.itemsize
        self.check(number * size, (number + 2) * size)
        return int(self._values.item(number)), int(self._values.item(number + 1))

    def array(self) -> NDArray[Any]:
        """The whole section, in place; the first time it is checked as a whole."""
        self.check(0, self.length)
        return self._values

    def part(self, begin: int, end: int) -> NDArray[Any]:
        """Some numbers of the section, in place."""
        size = self.dtype.itemsize
        self.check(begin * size, end * size)
        return self._values[begin:end]

    def check(self, begin: int, end: int) -> None:
        """Check the blocks that hold some bytes, unless that was done before."""
        if not 0 <= begin <= end <= self.length:
            self.damaged(f"{self.name} holds no bytes {begin} to {end}")
        first, last = begin // BLOCK, (end + BLOCK - 1) // BLOCK
        while (block := self._unchecked.find(1, first, last)) >= 0:
            piece = self._data[block * BLOCK : (block + 1) * BLOCK]
            if crc32(piece) != self._checksums()[block]:
                self.damaged(f"block {block} of {self.name} is not what was written")
            self._unchecked[block] = 0

    def _checksums(self) -> NDArray[Any]:
        if self._table is None:
            begin = self._place.table
            data = self._whole[begin : begin + 4 * len(self._unchecked)]
            if crc32(data) != self._place.table_crc:
                self.damaged(f"the checksums of {self.name} are not what was written")
            self._table = np.frombuffer(data, "<u4")
        return self._table

    def damaged(self, problem: str) -> NoReturn:
        """Say that the file is damaged."""
        raise _damaged(self.path, problem)


class Container:
    """An open container. The file stays mapped until the last array of it is gone.

    expected: ``footer_digest`` of the file as it was written; None takes any.
    Raises IndexDamagedError.
    """

    about: dict[str, int]
    identity: str
    digest: str

    def __init__(self, path: Path, expected: str | None = None) -> None:
        self.path = path
        self._sections: dict[str, Section] = {}
        try:
            self._open(_map_file(path), expected)
        except (OSError, ValueError, LookupError, TypeError, struct.error) as error:
            raise _damaged(path, error) from error

    def _open(self, whole: memoryview, expected: str | None) -> None:
        footer, end = _footer(whole)
        self.digest = _digest(footer)
        if expected is not None and expected != self.digest:
            raise ValueError("it is not the file that the manifest names")
        described = json.loads(footer)
        if described["format"] != FORMAT:
            raise ValueError(f"its format is {described['format']}")
        self.identity = described["identity"]
        self.about = described["about"]
        table = described["checksums"]
        for name, dtype, begin, length, crc in described["sections"]:
            place = _Place(np.dtype(dtype), begin, length, table, crc)
            table += 4 * -(-length // BLOCK)
            if not 0 <= begin <= begin + length <= table <= end:
                raise ValueError(f"section {name} is not in it")
            self._sections[name] = Section(self.path, name, place, whole)

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def __getitem__(self, name: str) -> Section:
        """A section. Raises IndexDamagedError where there is none of the name."""
        if name not in self._sections:
            raise _damaged(self.path, f"it has no section {name}")
        return self._sections[name]

    def sizes(self) -> dict[str, int]:
        """Bytes of each section."""
        return {name: section.length for name, section in self._sections.items()}


def footer_digest(path: Path) -> str:
    """Digest of a container's footer, which vouches for everything else in the file.

    Raises IndexDamagedError.
    """
    try:
        return _digest(_footer(_map_file(path))[0])
    except (OSError, ValueError, struct.error) as error:
        raise _damaged(path, error) from error


def section_bytes(path: Path, prefix: str) -> int:
    """Bytes of the sections whose names begin so. Raises IndexDamagedError."""
    sizes = Container(path).sizes()
    return sum(size for name, size in sizes.items() if name.startswith(prefix))


def _map_file(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _footer(whole: memoryview) -> tuple[bytes, int]:
    """The checked footer, and where it begins."""
    if whole[: len(MAGIC)] != MAGIC:
        raise ValueError("it does not begin as an index file")
    length, crc, end = TAIL.unpack(whole[-TAIL.size :])
    begin = len(whole) - TAIL.size - length
    if end != END or begin < len(MAGIC):
        raise ValueError("it is cut short or does not end as an index file")
    footer = bytes(whole[begin : begin + length])
    if crc32(footer) != crc:
        raise ValueError("its footer is not what was written")
    return footer, begin
