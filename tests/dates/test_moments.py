"""What must hold for any date that sites may write."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.dates import ALMATY, parse_days, parse_moment

FETCHED = st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2150, 1, 1), timezones=st.just(ALMATY))
SCRAPS = (
    "29 қыркүйек 2025 14:30 . , ж. г. жылғы Sep 31 9 09 13 2 сағат бұрын бүгін кеше pm Z +05:00 / -"
    " 29.09.2025 20250929 2025-09-29T14:30 дүйсенбі Жарияланды: ago an a T : ٢٩ ²"
)


@given(st.lists(st.sampled_from(SCRAPS.split()), max_size=9), st.none() | FETCHED)
def test_scraps_of_dates_are_a_date_or_nothing(
    scraps: list[str], fetched: dt.datetime | None
) -> None:
    for text in (" ".join(scraps), "".join(scraps)):
        date = parse_moment(text, fetched)
        assert date is None or isinstance(date, dt.date)


@given(st.text(max_size=150))
def test_no_text_raises(text: str) -> None:
    parse_moment(text)
    parse_days(text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.times())
def test_time_may_stand_on_either_side(day: dt.date, time: dt.time) -> None:
    moment = dt.datetime.combine(day, time.replace(second=0, microsecond=0))
    assert parse_moment(f"{day:%d.%m.%Y} {time:%H:%M}") == moment
    assert parse_moment(f"{time:%H:%M}, {day:%d-%m-%Y}") == moment


@given(FETCHED, st.integers(0, 364))
def test_a_day_without_year_is_the_nearest_past_one(fetched: dt.datetime, ago: int) -> None:
    day = fetched.date() - dt.timedelta(days=ago)
    if (day.month, day.day) == (2, 29):
        return
    months = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
    date = parse_moment(f"{day.day} {months.split()[day.month - 1]}", fetched)
    # The day after the document was fetched is one of this year: clocks differ.
    assert date in (day, dt.date(day.year + 1, day.month, day.day))
    assert date is not None
    assert date <= fetched.date() + dt.timedelta(days=1)


@pytest.mark.parametrize("text", ["29.09.2025 " * 20, "29 қыркүйек " * 9, "2025" * 30])
def test_long_or_doubled_dates_are_none(text: str) -> None:
    assert parse_moment(text) is None
