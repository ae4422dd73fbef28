"""Sitemaps hold addresses, no articles: as files they are refused, with a word on what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kzsearch.documents.formats.xml_root import markup_root
from kzsearch.documents.formats.xml_stream import children, elements, local_name
from kzsearch.documents.inputs import InputStream, open_bytes
from kzsearch.documents.records import Found, unusable

__all__ = ["RANK", "Address", "addresses", "read", "sniff"]

RANK = 30


class Address(NamedTuple):
    """An entry. changed: ``lastmod`` as it is written, or the news date; '' if there is none.

    is_sitemap: whether it leads to another sitemap, not to a page.
    """

    url: str
    changed: str
    is_sitemap: bool


def sniff(head: bytes) -> bool:
    """Whether it is a sitemap or an index of sitemaps."""
    return markup_root(head).name in {"urlset", "sitemapindex"}


def read(_stream: InputStream) -> Iterator[Found]:
    """A refusal."""
    yield unusable(
        "this is a sitemap: it holds addresses, no articles. To have them fetched: "
        "kzsearch sources add NAME --sitemap URL"
    )


def addresses(sitemap: bytes) -> Iterator[Address]:
    """The addresses in a sitemap, in its order. Raises DocumentError when it is none."""
    for element in elements(open_bytes(sitemap), "url", "sitemap"):
        texts = children(element)
        news = next((child for child in element if local_name(child) == "news"), None)
        date = children(news).get("publication_date", "") if news is not None else ""
        if texts.get("loc"):
            is_sitemap = local_name(element) == "sitemap"
            yield Address(texts["loc"], texts.get("lastmod") or date, is_sitemap)
