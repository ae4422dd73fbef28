"""Other XML: records that repeat, each with its fields as child elements or attributes.

``<articles><article><title>…``, rows of MySQL (``<row><field name="title">…``) and of phpMyAdmin
(``<table><column name="title">…``). What is no list of such records is refused by the name of its
root: markup never becomes plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kzsearch.documents.fields import field_of, is_body_name
from kzsearch.documents.formats.xml_root import markup_root
from kzsearch.documents.formats.xml_stream import elements, forget, local_name
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.records import Found, Record, unusable

__all__ = ["RANK", "SUFFIXES", "read", "sniff"]

RANK = 70
SUFFIXES = (".xml",)

_MOST_PASSED = 100_000
"""Elements without a record among them after which no more are expected."""


def sniff(head: bytes) -> bool:
    """Whether it is XML of any kind."""
    return head.startswith(b"<?xml") or bool(markup_root(head).name)


def read(stream: InputStream) -> Iterator[Found]:
    """The records of a document, or its refusal."""
    root = markup_root(stream.head).name
    found_any = False
    passed = 0
    for element in elements(stream, "*", keep=True):
        passed += 1
        fields = _fields(element)
        texts = {name for name, value in fields.items() if value}
        known = {field_of(name) for name in texts} - {None}
        has_body = any(is_body_name(name, stream.options) for name in texts)
        if has_body and (len(known) > 1 or len(element) > 1) and not _holds_markup(element):
            found_any, passed = True, 0
            yield Record(element.sourceline, fields, cells=True)
            forget(element)
        elif passed > _MOST_PASSED:
            break
    if not found_any:
        if root == "opml":
            yield unusable(
                "this XML is a list of feeds (OPML): to follow each, "
                "kzsearch sources add NAME --feed URL"
            )
            return
        yield unusable(
            f"this is XML of a kind that is not read (its root is <{root}>): convert it to "
            "JSON Lines or CSV"
        )


def _fields(element: Any) -> dict[str, object]:
    """The fields of a record: children by name or by their attribute ``name``, and attributes."""
    fields: dict[str, object] = dict(element.attrib)
    for child in element:
        name = local_name(child)
        if name in {"field", "column", "col", "str", "date", "int", "long"}:
            name = child.get("name") or name
        text = "".join(child.itertext()).strip()
        if not name or not text:
            continue
        if name in fields and isinstance(before := fields[name], list):
            before.append(text)
        else:
            fields[name] = [fields[name], text] if name in fields else text
    return fields


def _holds_markup(element: Any) -> bool:
    """Whether it is a part of a text, such as ``<section><title/><p/></section>`` of a book."""
    return any(local_name(child) in {"p", "div", "span"} for child in element)
