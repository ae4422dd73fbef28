"""A file of named sections, texts and arrays of numbers, read in place through the memory map.

The first line is JSON, blanks and its own CRC-32: the byte order, and for each section its name,
its kind, its size in bytes and its CRC-32. The sections follow in that order, each padded to eight
bytes. A section is checked when it is first asked for, and nothing is pickled: whatever the bytes
are, reading them ends in what was written or in IndexDamagedError.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from kzsearch.errors import IndexDamagedError

__all__ = ["Sections", "checked", "write_sections"]

Owner = TypeVar("Owner", bound="_Kept")
Given = ParamSpec("Given")
Result = TypeVar("Result")

_FORMAT = f"kzsearch sections 2, {sys.byteorder} endian"
_TEXTS = "texts"
_ALIGNMENT = 8
_CRC = struct.Struct("8s")
_DAMAGE = (OSError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What values may raise that nobody has written."""


def write_sections(path: Path, sections: Mapping[str, Sequence[str] | array[Any]]) -> None:
    """Write lists of texts, none with a line break in it, and arrays of numbers."""
    table: list[tuple[str, str, int, int]] = []
    parts: list[bytes] = []
    kind: str
    for name, section in sections.items():
        if isinstance(section, array):
            parts.append(section.tobytes())
            kind = section.typecode
        else:
            parts.append("".join(f"{text}\n" for text in section).encode("utf-8"))
            kind = _TEXTS
        table.append((name, kind, len(parts[-1]), zlib.crc32(parts[-1])))
    head = json.dumps({"format": _FORMAT, "sections": table}).encode("ascii")
    head += b" " * _padding(len(head) + _CRC.size + 1)
    with path.open("wb") as file:
        file.write(head + _CRC.pack(b"%08x" % zlib.crc32(head)) + b"\n")
        for part in parts:
            file.write(part + bytes(_padding(len(part))))


def _padding(size: int) -> int:
    return -size % _ALIGNMENT


class _Kept(Protocol):
    """Something that is kept in a file."""

    path: Path


def checked(
    method: Callable[Concatenate[Owner, Given], Result],
) -> Callable[Concatenate[Owner, Given], Result]:
    """A method that says of any error met in using a file that the file is damaged."""

    @wraps(method)
    def checking(self: Owner, /, *args: Given.args, **options: Given.kwargs) -> Result:
        try:
            return method(self, *args, **options)
        except _DAMAGE as error:
            raise IndexDamagedError(
                f"The index file {self.path} is damaged ({error}); run `kzsearch verify` to see "
                "what is broken and `kzsearch rebuild` to mend the index."
            ) from error

    return checking


class Sections:
    """The sections of a file; safe from many threads. The file stays mapped while in use.

    Every method raises IndexDamagedError.
    """

    path: Path

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kinds: dict[str, str] = {}
        self._bytes: dict[str, memoryview] = {}
        self._unchecked: dict[str, int] = {}
        self._open()

    @checked
    def _open(self) -> None:
        with self.path.open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            head = file.readline()
        text, crc = head[: -_CRC.size - 1], head[-_CRC.size - 1 : -1]
        if crc != b"%08x" % zlib.crc32(text):
            raise ValueError("its first line is not what was written")
        described = json.loads(text)
        if described["format"] != _FORMAT:
            raise ValueError(f"its format is {described['format']!r}")
        start = len(head)
        for name, kind, size, crc in described["sections"]:
            if not 0 <= size <= len(whole) - start:
                raise ValueError(f"section {name} does not fit in")
            self._kinds[name] = kind
            self._bytes[name] = whole[start : start + size]
            self._unchecked[name] = crc
            start += size + _padding(size)

    @checked
    def texts(self, name: str) -> list[str]:
        """A list of texts, read anew."""
        return bytes(self._section(name)).decode("utf-8").split("\n")[:-1]

    @checked
    def numbers(self, name: str) -> memoryview:
        """An array of numbers, in place."""
        kind = self._kinds[name]
        return self._section(name).cast(kind)  # type: ignore[call-overload, no-any-return]

    def _section(self, name: str) -> memoryview:
        """The bytes of a section, checked the first time."""
        data = self._bytes[name]
        if (crc := self._unchecked.get(name)) is not None:
            if zlib.crc32(data) != crc:
                raise ValueError(f"section {name} is not what was written")
            self._unchecked.pop(name, None)
        return data
