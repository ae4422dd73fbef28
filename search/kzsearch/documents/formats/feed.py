"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed. feedparser knows their dialects.

A feed is read whole, so its size is capped; one that declares entities is refused, because
entities can be nested into gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from kzsearch.documents.declared import decode_markup, undeclared
from kzsearch.documents.formats.xml_root import markup_root
from kzsearch.documents.formats.xml_stream import refuse_entities
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Found, Markup, Record, broken, unusable
from kzsearch.errors import DocumentError

__all__ = ["MAX_BYTES", "RANK", "entries", "read", "sniff"]

RANK = 40
MAX_BYTES = 20_000_000
"""The largest feed that is taken in."""

_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_TAIL = 2_000
"""Characters at the end of a feed in which its last tag stands."""

_ADDRESS = re.compile(r"\s*[<(]?[\w.+-]+@[\w.-]+[>)]?\s*")
_DESCRIBED = ("description", "summary", "subtitle")


def sniff(head: bytes) -> bool:
    """Whether it begins as a feed in XML; JSON Feed is told by the reader of JSON."""
    return markup_root(head).name in _ROOTS


def read(stream: InputStream) -> Iterator[Found]:
    """The entries of a feed that have a text."""
    for found in entries(stream.read(MAX_BYTES + 1)):
        if isinstance(found, Record) and not found.fields["body"]:
            title = str(found.fields["title"])[:60]
            yield broken(
                None,
                f"the entry {title!r} has no text in the feed; to have its page fetched: "
                "kzsearch sources add NAME --feed URL",
            )
        else:
            yield found


def entries(feed: bytes, url: str = "", charset: str = "") -> Iterator[Record | Problem]:
    """The entries of a feed, in its order.

    feed: RSS, Atom or JSON Feed as it was fetched. url: where from; addresses in it that are
    relative are completed. charset: the encoding an HTTP header names.
    Records have title, body (HTML), date, url, author, category as far as the feed gives them,
    ``id`` only where there is no url, and the feed's title as ``source``. Raises nothing.
    """
    if len(feed) > MAX_BYTES:
        yield unusable(f"the feed is larger than {MAX_BYTES:,} bytes")
        return
    if feed[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json_entries(feed)
        return
    try:
        text = decode_markup(feed, charset)
        refuse_entities(text[:100_000].encode("utf-8", "replace"))
    except DocumentError as error:
        yield unusable(str(error))
        return
    yield from _entries(text, url)


def _entries(text: str, url: str) -> Iterator[Record | Problem]:
    import feedparser

    xml = undeclared(text)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed = feedparser.parse(xml.encode("utf-8", "replace"), response_headers=headers)
    site = parsed.feed.get("title", "")
    found_any = False
    for entry in parsed.entries:
        found_any = True
        yield Record(None, _fields(entry, parsed.feed, url), Markup.HTML, source=site)
    if parsed.bozo and not found_any:
        yield unusable(f"the feed cannot be read: {_reason(parsed.get('bozo_exception'))}")
    elif not _END.search(text[-_TAIL:]):
        yield broken(None, "the feed is cut off: entries may be missing at its end")


def _fields(entry: Any, feed: Any, url: str) -> dict[str, object]:
    contents = [one.get("value") or "" for one in entry.get("content", [])]
    contents += [entry.get(name) or "" for name in _DESCRIBED]
    contents += [value for name, value in entry.items() if _holds_text(name, value)]
    link = urljoin(url, entry.get("link") or "")
    link = link if link.startswith(("http:", "https:")) and link != url else ""
    date = entry.get("published") or entry.get("created") or entry.get("issued")
    authors = [one.get("name") for one in entry.get("authors", []) if one.get("name")]
    if "@" in entry.get("author", ""):  # "a@b.kz (Айгүл)", "Айгүл <a@b.kz>"
        authors = [_ADDRESS.sub("", entry["author"]).strip(" ()<>")]
    return {
        "id": "" if link else entry.get("id", ""),
        "title": entry.get("title", ""),
        "body": max(contents, key=len, default=""),
        "date": date or entry.get("updated"),
        "url": link,
        "author": list(dict.fromkeys(authors)) or entry.get("author", ""),
        "category": [tag.get("label") or tag.get("term") for tag in entry.get("tags", [])],
        "language": entry.get("language") or feed.get("language", ""),
    }


def _holds_text(name: str, value: object) -> bool:
    """Whether an element of another namespace is the whole text: ``yandex:full-text``."""
    return isinstance(value, str) and bool(re.search(r"(?:full-?text|_content|body)$", name))


def _json_entries(feed: bytes) -> Iterator[Record | Problem]:
    from kzsearch.documents.formats import json as json_format
    from kzsearch.documents.inputs import open_bytes

    yield from json_format.read(open_bytes(feed))


def _reason(error: object) -> str:
    reason = getattr(error, "getMessage", lambda: str(error))()
    return " ".join(str(reason).split())[:200]
