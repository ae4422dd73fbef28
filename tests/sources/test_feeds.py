"""Feeds as entries: what is whole, what is a summary, what names an article."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kzsearch.sources.entries import Entry
from kzsearch.sources.failures import FetchError
from kzsearch.sources.feeds import is_feed, read_feed
from kzsearch.sources.http import Answer

URL = "https://gazet.kz/rss"
LONG = "Ауылда жаңа мектеп ашылды, оған бәрі қуанды. " * 30


def answer(body: str, kind: str = "application/xml") -> Answer:
    return Answer(URL, 200, {"content-type": kind}, body.encode())


def rss(item: str) -> Answer:
    return answer(f"<rss version='2.0'><channel><title>Газет</title>{item}</channel></rss>")


def only(feed: Answer) -> Entry:
    assert is_feed(feed)
    (entry,) = read_feed(feed)
    return entry


def test_rss() -> None:
    entry = only(
        rss(
            "<item><title>Мектеп</title><link>/a?utm_source=rss</link><author>А. Сапарова</author>"
            "<pubDate>Mon, 29 Sep 2025 14:30:00 +0500</pubDate><category>білім</category>"
            "<description>Қысқаша &lt;b&gt;мазмұны&lt;/b&gt;</description></item>"
        )
    )
    assert entry.address == "https://gazet.kz/a"
    assert entry.title == "Мектеп"
    assert entry.date == "2025-09-29T14:30:00+05:00"
    assert (entry.text, entry.whole) == ("Қысқаша мазмұны", False)
    assert (entry.author, entry.category) == ("А. Сапарова", "білім")


@pytest.mark.parametrize(
    ("text", "whole"),
    [(LONG, True), (LONG[:400], False), (LONG + "…", False), (LONG + "Толығырақ »", False)],
)
def test_what_is_whole(text: str, whole: bool) -> None:
    entry = only(rss(f"<item><link>/a</link><description>{text}</description></item>"))
    assert entry.whole is whole


def test_an_entry_with_nothing_but_a_title() -> None:
    entry = only(rss("<item><title>Мектеп ашылды</title><link>/a</link></item>"))
    assert (entry.title, entry.text, entry.whole) == ("Мектеп ашылды", "", False)


def test_what_says_nothing_is_left_out() -> None:
    assert list(read_feed(rss("<item><link>/a</link></item><item></item>"))) == []


def test_atom() -> None:
    entry = only(
        answer(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Мектеп</title>"
            "<link href='https://gazet.kz/a'/><published>2025-09-29T09:30:00Z</published>"
            f"<content type='html'>&lt;p&gt;{LONG}&lt;/p&gt;</content></entry></feed>"
        )
    )
    assert (entry.address, entry.whole) == ("https://gazet.kz/a", True)


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Газет",
        "items": [{"id": "1", "url": "https://gazet.kz/a", "title": "Мектеп",
                   "content_html": f"<p>{LONG}</p>", "date_published": "2025-09-29T09:30:00Z"}],
    }  # fmt: skip
    entry = only(answer(json.dumps(feed, ensure_ascii=False), "application/feed+json"))
    assert (entry.address, entry.title, entry.whole) == ("https://gazet.kz/a", "Мектеп", True)


def test_entries_without_a_page_have_a_name() -> None:
    items = "".join(
        f"<item><guid isPermaLink='false'>n{n}</guid><title>Мақала {n}</title></item>"
        for n in range(2)
    )
    entries = list(read_feed(rss(items)))
    assert [entry.address for entry in entries] == ["", ""]
    assert len({entry.name for entry in entries}) == 2


@pytest.mark.parametrize("body", ["<html></html>", "{}", "", "text", "<urlset></urlset>"])
def test_what_is_no_feed(body: str) -> None:
    assert not is_feed(answer(body))


def test_declared_entities_are_refused() -> None:
    with pytest.raises(FetchError, match="entities"):
        list(read_feed(answer('<!DOCTYPE a [<!ENTITY b "c">]><rss></rss>')))


def test_an_entry_is_kept_as_it_is() -> None:
    entry = Entry(address="a", title="Ә", text="т", whole=True, date="2025-09-29")
    assert Entry.from_json(entry.to_json()) == entry
    assert entry.digest != replace(entry, text="").digest
    assert entry.moment == 1_759_086_000.0 + 24 * 3600
