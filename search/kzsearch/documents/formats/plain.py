"""Plain text: one article per file, in any of three ways of saying what it is about.

* the seed format, text behind the word ``date`` and a day:
  `` date 2025-09-29 Парламент Сенатының төрағасы …``
* header lines, each ``name: value`` with a known name, then the text;
* text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzsearch.documents.fields import field_of
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Found, Markup, Record, read_whole

__all__ = ["RANK", "SUFFIXES", "read", "sniff"]

RANK = 100
SUFFIXES = (".txt", ".text")

_SEED_HEADER = re.compile(r"\s*date\s+(?P<date>\d{4}-\d\d-\d\d)(?:\s+|$)")
_HEADER_LINE = re.compile(r"(?P<name>[^\W\d][\w -]{0,30}):[ \t]*(?P<value>.*)(?:\n|$)")


def sniff(_head: bytes) -> bool:
    """Never: it is what is left when nothing else is recognised."""
    return False


def read(stream: InputStream) -> Iterator[Found]:
    """The one article of a text file."""
    text = read_whole(stream.text())
    yield text if isinstance(text, Problem) else Record(1, fields_of_text(text), Markup.PLAIN)


def fields_of_text(text: str) -> dict[str, object]:
    """The fields of an article that is told in plain text."""
    if seed := _SEED_HEADER.match(text):
        return {"date": seed["date"], "body": text[seed.end() :]}
    fields: dict[str, object] = {}
    place = 0
    while (line := _HEADER_LINE.match(text, place)) and field_of(line["name"]):
        fields[line["name"]] = line["value"]
        place = line.end()
    body = text[place:]
    # "Мәтін: …" as the last header begins the text itself.
    last = list(fields)[-1:]
    if last and field_of(last[0]) == "body":
        body = f"{fields.pop(last[0])}\n{body}"
    return {**fields, "body": body}
