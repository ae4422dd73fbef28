"""Feeds as entries; the formats themselves are read by the documents room."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from kzsearch.documents import Article
from kzsearch.documents.fields import article_from_record
from kzsearch.documents.formats import feed
from kzsearch.documents.records import Record
from kzsearch.errors import DocumentError, SourceError
from kzsearch.sources.addresses import web_address
from kzsearch.sources.entries import Entry
from kzsearch.sources.failures import FetchError
from kzsearch.sources.http import Answer
from kzsearch.sources.pages import charset

__all__ = ["is_feed", "read_feed"]

_WHOLE_CHARS = 1_000
"""A text in a feed that is shorter may be a summary."""

_CUT = re.compile(
    r"(?:…|\.\.\.|\[\.\.\.\]|\[…\]|\(…\)|толығырақ|толық оқу|жалғасын оқу|читать далее|подробнее|"
    r"read more|continue reading)\W*$",
    re.IGNORECASE,
)
"""How a text ends that goes on elsewhere."""


def is_feed(answer: Answer) -> bool:
    """Whether an answer is a feed, whatever its header says."""
    head = answer.body[: 1 << 16].removeprefix(b"\xef\xbb\xbf").lstrip()
    return feed.sniff(head) or (head.startswith(b"{") and b"jsonfeed.org/version" in head)


def read_feed(answer: Answer) -> Iterator[Entry]:
    """The entries of a feed. Raises FetchError when it cannot be read."""
    try:
        for found in feed.entries(answer.body, answer.url, charset(answer)):
            if isinstance(found, Record):
                if entry := _entry(found):
                    yield entry
            elif found.kind == "file":
                raise FetchError(found.message)
    except DocumentError as error:  # its encoding cannot be told
        raise FetchError(str(error)) from error


def _entry(record: Record) -> Entry | None:
    """What the feed says of an article; None where that is nothing."""
    try:
        article, text = _article(record)
        address = web_address(article.url) if article.url else ""
    except (DocumentError, SourceError):
        return None
    return Entry(
        address=address,
        name=article.id,
        title=article.title if record.fields.get("title") else "",
        date=article.date.isoformat() if article.date else "",
        text=text,
        whole=len(text) >= _WHOLE_CHARS and not _CUT.search(text[-200:]),
        author=article.author,
        category=article.category,
        language=article.language,
    )


def _article(record: Record) -> tuple[Article, str]:
    """The entry as an article, and its text, which may be missing."""
    record = replace(record, fetched=dt.datetime.now(dt.UTC))  # «бүгін, 14:30» is told from it
    try:
        article = article_from_record(record)
    except DocumentError:
        title = record.fields.get("title")
        return article_from_record(replace(record, fields={**record.fields, "body": title})), ""
    return article, article.body
