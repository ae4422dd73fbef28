"""Time beside the results: periods up to now, and how long ago an article appeared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from flask import Flask

from kzsearch_web.dates import format_age

Read = Callable[..., Any]
NOW = dt.datetime(2025, 10, 1, 20, 0, tzinfo=dt.UTC)  # 1:00 on Thursday the 2nd in Almaty


def shortcuts(page: Any) -> dict[str, tuple[str | None, dict[str, list[str]]]]:
    place = page.elements.index(page.one("ul", class_="shortcuts"))
    links = [each for each in page.elements[place : place + 9] if each.tag == "a"]
    return {
        link.text: (
            link.attributes.get("aria-current"),
            {
                name: value
                for name, value in parse_qs(urlsplit(link["href"]).query).items()
                if name in {"from", "to"}
            },
        )
        for link in links
    }


@time_machine.travel(NOW, tick=False)
def test_periods_end_now(read: Read) -> None:
    assert shortcuts(read("/", q="мектеп")) == {
        "бүгін": (None, {"from": ["2025-10-02"], "to": ["2025-10-02"]}),
        "осы апта": (None, {"from": ["2025-09-29"], "to": ["2025-10-05"]}),
        "осы ай": (None, {"from": ["2025-10"], "to": ["2025-10"]}),
        "осы жыл": (None, {"from": ["2025"], "to": ["2025"]}),
    }


@time_machine.travel(NOW, tick=False)
def test_the_one_in_use_is_told_and_taken_off(read: Read) -> None:
    page = read("/", q="мектеп", **{"from": "2025-09-29", "to": "2025-10-05"})
    found = shortcuts(page)
    assert found["осы апта"] == ("true", {})
    assert found["осы ай"][0] is None


@pytest.mark.parametrize(
    ("date", "ages"),
    [
        (dt.date(2025, 10, 2), ("бүгін", "сегодня", "today")),
        # Late in the evening of the 1st in London is the 2nd in Almaty.
        (dt.datetime(2025, 10, 1, 19, 30, tzinfo=dt.UTC), ("бүгін", "сегодня", "today")),
        (dt.date(2025, 10, 1), ("кеше", "вчера", "yesterday")),
        (dt.date(2025, 9, 29), ("3 күн бұрын", "3 дня назад", "3 days ago")),
        (dt.date(2025, 9, 10), ("3 апта бұрын", "3 недели назад", "3 weeks ago")),
        (dt.date(2025, 5, 2), ("5 ай бұрын", "5 месяцев назад", "5 months ago")),
        (dt.date(2024, 10, 4), ("11 ай бұрын", "11 месяцев назад", "11 months ago")),
        (dt.date(2022, 11, 2), ("2 жыл бұрын", "2 года назад", "2 years ago")),
        (dt.date(2019, 5, 2), ("6 жыл бұрын", "6 лет назад", "6 years ago")),
        (dt.date(2025, 10, 3), ("", "", "")),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_age_in_words(make_app: Callable[..., Flask], tmp_path: Any, date: Any, ages: Any) -> None:
    app = make_app(tmp_path / "none")
    for language, age in zip(("kk", "ru", "en"), ages, strict=True):
        with app.test_request_context(f"/?lang={language}"):
            assert format_age(date) == age


@time_machine.travel(NOW, tick=False)
def test_it_stands_beside_the_date(read: Read) -> None:
    assert "2025 ж. 29 қыркүйек 3 күн бұрын" in read("/", q="түнгі").one("p", class_="about").text
