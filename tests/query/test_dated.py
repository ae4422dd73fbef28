"""Dates as filters, end to end: what they leave, and what they must not lose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from kzsearch import Article, Index, open_index
from kzsearch.documents import ALMATY

TODAY = dt.datetime(2026, 11, 22, 12, tzinfo=ALMATY)


def article(name: str, body: str, day: str | None) -> Article:
    return Article(id=name, body=body, date=dt.date.fromisoformat(day) if day else None)


ARTICLES = [
    article("monday", "Сайлау өтті.", "2026-11-09"),
    article("sunday", "Сайлау нәтижесі.", "2026-11-15"),
    article("before", "Сайлау жарияланды.", "2026-11-08"),
    article("after", "Сайлау қорытындысы.", "2026-11-16"),
    article("literal", "Өткен аптада сайлау өтті.", "2020-01-01"),
    article("undated", "Өткен аптада сайлау өтті.", None),
    article("undated words", "Сайлау болды.", None),
    article("other", "Театр ашылды.", "2026-11-10"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("dated"), create=True) as index:
        index.add(ARTICLES)
        yield index


def found(index: Index, query: str, **arguments: bool) -> tuple[list[str], list[str]]:
    with time_machine.travel(TODAY, tick=False):
        hits = index.search(query, **arguments).hits
    return (
        sorted(hit.article.id for hit in hits if not hit.fallback),
        sorted(hit.article.id for hit in hits if hit.fallback),
    )


def test_a_week_is_seven_days_from_monday(index: Index) -> None:
    first, below = found(index, "өткен апта сайлау")
    assert first == ["monday", "sunday", "undated"]
    assert below == ["literal", "undated words"]


def test_a_date_alone_lists_its_days(index: Index) -> None:
    first, below = found(index, "өткен апта")
    assert first == ["monday", "other", "sunday", "undated"]
    assert below == ["literal"]


def test_what_is_left_out_stays_out(index: Index) -> None:
    first, below = found(index, "өткен апта сайлау -нәтиже")
    assert first == ["monday", "undated"]
    assert below == ["literal", "undated words"]


def test_a_question_falls_back_on_its_words(index: Index) -> None:
    first, below = found(index, "келесі айда сайлау бола ма?")
    assert first == ["undated", "undated words"]
    assert "literal" in below


def test_searching_exactly_asks_for_the_words(index: Index) -> None:
    first, _ = found(index, "өткен апта сайлау", exact=True)
    assert first == ["literal", "undated"]


def test_other_filters_hold_too(index: Index) -> None:
    with time_machine.travel(TODAY, tick=False):
        page = index.search("өткен апта сайлау", date_to="2026-11-10")
    assert [hit.article.id for hit in page.hits] == ["monday", "literal"]
    assert page.notes[0].meant == "2026-11-09 – 2026-11-15"


def test_without_dates_nothing_changes(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Undated articles are found, ranked and scored as if the date were words."""
    bare = [Article(id=each.id, body=each.body) for each in ARTICLES]
    with open_index(tmp_path_factory.mktemp("bare"), create=True) as index:
        index.add(bare)
        for query in ("өткен апта сайлау", "өткен апта", "өткен аптада сайлау қайда өтті?"):
            read, exact = index.search(query), index.search(query, exact=True)
            assert [(hit.article.id, hit.score, hit.fallback) for hit in read.hits] == [
                (hit.article.id, hit.score, hit.fallback) for hit in exact.hits
            ]
            assert read.notes
