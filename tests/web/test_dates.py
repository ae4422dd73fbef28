import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from kzsearch_web.dates import days_of, format_day, format_month, format_period


@pytest.fixture
def speak(make_app: Callable[..., Flask], index_path: Path) -> Iterator[Callable[[str], None]]:
    """Makes the following dates be written in a language."""
    contexts = []

    def start(language: str) -> None:
        context = make_app(index_path).test_request_context(f"/?lang={language}")
        context.push()
        contexts.append(context)

    yield start
    for context in reversed(contexts):
        context.pop()


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025-12", dt.date(2025, 12, 1), dt.date(2025, 12, 31)),
        ("2025-09-29", dt.date(2025, 9, 29), dt.date(2025, 9, 29)),
        ("9999", dt.date(9999, 1, 1), dt.date(9999, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: dt.date, last: dt.date) -> None:
    assert days_of(period) == (first, last)


@pytest.mark.parametrize("period", ["", "25", "2025-13", "2025-02-29", "2025-09-29T10", "кеше"])
def test_anything_else_is_no_period(period: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        days_of(period)


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("kk", "2025\u202fж. 29 қыркүйек", "2025\u202fж. қыркүйек"),
        ("ru", "29 сентября 2025\u202fг.", "сентябрь 2025\u202fг."),
        ("en", "September 29, 2025", "September 2025"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(
    speak: Callable[[str], None], language: str, day: str, month: str
) -> None:
    speak(language)
    assert format_day(dt.date(2025, 9, 29)) == day
    assert format_month("2025-09") == month


def test_a_day_begins_in_almaty(speak: Callable[[str], None]) -> None:
    speak("kk")
    late = dt.datetime(2025, 9, 28, 20, 30, tzinfo=dt.UTC)
    assert format_day(late).endswith("29 қыркүйек")
    assert format_day(late, time=True).endswith("29 қыркүйек, 01:30")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2025-09", "2025-09", "September 2025"),
        ("2025", "2025", "2025"),
        ("2025-09-29", "2025-09-29", "September 29, 2025"),
        ("2025-08", "2025-09", "August 1\u2009–\u2009September 30, 2025"),
        ("2025-08-05", "", "August 5, 2025 –"),
        ("", "2025-09", "– September 30, 2025"),
    ],
)
def test_periods_are_written_as_short_as_they_can_be(
    speak: Callable[[str], None], first: str, last: str, text: str
) -> None:
    speak("en")
    assert format_period(first, last) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-11-16", "2026-11-22", "2026 жылғы 16–22 қараша"),
        ("2026-09", "2026-11-22", "2026 жылғы 1 қыркүйек – 22 қараша"),
        ("2025", "2026", "2025 жылғы 1 қаңтар – 2026 жылғы 31 желтоқсан"),
    ],
)
def test_the_year_goes_before_its_days_in_kazakh(
    speak: Callable[[str], None], first: str, last: str, text: str
) -> None:
    speak("kk")
    assert format_period(first, last) == text
