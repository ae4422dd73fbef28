"""Feeds in every dialect: RSS 0.9x, 1.0, 2.0, Atom, JSON Feed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kzsearch.documents.formats.feed import MAX_BYTES, entries, sniff
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Record

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Үлгі</title>
<link>https://ulgi.example</link><language>kk</language>
<item><title>Көпір &amp; жол</title><link>https://ulgi.example/1</link><guid>x1</guid>
<pubDate>Mon, 29 Sep 2025 14:30:00 +0500</pubDate><dc:creator>Айгүл</dc:creator>
<category>Қоғам</category><category>Қала</category><description>Қысқаша.</description>
<content:encoded><![CDATA[<p>Қалада жаңа көпір ашылды.</p><p>Ол ұзын.</p>]]>
</content:encoded></item>
</channel></rss>"""

RSS_1 = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://ulgi.example"><title>Үлгі</title></channel>
<item rdf:about="https://ulgi.example/1"><title>Көпір &amp; жол</title>
<link>https://ulgi.example/1</link><dc:date>2025-09-29T14:30:00+05:00</dc:date>
<dc:creator>Айгүл</dc:creator>
<description>&lt;p&gt;Қалада жаңа көпір ашылды.&lt;/p&gt;&lt;p&gt;Ол ұзын.&lt;/p&gt;</description>
</item></rdf:RDF>"""

RSS_091 = """<?xml version="1.0"?><rss version="0.91"><channel><title>Үлгі</title>
<item><title>Көпір &amp;amp; жол</title><link>https://ulgi.example/1</link>
<author>Айгүл</author><pubDate>29 Sep 2025 09:30:00 GMT</pubDate>
<description>Қалада жаңа көпір ашылды.&lt;br&gt;&lt;br&gt;Ол ұзын.</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Үлгі</title><entry><title type="html">Көпір &amp;amp; жол</title><id>urn:1</id>
<link rel="alternate" href="https://ulgi.example/1"/><updated>2025-12-01T00:00:00Z</updated>
<published>2025-09-29T14:30:00+05:00</published><author><name>Айгүл</name></author>
<category term="Қоғам"/><category term="Қала"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Қалада жаңа көпір ашылды.</p>
<p>Ол ұзын.</p></div></content></entry></feed>"""

JSON_FEED = json.dumps(
    {
        "items": [
            {
                "id": "1",
                "url": "https://ulgi.example/1",
                "title": "Көпір & жол",
                "content_html": "<p>Қалада жаңа көпір ашылды.</p><p>Ол ұзын.</p>",
                "date_published": "2025-09-29T14:30:00+05:00",
                "authors": [{"name": "Айгүл"}],
                "tags": ["Қоғам", "Қала"],
            }
        ],
        "title": "Үлгі",
        "version": "https://jsonfeed.org/version/1.1",
    }
)


@pytest.mark.parametrize("feed", [RSS, RSS_1, RSS_091, ATOM, JSON_FEED], ids=range(5))
def test_every_dialect(read_file: Any, feed: str) -> None:
    outcome = read_file("download", feed)
    assert outcome.problems == []
    [article] = outcome.articles
    assert (article.title, article.source) == ("Көпір & жол", "Үлгі")
    assert article.body == "Қалада жаңа көпір ашылды.\n\nОл ұзын."
    assert article.day.isoformat() == "2025-09-29"
    assert (article.url, article.author) == ("https://ulgi.example/1", "Айгүл")
    assert article.language == "kk"


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON_FEED], ids=["RSS", "Atom", "JSON Feed"])
def test_categories_are_several(read_file: Any, feed: str) -> None:
    [article] = read_file("download", feed).articles
    assert article.categories == ("Қоғам", "Қала")


@pytest.mark.parametrize("encoding", ["utf-8", "kz1048", "utf-16"])
def test_encodings(read_file: Any, encoding: str) -> None:
    declared = {"kz1048": "windows-1251"}.get(encoding, encoding)
    content = RSS.replace('encoding="utf-8"', f'encoding="{declared}"').encode(encoding)
    assert "Қалада жаңа көпір" in read_file("a.xml", content).bodies[0]


def test_records_of_a_feed_that_was_fetched() -> None:
    relative = RSS.replace("<link>https://ulgi.example/1", "<link>/1")
    [record] = entries(relative.encode(), "https://ulgi.example/rss")
    assert isinstance(record, Record)
    assert record.fields["url"] == "https://ulgi.example/1"
    assert record.fields["id"] == ""
    assert record.source == "Үлгі"


def test_entry_without_an_address_is_known_by_its_id() -> None:
    [record] = entries(RSS.replace("<link>https://ulgi.example/1</link>", "").encode())
    assert isinstance(record, Record)
    assert record.fields["id"] == "x1"


def test_entities_are_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    [problem] = entries(RSS.replace('<?xml version="1.0" encoding="utf-8"?>', bomb).encode())
    assert isinstance(problem, Problem)
    assert "entities" in problem.message


def test_size_is_capped() -> None:
    [problem] = entries(b"<rss>" + b" " * MAX_BYTES)
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("feed", [b"<rss", b"<rss></rss>", b"{", b"\0", b"<feed>&"])
def test_what_is_no_feed_gives_problems_or_nothing(feed: bytes) -> None:
    assert all(isinstance(found, Problem) for found in entries(feed))


def test_cut_off_feed_says_so_and_gives_what_it_has() -> None:
    second = RSS.replace("</channel></rss>", "<item><title>Екінші</title><description>Мәт")
    found = list(entries(second.encode()))
    assert isinstance(found[0], Record)
    assert any(isinstance(one, Problem) for one in found)


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("a@ulgi.example (Айгүл Үлгі)", "Айгүл Үлгі"),
        ("Айгүл Үлгі &lt;a@ulgi.example&gt;", "Айгүл Үлгі"),
        ("Айгүл Үлгі", "Айгүл Үлгі"),
        ("a@ulgi.example", ""),
    ],
)
def test_author_without_the_address(read_file: Any, stated: str, author: str) -> None:
    [article] = read_file("a.rss", RSS_091.replace("Айгүл", stated)).articles
    assert article.author == author


def test_feed_that_is_no_proper_xml_is_whole_all_the_same(read_file: Any) -> None:
    outcome = read_file("a.rss", RSS_091.replace("Көпір &amp;amp; жол", "Көпір & жол"))
    assert outcome.problems == []
    assert outcome.articles[0].title == "Көпір & жол"


def test_whole_text_in_another_namespace(read_file: Any) -> None:
    whole = "<yandex:full-text>Қалада жаңа көпір ашылды. Ол ұзын.</yandex:full-text>"
    feed = RSS.replace("<item>", f"<item xmlns:yandex='http://news.yandex.ru'>{whole}")
    feed = feed[: feed.index("<content:encoded>")] + "</item></channel></rss>"
    assert read_file("a.rss", feed).bodies == ["Қалада жаңа көпір ашылды. Ол ұзын."]


def test_entry_without_a_text(read_file: Any) -> None:
    item = "<item><title>Тек тақырып</title><link>https://ulgi.example/2</link></item>"
    outcome = read_file("a.rss", RSS.replace("<item>", f"{item}<item>"))
    assert len(outcome.articles) == 1
    assert "has no text in the feed" in outcome.problems[0]
    assert len(list(entries(RSS.replace("<item>", f"{item}<item>").encode()))) == 2


def test_sniff() -> None:
    assert sniff(b"<rss version='2.0'>")
    assert sniff(b'<?xml version="1.0"?>\n<!-- c --><?xml-stylesheet href="a"?><feed xmlns="x">')
    assert sniff(b"<rdf:RDF xmlns:rdf='x'>")
    assert not sniff(b"<html>")
