"""Sitemaps: of pages, of news, of sitemaps, in text, packed, broken, hostile."""

from __future__ import annotations

import gzip

import pytest

from kzsearch.sources.failures import FetchError
from kzsearch.sources.sitemaps import read_sitemap

BASE = "https://gazet.kz/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url>
    <loc>
      https://gazet.kz/a?id=1&amp;x=2 </loc>
    <image:image><image:loc>https://gazet.kz/a.jpg</image:loc><image:title>Сурет</image:title></image:image>
    <news:news>
      <news:publication><news:name>Газет</news:name><news:language>kk</news:language></news:publication>
      <news:publication_date>2025-09-29T14:30:00+05:00</news:publication_date>
      <news:title>Жаңа мектеп ашылды</news:title>
    </news:news>
    <lastmod>2025-09-29T15:00:00+05:00</lastmod>
  </url>
  <url><loc>/b</loc><lastmod>2025-09-28</lastmod></url>
  <url><loc>/b</loc></url>
  <url><loc>mailto:a@b.kz</loc></url>
  <url><loc>/c</loc><lastmod>кеше</lastmod></url>
</urlset>"""


def test_a_news_sitemap() -> None:
    sitemap = read_sitemap(NEWS.encode(), BASE)
    assert sitemap.sitemaps == ()
    first, second, third = sitemap.pages
    assert first.address == "https://gazet.kz/a?id=1&x=2"
    assert first.title == "Жаңа мектеп ашылды"
    assert first.date == "2025-09-29T14:30:00+05:00"
    assert (second.address, second.changed) == ("https://gazet.kz/b", "2025-09-28")
    assert second.date == ""
    assert second.moment is not None
    assert first.moment is not None
    assert first.moment > second.moment
    assert (third.address, third.date, third.changed) == ("https://gazet.kz/c", "", "")


def test_an_index() -> None:
    index = """<sitemapindex><sitemap><loc>https://gazet.kz/1.xml.gz</loc>
        <lastmod>2025-09-01</lastmod></sitemap></sitemapindex>"""
    (entry,) = read_sitemap(index.encode(), BASE).sitemaps
    assert (entry.address, entry.changed) == ("https://gazet.kz/1.xml.gz", "2025-09-01")
    assert read_sitemap(index.encode(), BASE).pages == ()


def test_other_namespaces_and_prefixes() -> None:
    text = '<s:urlset xmlns:s="https://wrong"><s:url><s:loc>/a</s:loc></s:url></s:urlset>'
    assert [page.address for page in read_sitemap(text.encode(), BASE).pages] == [
        "https://gazet.kz/a"
    ]


def test_packed_and_in_another_encoding() -> None:
    text = NEWS.replace("UTF-8", "UTF-16")
    assert len(read_sitemap(gzip.compress(NEWS.encode()), BASE).pages) == 3
    with pytest.raises(FetchError):  # declared wrongly
        read_sitemap(text.encode(), BASE)


def test_the_text_form() -> None:
    pages = read_sitemap("\ufeffhttps://gazet.kz/a\nhttps://gazet.kz/ә\n".encode(), BASE).pages
    assert [page.address for page in pages] == [
        "https://gazet.kz/a", "https://gazet.kz/%D3%99",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "not a sitemap"),
        ("<html><body>urlset</body></html>", "not a sitemap"),
        ("<rss></rss>", "not a sitemap"),
        ("<urlset><url>", "broken"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><urlset>&b;</urlset>', "not a sitemap"),
        ("{}", "not a sitemap"),
    ],
)
def test_what_is_no_sitemap(body: str, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        read_sitemap(body.encode(), BASE)


def test_no_more_entries_than_the_protocol_allows() -> None:
    body = "<urlset>" + "".join(f"<url><loc>/{n}</loc></url>" for n in range(50_100)) + "</urlset>"
    assert len(read_sitemap(body.encode(), BASE).pages) == 50_000
