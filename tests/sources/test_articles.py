"""Articles from pages and entries that were fetched."""

from __future__ import annotations

from pathlib import Path

import time_machine

from kzsearch.sources.articles import article_from_page
from kzsearch.sources.config import parse_sources
from kzsearch.sources.entries import Entry
from kzsearch.sources.feeds import read_feed
from kzsearch.sources.http import Answer

URL = "https://ulgi.example/1"
NOW = "2025-09-30T05:00:00Z"


def test_date_of_a_page_against_the_time_of_fetching() -> None:
    paragraphs = "".join(
        f"<p>{n}-сөйлем: қалада жаңа көпір ашылды, ол екі жағалауды қосады.</p>" for n in range(9)
    )
    page = f"<html><body><h1>Көпір</h1><span>Бүгін, 09:15</span>{paragraphs}</body></html>"
    answer = Answer(URL, 200, {"content-type": "text/html; charset=utf-8"}, page.encode())
    text = f'[[source]]\nname = "Үлгі"\nfeed = "{URL}"\n'
    [source] = parse_sources(text, Path("sources.toml")).sources
    with time_machine.travel(NOW, tick=False):
        article = article_from_page(answer, URL, Entry(), source)
    assert article.date is not None
    assert article.date.isoformat() == "2025-09-30T09:15:00+05:00"


def test_date_of_an_entry_against_the_time_of_fetching() -> None:
    item = f"<item><title>Көпір</title><link>{URL}</link><pubDate>Кеше, 18:40</pubDate></item>"
    feed = f"<rss version='2.0'><channel><title>Үлгі</title>{item}</channel></rss>"
    with time_machine.travel(NOW, tick=False):
        [entry] = read_feed(Answer(URL, 200, {}, feed.encode()))
    assert entry.date == "2025-09-29T18:40:00+05:00"
