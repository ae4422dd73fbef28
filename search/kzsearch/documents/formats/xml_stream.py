"""XML as a stream: chosen elements of a document one by one, in bounded memory.

Entities are neither declared nor fetched: a document that declares any is refused. Damaged
documents are read as far as they go, since exports of sites often hold a character XML does not
know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kzsearch.documents.inputs import InputStream
from kzsearch.errors import DocumentError

__all__ = ["children", "elements", "forget", "local_name", "refuse_entities"]

_CUT = re.compile("Premature end|Extra content")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def refuse_entities(head: bytes) -> None:
    """Raises DocumentError for a document that declares entities in its beginning."""
    if _ENTITY.search(head):
        raise DocumentError("this XML declares entities, which can hide anything: it is not read")


def elements(stream: InputStream, *names: str, keep: bool = False) -> Iterator[Any]:
    """The elements of these names, without their namespaces, as lxml has them.

    Each is emptied when the next is asked for; with ``keep`` the caller is to ``forget`` them.
    Raises DocumentError when there is no document.
    """
    from lxml import etree

    refuse_entities(stream.sample[:100_000])
    events = etree.iterparse(
        stream.xml(),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _event, element in events:
            yield element
            if not keep:
                forget(element)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"this XML cannot be read: {error.msg}") from error
    for entry in events.error_log:
        if _CUT.search(entry.message):
            raise DocumentError(
                f"this XML is cut off or damaged near line {entry.line}, what follows is missing: "
                f"{entry.message.strip()}"
            )


def forget(element: Any) -> None:
    """Free an element that was read, and what stood before it beside it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def local_name(element: Any) -> str:
    """The name of an element without its namespace; '' for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any) -> dict[str, str]:
    """The texts of an element's children by local name; of several the first that is filled."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        if name and not texts.get(name):
            texts[name] = "".join(child.itertext()).strip()
    return texts
