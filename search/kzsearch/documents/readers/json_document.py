"""JSON: an array of objects, an object that wraps one, or objects one after another.

The file is read piece by piece, so an array may be larger than the memory.
After a broken object reading goes on at the next one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

from kzsearch.documents.fields import field_of
from kzsearch.documents.readers.json_lines import NOT_AN_OBJECT
from kzsearch.documents.records import MAX_CHARS, BrokenRecord, Found, Record

__all__ = ["read_json_document"]

_PIECE_CHARS = 1 << 16
_DECODER = json.JSONDecoder()
_SOLID = re.compile(r"[^\s,]")
_NEXT_OBJECT = re.compile(r"\}\s*,?\s*(?=\{)")
_LONGEST_LITERAL = 16
"""An error this near the end of what was read may be a literal or escape cut in two."""


def read_json_document(stream: TextIO) -> Iterator[Found]:
    """The objects of a JSON file, those of an array one by one."""
    window = _Window(stream)
    window.skip_between()
    in_array = window.skip("[")
    window.skip_between()
    while window.filled:
        if in_array and window.skip("]"):
            in_array = False
        else:
            found = window.take_object()
            yield from _unwrapped(found) if isinstance(found, Record) else [found]
        window.skip_between()
    if in_array:
        yield BrokenRecord(window.line, "the JSON array is not closed: the file may be cut off")


def _unwrapped(record: Record) -> Iterator[Record]:
    """The objects in ``{"articles": […]}``, else the record itself."""
    lists = [value for value in record.fields.values() if isinstance(value, list)]
    wraps = len(lists) == 1 and lists[0] and all(isinstance(item, dict) for item in lists[0])
    if wraps and not any(field_of(name) == "body" for name in record.fields):
        for item in lists[0]:
            yield Record(record.line, item)
    else:
        yield record


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
        """Pass over spaces, line ends and commas."""
        while self.filled:
            place = _SOLID.search(self._text, self._at)
            self._pass_to(place.start() if place else len(self._text))
            if place:
                return

    def take_object(self) -> Found:
        """The value that begins here; behind a broken one parsing goes on at the next object."""
        line = self.line
        try:
            value, end = self._decode()
        except json.JSONDecodeError as error:
            line += self._text.count("\n", self._at, error.pos)
            self._pass_to_next_object(error.pos)
            return BrokenRecord(line, f"this is not JSON: {error.msg}")
        except (ValueError, RecursionError):
            self._pass_to_next_object(self._at + 1)
            return BrokenRecord(line, "this is not usable JSON: too long a number or too deep")
        self._pass_to(end)
        if not isinstance(value, dict):
            return BrokenRecord(line, NOT_AN_OBJECT)
        return Record(line, value)

    def _decode(self) -> tuple[object, int]:
        """The value that begins here and where it ends, reading on while it is not complete."""
        while True:
            try:
                return _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                near_end = error.pos + _LONGEST_LITERAL > len(self._text)
                cut = near_end or error.msg.startswith("Unterminated string")
                if not cut or len(self._text) - self._at > MAX_CHARS or not self._grow():
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
        self._pass_to(start)
        while not (match := _NEXT_OBJECT.search(self._text, self._at)):
            self._pass_to(max(self._at, len(self._text) - _PIECE_CHARS))
            if not self._grow():
                self._pass_to(len(self._text))
                return
        self._pass_to(match.end())
