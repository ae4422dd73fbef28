"""How hits lie in time, against counting one by one."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import Engine, Everything, SearchRequest
from kzsearch.engine.interface import Period, Timeline

ALL = SearchRequest(Everything(), collapse=True)


def first_day(day: dt.date, unit: Period) -> dt.date:
    match unit:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - dt.timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.YEAR:
            return day.replace(month=1, day=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    days=st.lists(st.none() | st.dates(dt.date(1998, 1, 1), dt.date(2001, 12, 31)), max_size=12),
    unit=st.sampled_from(Period),
)
def test_every_hit_is_counted_in_its_period(
    engine: Engine, days: list[dt.date | None], unit: Period
) -> None:
    engine.delete(list(engine.ids()))
    engine.add(Article(id=str(n), body=f"сөз{n}", date=day) for n, day in enumerate(days))
    found = engine.timeline(ALL, unit, 60)
    expected = Counter(first_day(day, unit) for day in days if day)
    assert found.unit is unit
    assert found.undated == days.count(None)
    assert found.total == len(days)
    assert {day: count for day, count in found.bars if count} == dict(expected)
    starts = [day for day, _ in found.bars]
    assert starts == sorted(starts)
    if starts:
        assert (starts[0], starts[-1]) == (min(expected), max(expected))
        every = {first_day(starts[0] + dt.timedelta(days=n), unit)
                 for n in range((starts[-1] - starts[0]).days + 1)}  # fmt: skip
        assert set(starts) == every


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        (dt.date(2025, 1, 1), Period.DAY),
        (dt.date(2025, 3, 1), Period.DAY),
        (dt.date(2025, 3, 3), Period.WEEK),
        (dt.date(2026, 2, 1), Period.WEEK),
        (dt.date(2026, 6, 1), Period.MONTH),
        (dt.date(2029, 12, 1), Period.MONTH),
        (dt.date(2030, 1, 1), Period.YEAR),
        (dt.date(2199, 1, 1), Period.YEAR),
    ],
)
def test_the_unit_fits_the_span(engine: Engine, last: dt.date, unit: Period) -> None:
    engine.add([Article(id="a", body="бір", date=dt.date(2025, 1, 1))])
    engine.add([Article(id="b", body="екі", date=last)])
    found = engine.timeline(ALL, None, 60)
    assert found.unit is unit
    assert len(found.bars) <= 60 or unit is Period.YEAR
    assert sum(count for _, count in found.bars) == 2


def test_nothing_and_the_undated(engine: Engine) -> None:
    assert engine.timeline(ALL, None, 60) == Timeline(Period.YEAR)
    engine.add([Article(id="a", body="бір")])
    assert engine.timeline(ALL, Period.DAY, 60) == Timeline(Period.DAY, (), 1, 1)


def test_reprints_of_one_period_count_once(engine: Engine) -> None:
    text = " ".join(f"{a}{b}{c}" for a in "бвгд" for b in "аәеоөуүы" for c in "мнр")
    days = [dt.date(2025, 1, 1), dt.date(2025, 1, 2), dt.date(2025, 2, 1), None]
    engine.add(Article(id=f"a{n}", body=text, date=day) for n, day in enumerate(days))
    assert [count for _, count in engine.timeline(ALL, Period.MONTH, 60).bars] == [1, 1]
    assert engine.timeline(ALL, Period.MONTH, 60).undated == 1
    unfolded = SearchRequest(Everything())
    assert [count for _, count in engine.timeline(unfolded, Period.MONTH, 60).bars] == [2, 1]
