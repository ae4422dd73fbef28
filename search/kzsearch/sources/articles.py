"""Articles from what was fetched: from a page, or from what the feed says alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kzsearch.documents import Article
from kzsearch.documents.fields import article_from_record
from kzsearch.documents.formats import html
from kzsearch.documents.identity import digest
from kzsearch.documents.language import article_language
from kzsearch.documents.problems import Problem
from kzsearch.errors import DocumentError
from kzsearch.sources.config import Source
from kzsearch.sources.entries import Entry
from kzsearch.sources.http import Answer
from kzsearch.sources.pages import charset, is_html

__all__ = ["article_from_entry", "article_from_page"]

_ID_BYTES = 8


def article_from_page(answer: Answer, address: str, entry: Entry, source: Source) -> Article:
    """The article on a page.

    address: what the page wants to be known by. entry: fills in what the page does not say.
    Raises DocumentError when there is no article on it.
    """
    if not is_html(answer):
        kind = answer.headers.get("content-type", "").split(";")[0] or "of an unknown kind"
        raise DocumentError(f"it is no page of HTML but {kind:.60}")
    now = dt.datetime.now(dt.UTC)  # «бүгін, 14:30» is told from it
    found = html.extract(answer.body, answer.url, charset(answer), now)
    if isinstance(found, Problem):
        raise DocumentError(found.message)
    read = article_from_record(found)
    return Article(
        title=read.title or entry.title,
        body=read.body,
        date=_better_date(read.date, _date(entry)),
        source=source.name,
        url=address,
        author=read.author or entry.author,
        category=read.category or entry.category,
        language=read.language,
    )


def article_from_entry(entry: Entry, source: Source) -> Article:
    """The article as the feed gives it. Raises DocumentError when it gives no words."""
    body = entry.text or entry.title
    if not body:
        raise DocumentError("the feed says nothing of it but its address")
    article = Article(
        id="" if entry.address else digest(("entry", source.key, entry.name), size=_ID_BYTES),
        title=entry.title,
        body=body,
        date=_date(entry),
        source=source.name,
        url=entry.address,
        author=entry.author,
        category=entry.category,
        language=entry.language,
    )
    return replace(article, language=article_language(article))


def _better_date(page: dt.date | None, listed: dt.date | None) -> dt.date | None:
    """The page's date, unless the feed has the time as well."""
    if page is None or (isinstance(listed, dt.datetime) and not isinstance(page, dt.datetime)):
        return listed or page
    return page


def _date(entry: Entry) -> dt.date | None:
    if not entry.date:
        return None
    read = dt.datetime.fromisoformat if "T" in entry.date else dt.date.fromisoformat
    return read(entry.date)
