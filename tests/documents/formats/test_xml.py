"""Sitemaps, records in XML of any kind, and XML that is refused."""

from __future__ import annotations

from typing import Any

import pytest

from kzsearch.documents.formats.sitemap import Address, addresses
from kzsearch.documents.formats.xml_root import markup_root

TEXT = "Қалада жаңа көпір ашылды."


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://ulgi.example/1</loc></url></urlset>",
        "<sitemapindex><sitemap><loc>https://ulgi.example/s.xml</loc></sitemap></sitemapindex>",
        "<sm:urlset xmlns:sm='x'></sm:urlset>",
    ],
)
def test_sitemap_is_refused(read_file: Any, content: str) -> None:
    outcome = read_file("map.txt", content)
    assert outcome.articles == []
    assert "this is a sitemap" in outcome.problems[0]


def test_addresses_of_a_sitemap() -> None:
    content = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://ulgi.example/1 </loc><lastmod>2025-09-29</lastmod></url>
<url><loc>https://ulgi.example/2</loc><news:news><news:publication_date>2025-09-30
</news:publication_date><news:title>Б</news:title></news:news></url><url></url></urlset>"""
    assert list(addresses(content.encode())) == [
        Address("https://ulgi.example/1", "2025-09-29", False),
        Address("https://ulgi.example/2", "2025-09-30", False),
    ]
    index = b"<sitemapindex><sitemap><loc>https://ulgi.example/s.xml</loc></sitemap></sitemapindex>"
    assert list(addresses(index)) == [Address("https://ulgi.example/s.xml", "", True)]


@pytest.mark.parametrize(
    "content",
    [
        "<articles><article><title>К</title><text>{t}</text><date>29.09.2025</date></article>"
        "<article><title>Ж</title><text>{t}2</text></article></articles>",
        "<root><list><news title='К' text='{t}' date='2025-09-29'/>"
        "<news title='Ж' text='{t}2'/></list></root>",
        "<resultset><row><field name='title'>К</field><field name='text'>{t}</field>"
        "<field name='date'>2025-09-29</field></row><row><field name='title'>Ж</field>"
        "<field name='text'>{t}2</field></row></resultset>",
        "<add><doc><field name='title'>К</field><field name='content'>{t}</field>"
        "<field name='date'>2025-09-29T00:00:00Z</field></doc><doc>"
        "<field name='content'>{t}2</field>"
        "<field name='title'>Ж</field></doc></add>",
        "<pma><database><table name='n'><column name='title'>К</column>"
        "<column name='text'>{t}</column><column name='date'>2025-09-29</column></table><table>"
        "<column name='title'>Ж</column>"
        "<column name='text'>{t}2</column></table></database></pma>",
    ],
    ids=["elements", "attributes", "mysql", "solr", "phpmyadmin"],
)
def test_records(read_file: Any, content: str) -> None:
    outcome = read_file("a.xml", '<?xml version="1.0"?>\n' + content.format(t=TEXT))
    assert outcome.problems == []
    assert outcome.bodies == [TEXT, f"{TEXT}2"]
    assert outcome.articles[0].title == "К"
    assert outcome.articles[0].day.isoformat() == "2025-09-29"


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Үлгі"/></body></opml>',
        '<?xml version="1.0"?><svg xmlns="x"><text>Сурет</text></svg>',
        "<TEI xmlns='x'><text><body><p>Мәтін.</p></body></text></TEI>",
        '<?xml version="1.0"?><a',
        '<?xml version="1.0"?>',
    ],
)
def test_other_xml_is_refused_by_its_root(read_file: Any, content: str) -> None:
    outcome = read_file("a.txt", content)
    assert outcome.articles == []
    assert "XML" in outcome.problems[0]


def test_records_are_let_go(read_file: Any) -> None:
    row = f"<article><title>К</title><text>{TEXT}</text></article>\n"
    assert len(read_file("a.xml", f"<articles>{row * 5_000}</articles>").articles) == 5_000


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<rss version='2.0'>", "rss"),
        (b"<?xml version='1.0'?>\n<!-- a --> <!DOCTYPE html PUBLIC 'x' 'y'>\n<HTML>", "html"),
        (b"<!DOCTYPE mediawiki [\n<!ELEMENT a ANY>\n]><mediawiki>", "mediawiki"),
        (b"<rdf:RDF xmlns='x'", "rdf"),
        (b"<!doctype html>", "html"),
        (b"a<b>", ""),
        (b"< b>", ""),
        (b"", ""),
    ],
)
def test_root(head: bytes, name: str) -> None:
    assert markup_root(head).name == name
