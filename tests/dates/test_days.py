from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.dates import parse_days, parse_period


def day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, day)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", day(2025, 1, 1), day(2026, 1, 1)),
        ("2025-09", day(2025, 9, 1), day(2025, 10, 1)),
        ("2025-9", day(2025, 9, 1), day(2025, 10, 1)),
        ("2025-12", day(2025, 12, 1), day(2026, 1, 1)),
        ("2024-02", day(2024, 2, 1), day(2024, 3, 1)),
        ("2024-02-29", day(2024, 2, 29), day(2024, 3, 1)),
        ("2025-12-31", day(2025, 12, 31), day(2026, 1, 1)),
        ("29.09.2025", day(2025, 9, 29), day(2025, 9, 30)),
        ("29/09/2025", day(2025, 9, 29), day(2025, 9, 30)),
        ("20250929", day(2025, 9, 29), day(2025, 9, 30)),
        ("2025-9-29", day(2025, 9, 29), day(2025, 9, 30)),
        ("09.2025", day(2025, 9, 1), day(2025, 10, 1)),
        ("29 қыркүйек 2025", day(2025, 9, 29), day(2025, 9, 30)),
        ("2025 жылғы күз", day(2025, 9, 1), day(2025, 12, 1)),
    ],
)
def test_a_period_is_half_open(text: str, start: dt.date, end: dt.date) -> None:
    assert parse_period(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "20255",
        "2025-13",
        "2025-00",
        "2025-02-30",
        "2025-9-",
        "0000",
        "٢٠٢٥",
        "2025-09..",
        "x",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize("text", ["9999", "9999-12", "9999-12-31"])
def test_the_last_year_has_no_day_after_it(text: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert period[1] is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025-09-01..2025-09-30", (day(2025, 9, 1), day(2025, 10, 1))),
        ("2025-09..2025-10", (day(2025, 9, 1), day(2025, 11, 1))),
        ("2024..2025-03-02", (day(2024, 1, 1), day(2025, 3, 3))),
        ("2025-10..2025-09", (day(2025, 9, 1), day(2025, 11, 1))),
        ("2025-09..", (day(2025, 9, 1), None)),
        ("..2025-09", (None, day(2025, 10, 1))),
        ("2025-09", (day(2025, 9, 1), day(2025, 10, 1))),
        ("..", None),
        ("2025..x", None),
        ("x..2025", None),
        ("2024..2025..2026", None),
    ],
)
def test_ranges(text: str, days: tuple[dt.date | None, dt.date | None] | None) -> None:
    assert parse_days(text) == days


@given(st.dates(), st.dates())
def test_a_range_holds_both_its_ends_in_either_order(one: dt.date, other: dt.date) -> None:
    days = parse_days(f"{one.isoformat()}..{other.isoformat()}")
    assert days is not None
    assert days == parse_days(f"{other.isoformat()}..{one.isoformat()}")
    start, end = days
    assert start == min(one, other)
    assert end is None or end - dt.timedelta(days=1) == max(one, other)


@given(st.text(alphabet="0123456789-. ٢x", max_size=25))
def test_no_text_raises(text: str) -> None:
    parse_days(text)
    parse_period(text)
