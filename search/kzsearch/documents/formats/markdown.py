"""Markdown: front matter between two ``---`` lines, a heading, the text.

Of front matter ``name: value`` and lists of values are read, which is what news has;
more deeply nested YAML is passed over. The first heading is the title if none is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzsearch.documents.fields import field_of
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Found, Markup, Record, read_whole

__all__ = ["RANK", "SUFFIXES", "read", "sniff"]

RANK = 90
SUFFIXES = (".md", ".markdown")

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<lines>(?s:.*?)\n)?---[ \t]*(?:\n|$)")
_PAIR = re.compile(r"(?P<name>[^\W\d][\w -]*):(?:[ \t]+(?P<value>.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)")
_HEADING = re.compile(r"\s*#[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*(?:\n|$)")


def sniff(head: bytes) -> bool:
    """Whether it begins with front matter or a heading."""
    return bool(re.match(rb"---[ \t]*\r?\n|# ", head))


def read(stream: InputStream) -> Iterator[Found]:
    """The one article of a Markdown file."""
    text = read_whole(stream.text())
    yield text if isinstance(text, Problem) else Record(1, _fields(text), Markup.PLAIN)


def _fields(text: str) -> dict[str, object]:
    fields: dict[str, object] = {}
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :]
        fields = _front_matter((front["lines"] or "").splitlines())
    has_title = any(field_of(name) == "title" and value for name, value in fields.items())
    if not has_title and (heading := _HEADING.match(text)):
        fields["title"] = heading["title"]
        text = text[heading.end() :]
    return {**fields, "body": text}


def _front_matter(lines: list[str]) -> dict[str, object]:
    """The fields of front matter: ``name: value``, ``name: [a, b]``, or items on lines behind."""
    fields: dict[str, object] = {}
    items: list[str] = []
    for line in lines:
        if item := _ITEM.match(line):
            items.append(_unquoted(item["value"]))
        elif pair := _PAIR.match(line):
            value = (pair["value"] or "").strip()
            items = []
            fields[pair["name"]] = items if not value else _unquoted(value)
            if value[:1] == "[" and value[-1:] == "]":
                fields[pair["name"]] = [_unquoted(part) for part in value[1:-1].split(",")]
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
