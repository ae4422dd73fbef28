from __future__ import annotations

import datetime as dt

import pytest

from kzsearch.engine.nodes import Any, DateRange, Keyword, KeywordField, Not
from kzsearch.errors import QueryError
from kzsearch.query import filter_nodes


def dates(date_from: dt.date | str | None, date_to: dt.date | str | None) -> list[object]:
    return list(filter_nodes(date_from, date_to, (), ()))


@pytest.mark.parametrize(
    ("date_from", "date_to", "start", "end"),
    [
        ("2025-09", "2025-09", dt.date(2025, 9, 1), dt.date(2025, 10, 1)),
        ("2025", None, dt.date(2025, 1, 1), None),
        (None, "2025", None, dt.date(2026, 1, 1)),
        (None, " 2025-02-28 ", None, dt.date(2025, 3, 1)),
        (dt.date(2025, 9, 1), dt.date(2025, 9, 30), dt.date(2025, 9, 1), dt.date(2025, 10, 1)),
        (dt.datetime(2025, 9, 1, 23), None, dt.date(2025, 9, 1), None),
        # 20:30 in Greenwich is 01:30 of the next day in Almaty.
        (dt.datetime(2025, 9, 1, 20, 30, tzinfo=dt.UTC), None, dt.date(2025, 9, 2), None),
    ],
)
def test_both_dates_are_inclusive(
    date_from: dt.date | str | None,
    date_to: dt.date | str | None,
    start: dt.date | None,
    end: dt.date | None,
) -> None:
    assert dates(date_from, date_to) == [DateRange(start, end)]


@pytest.mark.parametrize("empty", [None, ""])
def test_no_date_is_no_filter(empty: str | None) -> None:
    assert dates(empty, empty) == []


@pytest.mark.parametrize("wrong", ["yesterday", "2025-13", "31.09.2025", "2025..", " "])
def test_a_date_that_cannot_be_read(wrong: str) -> None:
    with pytest.raises(QueryError, match="is not a year, month or day like 2025-09-29"):
        dates(wrong, None)


def test_dates_that_run_backwards() -> None:
    with pytest.raises(QueryError, match="2025-10 comes after 2025-09"):
        dates("2025-10", "2025-09")
    assert dates("2025-09-15", "2025-09") == [DateRange(dt.date(2025, 9, 15), dt.date(2025, 10, 1))]


def test_several_values_mean_any_of_them() -> None:
    baq, qala = Keyword(KeywordField.SOURCE, "BAQ.KZ"), Keyword(KeywordField.SOURCE, "Qala News")
    sport = Keyword(KeywordField.CATEGORY, "Спорт")
    assert list(filter_nodes(None, None, ["BAQ.KZ", "Qala News", ""], "Спорт")) == [
        Any((baq, qala)),
        sport,
    ]
    assert list(filter_nodes(None, None, "", [])) == []


def test_sources_can_be_left_out() -> None:
    a, b = (Keyword(KeywordField.SOURCE, name) for name in ("а", "б"))
    assert list(filter_nodes(not_source="а")) == [Not(a)]
    assert list(filter_nodes(not_source=["а", "б"])) == [Not(Any((a, b)))]
