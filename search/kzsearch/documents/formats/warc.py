"""Archives of the web (``kzsearch[warc]``): WARC and ARC with pages, WET with their texts.

Pages of HTML that answered 200 are read as any page; of WET the text as it is, its first line
the title. Pages without an article are passed over: a crawl is full of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from kzsearch.documents.formats.html import extract
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import MAX_CHARS, Found, Markup, Record, broken, unusable

__all__ = ["RANK", "read", "sniff"]

RANK = 10

_PAGES = ("text/html", "application/xhtml+xml")
_MOST_BYTES = 2 * MAX_CHARS


def sniff(head: bytes) -> bool:
    """Whether it is WARC, WET or ARC."""
    return head.startswith((b"WARC/", b"filedesc://"))


def read(stream: InputStream) -> Iterator[Found]:
    """The articles of an archive."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield unusable("this is a web archive (WARC), which needs: pip install 'kzsearch[warc]'")
        return
    pages = 0
    found_any = False
    try:
        for record in ArchiveIterator(stream, arc2warc=True):
            for found in _found(record):
                if isinstance(found, Problem) and found.kind == "file":
                    pages += 1  # a page without an article
                    continue
                found_any = True
                yield found
    except ArchiveLoadFailed as error:
        yield broken(None, f"the web archive is damaged, what follows is missing: {error}")
        return
    if not found_any and pages:
        yield unusable("none of the pages in this web archive holds an article")


def _found(record: Any) -> Iterator[Found]:
    headers = record.rec_headers
    url = (headers.get_header("WARC-Target-URI") or "").strip("<>")
    if record.rec_type == "conversion":
        text = _content(record).decode("utf-8", "replace")
        if text.strip():
            yield Record(None, _wet_fields(text, url), Markup.PLAIN)
    elif record.rec_type in {"response", "resource"}:
        http = record.http_headers
        status = http.get_statuscode() if http else "200"
        kind = (http.get_header("Content-Type") if http else record.content_type) or ""
        content_type, _, parameters = kind.partition(";")
        if status != "200" or content_type.strip().lower() not in _PAGES:
            return
        page = _content(record)
        if len(page) > _MOST_BYTES:
            yield broken(None, f"the page {url[:80]} is longer than {_MOST_BYTES:,} bytes")
            return
        charset = parameters.lower().partition("charset=")[2].strip(" \"';")
        yield extract(page, url, charset, _moment(headers.get_header("WARC-Date")))


def _moment(stated: str | None) -> dt.datetime | None:
    """When a page was fetched."""
    try:
        moment = dt.datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _content(record: Any) -> bytes:
    content: bytes = record.content_stream().read(_MOST_BYTES + 1)
    return content


def _wet_fields(text: str, url: str) -> dict[str, object]:
    """The fields of a page's text: its first line is the page's title."""
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and len(first) < 200:
        return {"title": first, "body": rest, "url": url}
    return {"body": text, "url": url}
