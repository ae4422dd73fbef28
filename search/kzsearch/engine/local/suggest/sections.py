"""A file of named sections, texts and arrays of numbers, read in place through the memory map.

The first line is JSON: the byte order, and for each section its name, its kind and its size in
bytes. The sections follow in that order, each padded to eight bytes. Nothing is pickled, so
whatever the bytes are, reading them ends in values or in IndexDamagedError.
"""

from __future__ import annotations

import json
import mmap
import sys
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

_FORMAT = f"kzsearch sections 1, {sys.byteorder} endian"
_TEXTS = "texts"
_ALIGNMENT = 8
_DAMAGE = (OSError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What values may raise that nobody has written."""


def write_sections(path: Path, sections: Mapping[str, Sequence[str] | array[Any]]) -> None:
    """Write lists of texts, none with a line break in it, and arrays of numbers."""
    table: list[tuple[str, str, int]] = []
    parts: list[bytes] = []
    for name, section in sections.items():
        if isinstance(section, array):
            parts.append(section.tobytes())
            table.append((name, section.typecode, len(parts[-1])))
        else:
            parts.append("".join(f"{text}\n" for text in section).encode("utf-8"))
            table.append((name, _TEXTS, len(parts[-1])))
    head = json.dumps({"format": _FORMAT, "sections": table}).encode("ascii")
    with path.open("wb") as file:
        file.write(head + b" " * _padding(len(head) + 1) + b"\n")
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
        self._open()

    @checked
    def _open(self) -> None:
        with self.path.open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            head = file.readline()
        described = json.loads(head)
        if described["format"] != _FORMAT:
            raise ValueError(f"its format is {described['format']!r}")
        start = len(head)
        for name, kind, size in described["sections"]:
            if not 0 <= size <= len(whole) - start:
                raise ValueError(f"section {name} does not fit in")
            self._kinds[name] = kind
            self._bytes[name] = whole[start : start + size]
            start += size + _padding(size)

    @checked
    def texts(self, name: str) -> list[str]:
        """A list of texts, read anew."""
        return bytes(self._bytes[name]).decode("utf-8").split("\n")[:-1]

    @checked
    def numbers(self, name: str) -> memoryview:
        """An array of numbers, in place."""
        kind = self._kinds[name]
        return self._bytes[name].cast(kind)  # type: ignore[call-overload, no-any-return]
