"""JSON-LD of schema.org in pages and files: which object is the article, and what it says."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["article_objects", "is_article_type", "name_of", "objects_in"]

_ARTICLE = re.compile(r"(?:.*[/#:])?(?:\w*Article|\w*BlogPosting|Report|NewsItem)")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart")
_MOST_OBJECTS = 2_000


def is_article_type(kind: object) -> bool:
    """Whether a ``@type`` is one of the articles of schema.org."""
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and bool(_ARTICLE.fullmatch(one)) for one in kinds)


def objects_in(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a document in order, those of lists and of ``@graph`` one by one."""
    waiting, count = [value], 0
    while waiting and count < _MOST_OBJECTS:
        value = waiting.pop(0)
        count += 1
        if isinstance(value, list):
            waiting = [*value[:_MOST_OBJECTS], *waiting]
        elif isinstance(value, dict):
            yield value
            inner = [value.get(name) for name in _INNER]
            waiting = [*(one for one in inner if isinstance(one, dict | list)), *waiting]


def article_objects(scripts: list[str]) -> Iterator[Mapping[str, Any]]:
    """The articles among the JSON-LD scripts of a page."""
    for script in scripts:
        for value in objects_in(_parsed(script)):
            if is_article_type(value.get("@type")):
                yield value


def name_of(value: object) -> str:
    """The names in what may be a text, an object with a name, or a list of either."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(name_of, value)))
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("alternateName")
        return name_of(value) if isinstance(value, list | str) else ""
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _parsed(script: str) -> object:
    """A script as JSON; '' if it is none. Line ends inside of strings are common, and allowed."""
    text = re.sub(r"\A\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*\Z", "", script)
    for attempt in (text, text.rstrip("; \r\n\t"), re.sub(r",\s*([\]}])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return ""
