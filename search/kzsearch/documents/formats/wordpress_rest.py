"""Posts as WordPress answers them (``/wp-json/wp/v2/posts``), with ``_embed`` or without.

Posts that are not published are left out. Authors and categories are numbers there, of which the
names stand in ``_embedded``, if anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kzsearch.documents.records import Markup, Record

__all__ = ["is_post", "records"]


def is_post(value: Mapping[str, Any]) -> bool:
    """Whether an object is a post."""
    content = value.get("content")
    return isinstance(content, dict) and "rendered" in content


def records(line: int | None, post: Mapping[str, Any]) -> Iterator[Record]:
    """The article of a post, unless it is not published."""
    if post.get("status", "publish") != "publish" or post.get("type") == "attachment":
        return
    moment = post.get("date_gmt")
    fields = {
        "id": post.get("id"),
        "title": post.get("title"),
        "body": post["content"]["rendered"],
        "date": f"{moment}Z" if isinstance(moment, str) and "T" in moment else post.get("date"),
        "url": post.get("link"),
        "author": _embedded(post, "author"),
        "category": _embedded(post, "wp:term", taxonomy="category"),
        "language": post.get("lang"),
    }
    yield Record(line, fields, Markup.HTML)


def _embedded(post: Mapping[str, Any], name: str, taxonomy: str = "") -> list[str]:
    """The names of embedded things, those of one taxonomy only if one is given."""
    waiting = list((post.get("_embedded") or {}).get(name) or [])
    names: list[str] = []
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting = [*thing, *waiting]
        elif not isinstance(thing, dict) or not thing.get("name"):
            continue
        elif not taxonomy or thing.get("taxonomy", taxonomy) == taxonomy:
            names.append(str(thing["name"]))
    return names
