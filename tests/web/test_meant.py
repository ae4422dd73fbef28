"""Searches shown otherwise than they were typed, and hits that are not what was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from kzsearch import Article, open_index

Read = Callable[..., Any]


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_where_nothing_is_found_what_was_meant_is_shown_at_once(read: Read) -> None:
    page = read("/", q='"жаңлаығы"', source="Қала үні")
    assert page.find("li", class_="hit")
    note = page.one("p", class_="meant")
    assert note.text.startswith(
        '«"жаңлаығы"» бойынша ештеңе табылмады. «"жаңалығы"» бойынша нәтижелер көрсетілді.'
    )
    assert page.one("input", id="q")["value"] == '"жаңлаығы"'
    (on,) = page.find("a", rel="next") or [None]
    if on:
        assert query_of(on["href"])["q"] == ['"жаңалығы"']


def test_the_way_back_finds_nothing_and_offers_it(read: Read) -> None:
    page = read("/", q='"жаңлаығы"')
    (back,) = [link for link in page.find("a") if link.text.startswith("дәл «")]
    assert query_of(back["href"]) == {"q": ['"жаңлаығы"'], "exact": ["1"]}
    page = read("/", q='"жаңлаығы"', exact=1)
    assert page.find("li", class_="hit") == []
    assert page.one("p", class_="meant").text.startswith("Мүмкін")


@pytest.fixture
def dated(make_app: Callable[..., Flask], tmp_path: Path) -> Callable[[list[Article]], str]:
    def page(articles: list[Article]) -> str:
        with open_index(tmp_path, create=True) as index:
            index.add(articles)
        return make_app(tmp_path).test_client().get("/?q=мектеп+2025+жылғы+наурызда").text

    return page


WORDS = "Мектеп 2025 жылғы наурызда ашылды."
DIVIDER = "Бұл күндерге жататын мақала табылмады"
UNDATED = "Күні белгісіз, тек сөздері сәйкес"
OTHER = "Басқа күнгі мақала, тек сөздері сәйкес"


def test_undated_articles_say_that_they_only_hold_the_words(
    dated: Callable[[list[Article]], str],
) -> None:
    text = dated(
        [
            Article(id="a", title="Мектеп", body=WORDS, date=dt.date(2025, 3, 5)),
            Article(id="b", title="Мектеп туралы", body=WORDS + " Бұл – басқа мәтін."),
            Article(id="c", title="Мектеп жайлы", body=WORDS + " Ал.", date=dt.date(2024, 1, 1)),
        ]
    )
    assert [text.count(each) for each in (DIVIDER, UNDATED, OTHER)] == [0, 1, 1]


def test_where_none_is_of_the_days_that_is_said_above_them(
    dated: Callable[[list[Article]], str],
) -> None:
    text = dated([Article(id="b", title="Мектеп туралы", body=WORDS)])
    assert [text.count(each) for each in (DIVIDER, UNDATED)] == [1, 0]


def test_where_all_are_of_the_days_nothing_is_said(
    dated: Callable[[list[Article]], str],
) -> None:
    text = dated([Article(id="a", title="Мектеп", body=WORDS, date=dt.date(2025, 3, 5))])
    assert [text.count(each) for each in (DIVIDER, UNDATED, OTHER)] == [0, 0, 0]


def test_the_reasons_are_reachable_from_each_hit(read: Read) -> None:
    page = read("/", q="порт", page=1, sort="relevance")
    links = [link["href"] for link in page.find("a") if link.text == "Бұл неге табылды?"]
    assert [urlsplit(link).fragment for link in links] == ["hit-1", "hit-2"]
    page = read("/", q="порт жұмысы", explain=1)
    first = page.one("li", id="hit-1")
    reasons = [line for line in page.find("li") if " — " in line.text and line.text in first.text]
    assert [line.text.split(" — ")[0] for line in reasons if "hit" not in line.attributes] != []
    assert len({line.text.split(" — ")[0] for line in reasons}) == len(reasons) <= 3
