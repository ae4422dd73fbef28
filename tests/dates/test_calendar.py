from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.dates.calendar import Unit, calendar_period, rolling_period

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@given(st.sampled_from(Unit), DAYS)
def test_this_period_holds_today_and_meets_its_neighbours(unit: Unit, today: dt.date) -> None:
    start, end = calendar_period(unit, 0, today)
    assert start <= today < end
    assert calendar_period(unit, -1, today)[1] == start
    assert calendar_period(unit, 1, today)[0] == end


@given(st.sampled_from(Unit), st.integers(1, 50), DAYS)
def test_a_rolling_period_ends_today(unit: Unit, count: int, today: dt.date) -> None:
    start, end = rolling_period(unit, count, today)
    assert start <= today
    assert end == today + dt.timedelta(days=1)


@given(DAYS)
def test_weeks_begin_on_monday(today: dt.date) -> None:
    assert calendar_period(Unit.WEEK, 0, today)[0].weekday() == 0


def test_a_month_back_from_its_31st_is_the_last_day_there_is() -> None:
    assert rolling_period(Unit.MONTH, 1, dt.date(2026, 3, 31))[0] == dt.date(2026, 3, 1)


def test_the_calendar_ends() -> None:
    with pytest.raises((ValueError, OverflowError)):
        calendar_period(Unit.YEAR, -9999, dt.date(2026, 1, 1))
