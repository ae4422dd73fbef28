"""WordPress's export (WXR): published posts and pages, without drafts, attachments, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kzsearch.documents.formats.xml_root import markup_root
from kzsearch.documents.formats.xml_stream import children, elements, forget, local_name
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.records import Found, Markup, Record

__all__ = ["RANK", "read", "sniff"]

RANK = 30

_NAMESPACE = "wordpress.org/export"
_KINDS = frozenset(["post", "page"])
_SHORTCODE = re.compile(
    r"\[(?P<name>caption|gallery|embed|video|audio|playlist)\b[^\]]*\](?:.*?\[/(?P=name)\])?",
    re.DOTALL,
)
_ANY_SHORTCODE = re.compile(r"\[/?[a-z]+_[a-z_]+\b[^\]\n]*\]")
_BLANK_LINE = re.compile(r"\n\s*\n")


def sniff(head: bytes) -> bool:
    """Whether it is RSS that declares the namespace of the export."""
    root = markup_root(head)
    return root.name == "rss" and _NAMESPACE in root.attributes


def read(stream: InputStream) -> Iterator[Found]:
    """The published posts."""
    site = link = language = ""
    for element in elements(stream, "title", "link", "language", "item", keep=True):
        parent = element.getparent()
        in_channel = parent is not None and local_name(parent) == "channel"
        if local_name(element) == "item":
            fields = _fields(element, language)
            if fields:
                line = element.sourceline
                yield Record(line, fields, Markup.HTML, source=site or link, namespace=link)
            forget(element)
        elif in_channel and local_name(element) == "title":
            site = site or (element.text or "").strip()
        elif in_channel and local_name(element) == "link":
            link = link or re.sub(r"\Ahttps?://|/\Z", "", (element.text or "").strip())
        elif in_channel:
            language = language or (element.text or "").strip()


def _fields(item: Any, language: str) -> dict[str, object] | None:
    """The fields of an item; None for what is not published."""
    texts = children(item)
    is_article = texts.get("post_type", "post") in _KINDS
    if not is_article or texts.get("status", "publish") != "publish" or texts.get("post_password"):
        return None
    encoded = [
        child.text or "" for child in item if local_name(child) == "encoded" and _is_content(child)
    ]
    number = texts.get("post_id", "")
    return {
        "id": int(number) if number.isdecimal() else "",
        "title": texts.get("title", ""),
        "body": _prose(encoded[0] if encoded else texts.get("description", "")),
        "date": _date(texts),
        "url": texts.get("link") or texts.get("guid", ""),
        "author": texts.get("creator", ""),
        "category": [
            "".join(child.itertext()).strip()
            for child in item
            if local_name(child) == "category" and child.get("domain", "category") == "category"
        ],
        "language": language,
    }


def _is_content(element: Any) -> bool:
    return "excerpt" not in element.tag


def _date(texts: dict[str, str]) -> str:
    """When a post was published: in UTC if that is stated, which drafts have as zeros."""
    moment = texts.get("post_date_gmt", "")
    if moment and not moment.startswith("0000"):
        return f"{moment}Z"
    return texts.get("post_date") or texts.get("pubDate", "")


def _prose(content: str) -> str:
    """The HTML of a post: shortcodes taken out, empty lines made paragraphs as WordPress does."""
    content = _ANY_SHORTCODE.sub("", _SHORTCODE.sub("", content))
    return content if "<p" in content else _BLANK_LINE.sub("<p>", content)
