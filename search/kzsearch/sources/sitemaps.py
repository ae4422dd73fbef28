"""Sitemaps: lists of a site's pages (sitemaps.org), with Google's news extension.

Read are ``urlset`` and ``sitemapindex`` documents, packed or not, and the text form, one address
a line. Names are looked at without their namespaces, which sites get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from kzsearch.errors import SourceError
from kzsearch.sources.addresses import resolve_address
from kzsearch.sources.entries import Entry, listed_date
from kzsearch.sources.failures import FetchError
from kzsearch.sources.http import unpacked

__all__ = ["Sitemap", "read_sitemap"]

_MAX_ENTRIES = 50_000  # the protocol's own bound


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages, or other sitemaps."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()


def read_sitemap(body: bytes, base: str) -> Sitemap:
    """Read a sitemap that was found at ``base``. Raises FetchError for what is none."""
    if body.startswith(b"\x1f\x8b"):
        body = unpacked(body)
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"https?://\S+\s", start + b"\n"):
        lines = body.decode("utf-8-sig", "replace").split()
        return Sitemap(pages=tuple(_with_addresses(({"loc": line} for line in lines), base)))
    # Nothing in a sitemap needs a declaration, and declared entities can be bombs.
    if b"<!ENTITY" in body or not re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", start):
        raise FetchError("the answer is not a sitemap", lasting=True)
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise FetchError(f"the sitemap is broken: {error}") from None
    entries = tuple(_with_addresses(map(_fields, root), base))
    return Sitemap(sitemaps=entries) if _name(root) == "sitemapindex" else Sitemap(pages=entries)


def _fields(element: ElementTree.Element) -> dict[str, str]:
    """The filled elements of an entry by name, those of its pictures left out."""
    found: dict[str, str] = {}
    for child in element:
        if _name(child) in {"image", "video"}:
            continue
        text = " ".join((child.text or "").split())
        for name, value in [(_name(child), text), *_fields(child).items()]:
            if value:
                found.setdefault(name, value)
    return found


def _with_addresses(rows: Iterator[dict[str, str]], base: str) -> Iterator[Entry]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        if number >= _MAX_ENTRIES:
            return
        try:
            address = resolve_address(base, row.get("loc", ""))
        except SourceError:
            continue
        if address not in seen and row.get("loc"):
            seen.add(address)
            yield Entry(
                address=address,
                title=row.get("title", ""),
                date=listed_date(row.get("publication_date", "")),
                changed=listed_date(row.get("lastmod", "")),
            )


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
