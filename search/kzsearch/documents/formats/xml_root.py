"""The root of a document of markup, told from its beginning."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Root", "markup_root"]

_PROLOG = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?P<doctype>[\w:.-]+)[^\[>]*(?:\[.*?\]\s*)?>)*",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?([a-zA-Z][\w.-]*)([^<>]*)")


class Root(NamedTuple):
    """The name of the root element in small letters without prefix, and its attributes' source.

    name: '' where there is no markup; the document type where the element itself is not seen.
    """

    name: str
    attributes: str = ""


def markup_root(head: bytes) -> Root:
    """The root element of what begins like this."""
    if not head.startswith(b"<"):
        return Root("")
    prolog = _PROLOG.match(head)
    start = prolog.end() if prolog else 0
    if element := _ELEMENT.match(head, start):
        return Root(element[1].decode().lower(), element[2].decode("utf-8", "replace"))
    if prolog and prolog["doctype"]:
        return Root(prolog["doctype"].decode().lower())
    return Root("")
