"""What pages of HTML say to robots."""

from __future__ import annotations

import pytest

from kzsearch.sources.failures import FetchError
from kzsearch.sources.http import Answer
from kzsearch.sources.pages import (
    canonical_address,
    charset,
    is_html,
    linked_feeds,
    telegram_posts,
)

URL = "https://gazet.kz/news/1"


def page(head: str, body: str = "<p>мәтін</p>", url: str = URL, kind: str = "text/html") -> Answer:
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return Answer(url, 200, {"content-type": kind}, text.encode())


def test_feeds_a_page_names() -> None:
    head = """
    <link rel="alternate" type="application/rss+xml" title="Пікірлер" href="/comments/feed/">
    <link rel="Alternate" type="application/rss+xml; charset=utf-8" href="/feed/">
    <link rel="alternate" type="application/atom+xml" href="//cdn.kz/atom.xml?utm_source=a">
    <link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" hreflang="ru" href="/ru/">
    <link rel="alternate" type="application/feed+json">
    <link rel="stylesheet" type="application/rss+xml" href="/no">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    """
    assert linked_feeds(page(head)) == [
        "https://gazet.kz/feed/", "https://cdn.kz/atom.xml", "https://gazet.kz/comments/feed/",
    ]  # fmt: skip


def test_base_counts() -> None:
    head = '<base href="https://b.kz/x/"><link rel="alternate" type="text/rss+xml" href="rss">'
    assert linked_feeds(page(head)) == ["https://b.kz/x/rss"]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://www.gazet.kz/news/one", "https://www.gazet.kz/news/one"),
        ("/news/one?utm_source=x", "https://gazet.kz/news/one"),
        ("https://other.kz/news/1", URL),
        ("https://gazet.kz/", URL),
        ("https://gazet.kz", URL),
        ("", URL),
        ("http://[", URL),
    ],
)
def test_canonical_addresses(href: str, address: str) -> None:
    assert canonical_address(page(f'<link rel="canonical" href="{href}">')) == address


def test_a_page_without_canonical_address() -> None:
    assert canonical_address(page("")) == URL
    with pytest.raises(FetchError, match="empty"):
        canonical_address(Answer(URL, 200, {}, b"  "))


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (b"\xef\xbb\xbf <!doctype HTML>", True),
        (b"<html lang=kk>", True),
        (b"<!-- a --> <!-- b --><HTML>", True),
        (b'<?xml version="1.0"?><!DOCTYPE html>', True),
        (b'<?xml version="1.0"?><rss>', False),
        (b"%PDF-1.4", False),
        (b"<htmlx>", False),
    ],
)
def test_html_is_told_by_how_it_begins(body: bytes, html: bool) -> None:
    assert is_html(Answer(URL, 200, {}, body)) is html


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("text/html; Charset=windows-1251", "windows-1251"),
        ('a; charset="utf-8"', "utf-8"),
        ("", ""),
    ],
)
def test_the_encoding_of_the_header(kind: str, name: str) -> None:
    assert charset(page("", kind=kind)) == name


CHANNEL = """<div class="tgme_channel_info"></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="mysal/12">
  <div class="tgme_widget_message_reply"><div
    class="tgme_widget_message_text">Бұрынғы жазба</div></div>
  <div class="tgme_widget_message_text js-message_text">Жаңа <b>мектеп</b> ашылды<br/><br/>Ауылда
  жаңа оқу жылы.<br>Соңы.</div>
  <a class="tgme_widget_message_date" href="https://t.me/mysal/12"><time
    datetime="2025-09-29T09:00:00+00:00">14:00</time></a></div></div>
<div class="tgme_widget_message" data-post="mysal/13"><time datetime="2025-09-29T10:00:00+00:00">
  </time><a class="tgme_widget_message_photo_wrap"></a></div>
<div class="tgme_widget_message" data-post="mysal/14"><div
  class="tgme_widget_message_text">Күні жоқ</div><time datetime="бүгін"></time></div>"""


def test_posts_of_a_channel() -> None:
    first, second = telegram_posts(page("", CHANNEL, "https://t.me/s/mysal"))
    assert first.address == "https://t.me/mysal/12"
    assert first.title == "Жаңа мектеп ашылды"
    assert first.text == "Жаңа мектеп ашылды\n\nАуылда\nжаңа оқу жылы.\nСоңы."
    assert first.date == "2025-09-29T09:00:00+00:00"
    assert first.whole
    assert (second.title, second.date) == ("Күні жоқ", "")


def test_a_channel_without_posts_and_no_channel_at_all() -> None:
    assert telegram_posts(page("", '<div class="tgme_channel_info">')) == []
    with pytest.raises(FetchError, match="no public preview"):
        telegram_posts(page("", "<p>If you have Telegram</p>"))
