"""What readers find in a file, and how much they take at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

__all__ = ["MAX_CHARS", "BrokenRecord", "Found", "Reader", "Record", "read_lines", "read_whole"]

MAX_CHARS = 10_000_000
"""The longest line or text file taken in, in characters: more than any article has, and
little enough that a wrong file does not fill the memory."""


@dataclass(frozen=True, slots=True)
class Record:
    """An article as a file has it: fields under the file's own names, from ``line`` on."""

    line: int
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A place that could not be read; ``line`` is None when the whole file cannot."""

    line: int | None
    message: str


Found = Record | BrokenRecord

Reader = Callable[[TextIO], Iterator[Found]]
"""Reads the records of one kind of file, in order."""


def read_lines(stream: TextIO) -> Iterator[tuple[int, str] | BrokenRecord]:
    """Numbered lines without their ends; a line beyond ``MAX_CHARS`` is skipped as broken."""
    number = 0
    while line := stream.readline(MAX_CHARS + 1):
        number += 1
        if len(line) > MAX_CHARS and not line.endswith("\n"):
            while (rest := stream.readline(MAX_CHARS)) and not rest.endswith("\n"):
                pass
            yield BrokenRecord(number, f"the line is longer than {MAX_CHARS:,} characters")
        else:
            yield number, line.removesuffix("\n")


def read_whole(stream: TextIO) -> str | BrokenRecord:
    """The whole text of a file, unless it is beyond ``MAX_CHARS``."""
    text = stream.read(MAX_CHARS + 1)
    if len(text) > MAX_CHARS:
        return BrokenRecord(None, f"the file is longer than {MAX_CHARS:,} characters")
    return text
