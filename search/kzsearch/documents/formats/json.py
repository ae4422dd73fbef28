"""JSON in every shape news comes in: lines, an array, objects around one, answers of programs.

What differs from one program's JSON to another's is not how it is read but what stands around an
article and in its fields. ``json_shapes`` takes articles out of what is around them; names and
values of fields are read as those of any file (``fields``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kzsearch.documents.formats.json_shapes import NOT_AN_OBJECT, Shapes
from kzsearch.documents.formats.json_stream import Value, json_values
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Found, broken, read_lines

__all__ = ["RANK", "SUFFIXES", "read", "sniff"]

RANK = 60
SUFFIXES = (".jsonl", ".ndjson", ".json", ".geojson")

_JSON = re.compile(rb'\{\s*(?:"|\}|\Z)|\[\s*(?:[\[{"\]]|\Z)|\x1e\{')

_SHELL_CALL = re.compile(r'(?:ISODate|ObjectId|NumberLong|NumberInt|UUID)\(("[^"]*"|\d+)\)')
"""How the shell of MongoDB prints what JSON has no words for."""


def sniff(head: bytes) -> bool:
    """Whether it begins with a JSON object or an array of them."""
    return bool(_JSON.match(head))


def read(stream: InputStream) -> Iterator[Found]:
    """The articles of a file of JSON or JSON Lines."""
    shapes = Shapes(stream.options)
    for found in _values(stream):
        if isinstance(found, Problem):
            yield found
        else:
            yield from shapes.records(found)


def _values(stream: InputStream) -> Iterator[Value | Problem]:
    if not _is_lines(stream):
        return json_values(stream.text())
    return _lines(stream)


def _is_lines(stream: InputStream) -> bool:
    """Whether each line is an object of its own, by the file's name or its first line."""
    name = stream.called.casefold()
    if re.search(r"\.(?:jsonl|ndjson)(?:\.\w+)?$", name):
        return not stream.text_head.startswith("[")
    first, _, rest = stream.text_head.lstrip("\x1e").partition("\n")
    several = bool(rest.strip()) or _SHELL_CALL.search(first) is not None
    return several and isinstance(_parsed(1, first), Value)


def _lines(stream: InputStream) -> Iterator[Value | Problem]:
    for line in read_lines(stream.text()):
        if isinstance(line, Problem):
            yield line
            continue
        number, text = line
        if text := text.strip().strip("\x1e"):  # RFC 7464 begins records with it
            yield _parsed(number, text)


def _parsed(line: int, text: str) -> Value | Problem:
    """The value in a text that should be one JSON object."""
    text = text.removesuffix(",")
    if "ISODate(" in text or "ObjectId(" in text:
        text = _SHELL_CALL.sub(r"\1", text)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return broken(line, f"this is not JSON: {error.msg} at character {error.pos + 1}")
    except ValueError:  # an integer of thousands of digits
        return broken(line, "this is not usable JSON: a number is too long")
    except RecursionError:
        return broken(line, "this is not usable JSON: it is nested too deeply")
    if not isinstance(value, dict):
        return broken(line, NOT_AN_OBJECT)
    return Value(line, value, {})
