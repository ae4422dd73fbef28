"""JSON as a stream: the values of a file one by one, however long the array they stand in.

Values may stand in an array, one after another, or inside an object around them. A value is
parsed whole if it fits into ``MAX_CHARS``; of a longer one, which can be no article, the values
inside are given, each with the plain values (numbers, texts) of the objects around it. After a
broken value reading goes on at the next object.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TextIO

from kzsearch.documents.problems import Problem
from kzsearch.documents.records import MAX_BLANK, MAX_CHARS, broken
from kzsearch.errors import DocumentError

__all__ = ["Value", "json_values"]

_PIECE_CHARS = 1 << 16
_DECODER = json.JSONDecoder()
_SOLID = re.compile(r"[^\s,]")
_NEXT_OBJECT = re.compile(r"\}\s*,?\s*(?=\{)")
_LONGEST_LITERAL = 16
"""An error this near the end of what was read may be a literal or escape cut in two."""
_DEEPEST = 8


class Value(NamedTuple):
    """A value of a file. around: the plain values of the objects it lies in; key: its key there."""

    line: int
    value: object
    around: Mapping[str, object]
    key: str = ""


def json_values(stream: TextIO) -> Iterator[Value | Problem]:
    """The values of a JSON file, those of a top-level array one by one."""
    window = _Window(stream)
    window.skip_between()
    in_array = window.skip("[")
    window.skip_between()
    while window.filled:
        if in_array and window.skip("]"):
            in_array = False
        else:
            yield from window.take({}, "", _DEEPEST)
        window.skip_between()
    if in_array:
        yield broken(window.line, "the JSON array is not closed: the file may be cut off")


class _TooLong(Exception):
    """A value beyond MAX_CHARS."""


class _Window:
    """The piece of the file that is being parsed, and the line parsing has come to."""

    def __init__(self, stream: TextIO) -> None:
        self.line = 1
        self._stream = stream
        self._text = ""
        self._at = 0

    @property
    def filled(self) -> bool:
        """Whether anything is left to parse."""
        return self._at < len(self._text) or self._grow()

    def skip(self, char: str) -> bool:
        """Pass over this character if it stands here."""
        found = self.filled and self._text[self._at] == char
        self._at += found
        return found

    def skip_between(self) -> None:
        """Pass over spaces, line ends and commas. Raises DocumentError when they do not end."""
        passed = 0
        while self.filled:
            place = _SOLID.search(self._text, self._at)
            passed += len(self._text) - self._at
            self._pass_to(place.start() if place else len(self._text))
            if place:
                return
            if passed > MAX_BLANK:
                raise DocumentError("there is nothing but empty lines here: the rest is not read")

    def take(
        self, around: Mapping[str, object], key: str, deepest: int
    ) -> Iterator[Value | Problem]:
        """The value that begins here; behind a broken one parsing goes on at the next object."""
        line = self.line
        try:
            value, end = self._decode()
        except json.JSONDecodeError as error:
            line += self._text.count("\n", self._at, error.pos)
            self._pass_to_next_object(error.pos)
            yield broken(line, f"this is not JSON: {error.msg}")
        except _TooLong:
            yield from self._inside(around, deepest)
        except (ValueError, RecursionError):
            self._pass_to_next_object(self._at + 1)
            yield broken(line, "this is not usable JSON: too long a number or too deep")
        else:
            self._pass_to(end)
            yield Value(line, value, around, key)

    def _inside(self, around: Mapping[str, object], deepest: int) -> Iterator[Value | Problem]:
        """The values in the array or object that begins here and is too long to be parsed whole."""
        line = self.line
        is_object = self._text[self._at] == "{"
        if deepest == 0 or self._text[self._at] not in "{[":
            self._pass_to_next_object(self._at + 1)
            yield broken(line, f"a value is longer than {MAX_CHARS:,} characters")
            return
        self._pass_to(self._at + 1)
        around = dict(around)
        close = "}" if is_object else "]"
        self.skip_between()
        while self.filled and not self.skip(close):
            key = ""
            if is_object:
                name = list(self.take({}, "", 0))
                if not (isinstance(name[0], Value) and isinstance(name[0].value, str)):
                    yield broken(self.line, "this is not JSON: a key is expected here")
                    return
                key = name[0].value
                self.skip_between()
                self.skip(":")
                self.skip_between()
            for found in self.take(around, key, deepest - 1):
                if is_object and isinstance(found, Value) and found.key == key:
                    if isinstance(found.value, dict | list):
                        yield from _elements(found)
                    else:
                        around[key] = found.value
                else:
                    yield found
            self.skip_between()
        if not self.filled and self._text[self._at - 1 : self._at] != close:
            yield broken(self.line, "the JSON is not closed: the file may be cut off")

    def _decode(self) -> tuple[object, int]:
        """The value that begins here and where it ends, reading on while it is not complete."""
        while True:
            try:
                return _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                near_end = error.pos + _LONGEST_LITERAL > len(self._text)
                cut = near_end or error.msg.startswith("Unterminated string")
                if cut and len(self._text) - self._at > MAX_CHARS:
                    raise _TooLong from error
                if not cut or not self._grow():
                    raise

    def _grow(self) -> bool:
        """Read as much again as is left here; False at the end of the file."""
        piece = self._stream.read(max(_PIECE_CHARS, len(self._text) - self._at))
        if piece:
            self._text = self._text[self._at :] + piece
            self._at = 0
        return bool(piece)

    def _pass_to(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _pass_to_next_object(self, start: int) -> None:
        """Go to where the next object begins behind ``start``, or to the end of the file."""
        self._pass_to(min(start, len(self._text)))
        while not (match := _NEXT_OBJECT.search(self._text, self._at)):
            self._pass_to(max(self._at, len(self._text) - _PIECE_CHARS))
            if not self._grow():
                self._pass_to(len(self._text))
                return
        self._pass_to(match.end())


def _elements(found: Value) -> Iterator[Value]:
    """A list as its items, each by itself; an object as it is."""
    if isinstance(found.value, list):
        for item in found.value:
            yield Value(found.line, item, found.around, "")
    else:
        yield found
