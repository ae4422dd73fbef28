"""Dates as they are written in the wild."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Article, parse_date
from kzsearch.errors import DocumentError

DAY = dt.date(2025, 9, 29)
PLUS_5 = dt.timezone(dt.timedelta(hours=5))


@pytest.mark.parametrize(
    "written",
    [
        "2025-09-29",
        " 2025-09-29 ",
        "20250929",
        20250929,
        "29.09.2025",
        "29.9.2025",
        "29.09.25",
        "29.09.2025 ж.",
        "2025/09/29",
        "2025.09.29",
        "2025 ж. 29 қыркүйек",
        "2025 ж. 29 қыркүйек, дүйсенбі",
        "2025 ж. 29 қыр.",
        "2025 жылғы 29 қыркүйек",
        "2025 жылғы 29 қыркүйектегі",
        "2025 жылдың 29 қыркүйегі",
        "2025-жылғы 29-қыркүйек",
        "29 қыркүйек 2025",
        "29 ҚЫРКҮЙЕК 2025",
        "29 қыркүйек, 2025 жыл",
        "29 Қыркүйек 2025 ж.",
        "29 сентября 2025 г.",
        "29 сентября 2025 года",
        "29.09.2025г.",
        "29-09-2025",
        "29/09/2025",
        "2025-9-29",
        "29.IX.2025",
        "29 Қыркүйек, 2025",
        "29-ші қыркүйек 2025",
        "қыркүйек 29, 2025",
        "дүйсенбі, 29 қыркүйек 2025 ж.",
        "Дс, 29 қыр. 2025",
        "29 сент. 2025",
        "Sep 29, 2025",
        "Monday, September 29th, 2025",
        "29 кыркуйек 2025",
        "29 qyrkúıek 2025",
        "29 qyrküiek 2025",
        "2025 j. 29 qyrkuiek",
        "٢٩ قىركۇيەك 2025",
        "Жарияланды: 29.09.2025",
        "Күні: 29 қыркүйек 2025",
        ["2025-09-29"],
        [2025, 9, 29],
        {"$date": "2025-09-29"},
        dt.date(2025, 9, 29),
    ],
)
def test_day(written: object) -> None:
    assert parse_date(written) == DAY
    assert not isinstance(parse_date(written), dt.datetime)


@pytest.mark.parametrize(
    "written",
    [
        "2025-09-29T14:30:00",
        "2025-09-29 14:30",
        "29.09.2025 14:30",
        "29.09.2025, 14:30:00",
        "29 қыркүйек 2025, 14:30",
        "29 қыркүйек 2025 сағат 14:30",
        "2025 ж. 29 қыркүйек, дүйсенбі, 14:30",
        "14:30, 29 қыркүйек 2025",
        "14:30 | 29.09.2025",
        "29.09.2025 в 14.30",
        "29.9.2025 ж. 14:30",
        "2025 жылғы 29 қыркүйек, 14:30 (Астана уақыты)",
        "Опубликовано 29 сентября 2025 г. в 14:30",
        "September 29, 2025 2:30 PM",
        "20250929T143000",
        "20250929143000",
        [2025, 9, 29, 14, 30, 0, 0, 272, 0],
    ],
)
def test_local_time(written: str) -> None:
    assert parse_date(written) == dt.datetime(2025, 9, 29, 14, 30)
    assert Article(body="а", date=parse_date(written)).date == dt.datetime(
        2025, 9, 29, 14, 30, tzinfo=PLUS_5
    )


@pytest.mark.parametrize(
    "written",
    [
        "2025-09-29T14:30:00+05:00",
        "2025-09-29 14:30:00 +0500",
        "2025-09-29T09:30:00Z",
        "Mon, 29 Sep 2025 14:30:00 +0500",
        "29 Sep 2025 09:30:00 GMT",
        "Mon, 29 Sep 2025 09:30:00 -0000",
        "Mon Sep 29 2025 14:30:00 GMT+0500",
        "2025-09-29 14:30:00+05",
        "2025-09-29T14:30:00.000000000+05:00",
        "29.09.2025 14:30:00 +05:00",
        "1759138200000000",
        "/Date(1759138200000)/",
        {"$date": {"$numberLong": "1759138200000"}},
        1759138200,
        1759138200.0,
        "1759138200",
        1759138200000,
        "1759138200000",
    ],
)
def test_moment(written: object) -> None:
    assert parse_date(written) == dt.datetime(2025, 9, 29, 14, 30, tzinfo=PLUS_5)


def test_unix_milliseconds_are_not_taken_for_a_compact_date() -> None:
    assert Article(body="а", date=parse_date("1712101512345")).day == dt.date(2024, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "  ",
        "-",
        "nan",
        "NULL",
        "None",
        r"\N",
        "0000-00-00",
        "Invalid Date",
        "белгісіз",
        [],
        {},
        "0000-00-00 00:00:00",
        float("nan"),
    ],
)
def test_nothing(written: object) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "2025-13-45",
        "2025-02-30",
        "31.02.2025",
        "31 ақпан 2025",
        "29 қырқа 2025",
        "09/29/2025",
        "09/05/2025",
        "29.09.2025 25:70",
        "кеше",
        "2025",
        2025,
        "2025-09-29T99:00",
        "29 қыркүйек, 14:30",
        "Бүгін, 14:30",
        "қыркүйек 2025",
        "14:30",
        "29.09.2025 – 30.09.2025",
        "29.09.2025 сенат",
        "29.09.2025 14:30 pm",
        "0001-01-01",
        [2025, 9, 31],
        [[[[[["2025-09-29"]]]]]],
        "1e400",
        float("inf"),
        10**20,
        True,
        {"date": "2025"},
        {"year": 2025},
        b"2025-09-29",
        "x" * 100_000,
        "1 " * 100_000,
    ],
)
def test_what_is_no_date_is_a_sentence(written: object) -> None:
    with pytest.raises(DocumentError, match=r"^the date") as caught:
        parse_date(written)
    assert len(str(caught.value)) < 120


FETCHED = dt.datetime(2025, 9, 30, 12, 0, tzinfo=PLUS_5)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("29 қыркүйек, 14:30", dt.datetime(2025, 9, 29, 14, 30)),
        ("29 сентября в 14:30", dt.datetime(2025, 9, 29, 14, 30)),
        ("30 желтоқсан", dt.date(2024, 12, 30)),
        ("1 қазан", dt.date(2025, 10, 1)),
        ("Бүгін, 14:30", dt.datetime(2025, 9, 30, 14, 30)),
        ("Búgin, 14:30", dt.datetime(2025, 9, 30, 14, 30)),
        ("Кеше", dt.date(2025, 9, 29)),
        ("Сегодня в 14:30", dt.datetime(2025, 9, 30, 14, 30)),
        ("Yesterday at 5:40 pm", dt.datetime(2025, 9, 29, 17, 40)),
        ("3 күн бұрын", dt.date(2025, 9, 27)),
        ("2 сағат бұрын", FETCHED - dt.timedelta(hours=2)),
        ("15 минут назад", FETCHED - dt.timedelta(minutes=15)),
        ("бір сағат бұрын", FETCHED - dt.timedelta(hours=1)),
        ("an hour ago", FETCHED - dt.timedelta(hours=1)),
    ],
)
def test_told_from_the_time_of_fetching(written: str, date: dt.date) -> None:
    assert parse_date(written, fetched=FETCHED) == date


MONTHS = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_every_day_can_be_written(day: dt.date) -> None:
    month = MONTHS.split()[day.month - 1]
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d.%m.%Y}") == day
    assert parse_date(f"{day.day} {month} {day.year}") == day
    assert parse_date(f"{day.year} ж. {day.day} {month}") == day


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.binary()))
def test_anything_is_a_date_or_a_sentence(value: object) -> None:
    try:
        date = parse_date(value)
    except DocumentError:
        return
    assert date is None or isinstance(date, dt.date)
