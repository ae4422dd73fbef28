"""JSON Lines: one object per line. A broken line costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from kzsearch.documents.records import BrokenRecord, Found, Record, read_lines

__all__ = ["NOT_AN_OBJECT", "is_json_object", "read_json_lines"]

NOT_AN_OBJECT = "this JSON is not an object with the fields of an article"


def read_json_lines(stream: TextIO) -> Iterator[Found]:
    """The objects of a file, one a line; empty lines are passed over."""
    for line in read_lines(stream):
        if isinstance(line, BrokenRecord):
            yield line
            continue
        number, text = line
        if text.strip():
            yield _parsed(number, text)


def is_json_object(text: str) -> bool:
    """Whether the text is one whole JSON object."""
    return isinstance(_parsed(1, text), Record)


def _parsed(line: int, text: str) -> Found:
    """The record in a text that should be one JSON object."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return BrokenRecord(line, f"this is not JSON: {error.msg} at character {error.pos + 1}")
    except ValueError:  # an integer of thousands of digits
        return BrokenRecord(line, "this is not usable JSON: a number is too long")
    except RecursionError:
        return BrokenRecord(line, "this is not usable JSON: it is nested too deeply")
    if not isinstance(value, dict):
        return BrokenRecord(line, NOT_AN_OBJECT)
    return Record(line, value)
