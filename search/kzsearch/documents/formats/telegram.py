"""Telegram Desktop's export of a chat or channel in JSON: one article a message.

Its texts are runs, ``["Тау ", {"type": "bold", "text": "жолында"}]``; service messages
(``create_channel``, ``pin_message``) are no articles, nor are pictures without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kzsearch.documents.records import Markup, Record

__all__ = ["is_message", "records"]


def is_message(value: Mapping[str, Any]) -> bool:
    """Whether an object is a message of an export."""
    return (
        value.get("type") in {"message", "service"}
        and ("text" in value or "text_entities" in value)
        and bool({"date_unixtime", "text_entities", "from", "actor"} & value.keys())
        and "id" in value
    )


def records(
    line: int | None, message: Mapping[str, Any], around: Mapping[str, object]
) -> Iterator[Record]:
    """The article of a message, unless it is none. around: what the export says of the channel."""
    text = _runs(message.get("text")) or _runs(message.get("text_entities"))
    if message["type"] != "message" or not text.strip():
        return
    in_channel = "channel" in str(around.get("type", "channel"))
    name = around.get("name")
    fields = {
        "id": message["id"],
        "body": text,
        "date": message.get("date_unixtime") or message.get("date"),
        "author": message.get("author") or ("" if in_channel else message.get("from")),
    }
    yield Record(
        line,
        fields,
        Markup.PLAIN,
        source=name if isinstance(name, str) else "",
        namespace=f"telegram-{around['id']}" if around.get("id") else "",
    )


def _runs(value: object) -> str:
    if isinstance(value, list):
        return "".join(map(_run, value))
    return value if isinstance(value, str) else ""


def _run(run: object) -> str:
    text = run.get("text", "") if isinstance(run, dict) else run
    return text if isinstance(text, str) else ""
