"""Whatever comes in from outside, nothing but FetchError comes out."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzsearch.errors import DocumentError
from kzsearch.sources.articles import article_from_page
from kzsearch.sources.config import parse_sources
from kzsearch.sources.entries import Entry
from kzsearch.sources.failures import FetchError
from kzsearch.sources.feeds import is_feed, read_feed
from kzsearch.sources.http import Answer, Exchange
from kzsearch.sources.pages import canonical_address, is_html, linked_feeds, telegram_posts
from kzsearch.sources.robots import rules_of
from kzsearch.sources.sitemaps import read_sitemap

URL = "https://gazet.kz/a"

PIECES = """\
<
>
&
"
=
ә ї
&amp;&#0;
]]>
<!--
-->
</
<html><head>
<body><article><p>
<br>
<link rel=canonical href=
<link rel=alternate type=application/rss+xml href=
<base href=
http://[
//
http://gazet.kz/ә?utm_source=1
javascript:1
<div class=tgme_widget_message data-post='a/1'>
<div class=tgme_widget_message_text>
<time datetime=
<rss><channel>
<item>
<title>
<pubDate>2025-13-45
<guid>
<description>
<urlset>
<url>
<loc>
<lastmod>
</loc></url></urlset>
<sitemapindex>
<?xml version='1.0' encoding='utf-16'?>
<?xml version='1.0' encoding='x'?>
<script type=application/ld+json>
{"@type": "NewsArticle", "headline": [
{"version": "https://jsonfeed.org/version/1", "items": [
null]}""".splitlines()
BODIES = st.one_of(
    st.lists(st.sampled_from([*PIECES, "\n", "\0", "\ufeff"]), max_size=30).map(
        lambda parts: "".join(parts).encode()
    ),
    st.binary(max_size=200),
)
SOURCE = parse_sources(f'[[source]]\nname = "Газет"\nfeed = "{URL}"', Path("sources.toml")).sources[
    0
]


@pytest.mark.parametrize(
    "read",
    [
        lambda answer: read_sitemap(answer.body, answer.url),
        lambda answer: list(read_feed(answer)),
        linked_feeds,
        canonical_address,
        telegram_posts,
        is_feed,
        is_html,
    ],
)
@settings(max_examples=60)
@given(
    BODIES, st.sampled_from(["", "text/html", "text/html; charset=windows-1251", "a; charset=x"])
)
@example(b"{\x80", "")
def test_readers(read: Callable[[Answer], object], body: bytes, kind: str) -> None:
    with suppress(FetchError):
        read(Answer(URL, 200, {"content-type": kind}, body))


@settings(max_examples=60)
@given(BODIES)
def test_pages(body: bytes) -> None:
    with suppress(DocumentError):
        assert article_from_page(Answer(URL, 200, {}, body), URL, Entry(), SOURCE).body


@given(st.text())
@example("Crawl-delay: 1e999\nUser-agent: *\nRequest-rate: 0/0\nDisallow: /" + "*a" * 5000)
def test_robots(text: str) -> None:
    rules = rules_of(text, "kzsearch/1")
    assert rules.allow("https://gazet.kz/" + "a" * 1000) in {True, False}
    assert rules.delay >= 0


class Canned(Exchange):
    """Gets the same bytes from every host."""

    bytes_sent = b""

    def connect(self, *_: Any, **__: Any) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.sendall(Canned.bytes_sent)
        theirs.close()
        return ours


@settings(max_examples=200)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.tuples(
            st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.1 304 x", b"HTTP/2 999", b"HTTP/1.0 20"]),
            st.lists(
                st.sampled_from([
                    b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: \xff",
                    b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", b"ETag: a\r\n b",
                    b":", b"no colon", b"X: " + b"y" * 66_000, b"Retry-After: \xb2",
                ]),
                max_size=2,
            ),
            st.binary(max_size=50),
        ).map(lambda parts: b"\r\n".join([parts[0], *parts[1], b"", parts[2]])),
    )
)  # fmt: skip
def test_answers(sent: bytes) -> None:
    Canned.bytes_sent = sent
    with suppress(FetchError):
        assert Canned(seconds=5).get("http://gazet.kz/", {"User-Agent": "t"}).status >= 100
