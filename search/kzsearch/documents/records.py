"""What readers find in a file, and how much they take at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TextIO

from kzsearch.documents.problems import Problem

__all__ = [
    "MAX_CHARS",
    "Found",
    "Markup",
    "Record",
    "broken",
    "read_lines",
    "read_whole",
    "unusable",
]

MAX_CHARS = 10_000_000
"""The longest line or text file taken in, in characters: more than any article has, and
little enough that a wrong file does not fill the memory."""

MAX_BLANK = 100_000_000
"""Characters of white space in a row after which a file is taken to hold nothing else."""


class Markup(Enum):
    """How the texts of a record are to be read."""

    HTML = "html"
    PLAIN = "plain"
    UNKNOWN = "unknown"
    """HTML if it looks like that."""


@dataclass(frozen=True, slots=True)
class Record:
    """An article as a file has it: fields under the file's own names, from ``line`` on.

    fields: any values JSON can hold; names are those of ``data/fields.tsv`` or the file's own.
    markup: whether title and text are HTML.
    source: who published it if the record itself does not say, such as the title of its feed.
    namespace: what a bare number as its id is unique within, such as a channel; '' if unknown.
    cells: whether the format knows texts only, so that a text of digits may be a number.
    fetched: when it was fetched, aware, if that is known.
    """

    line: int | None
    fields: Mapping[str, object]
    markup: Markup = Markup.UNKNOWN
    source: str = ""
    namespace: str = ""
    cells: bool = False
    fetched: dt.datetime | None = None


Found = Record | Problem
"""What a reader gives; the path of its problems is filled in by whoever reads."""


def broken(line: int | None, message: str) -> Problem:
    """A record that could not be read."""
    return Problem("", line, message)


def unusable(message: str) -> Problem:
    """A file that could not be read."""
    return Problem("", None, message, "file")


def read_lines(stream: TextIO) -> Iterator[tuple[int, str] | Problem]:
    """Numbered lines without their ends; a line beyond ``MAX_CHARS`` is skipped as broken.

    Behind ``MAX_BLANK`` empty characters in a row reading stops, with a problem.
    """
    number = blank = 0
    while line := stream.readline(MAX_CHARS + 1):
        number += 1
        blank = blank + len(line) if line.isspace() else 0
        if blank > MAX_BLANK:
            yield broken(number, "there is nothing but empty lines here: the rest is not read")
            return
        if len(line) > MAX_CHARS and not line.endswith("\n"):
            while (rest := stream.readline(MAX_CHARS)) and not rest.endswith("\n"):
                pass
            yield broken(number, f"the line is longer than {MAX_CHARS:,} characters")
        else:
            yield number, line.removesuffix("\n")


def read_whole(stream: TextIO) -> str | Problem:
    """The whole text of a file, unless it is beyond ``MAX_CHARS``.

    White space at the beginning does not count.
    """
    text, passed = "", 0
    while not text and passed <= MAX_BLANK and (piece := stream.read(MAX_CHARS + 1)):
        passed += len(piece)
        text = piece.lstrip()
    if text and passed > MAX_CHARS:
        text += stream.read(MAX_CHARS + 1 - len(text))
    if len(text) > MAX_CHARS:
        return unusable(f"the file is longer than {MAX_CHARS:,} characters")
    return text
