from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.dates import read_rows
from kzsearch.morphology import Analyzer
from kzsearch.query.date_phrases import DatePhrase, read_dates
from kzsearch.query.expansion.run import run_of

TODAY = dt.date(2026, 11, 22)
"""A Sunday, the last day of its week."""


def dates(analyzer: Analyzer, text: str, today: dt.date = TODAY) -> list[DatePhrase]:
    return list(read_dates(run_of(analyzer.analyze(text, query=True)), today))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("кеше", "2026-11-21"),
        ("кешегі", "2026-11-21"),
        ("бүгін", "2026-11-22"),
        ("алдыңгүні", "2026-11-20"),
        ("алдыңғы күні", "2026-11-20"),
        ("осы аптада", "2026-11-16 – 2026-11-22"),
        ("өткен аптадағы", "2026-11-09 – 2026-11-15"),
        ("келесі апта", "2026-11-23 – 2026-11-29"),
        ("өткен айда", "2026-10-01 – 2026-10-31"),
        ("осы тоқсанда", "2026-10-01 – 2026-12-31"),
        ("өткен тоқсан", "2026-07-01 – 2026-09-30"),
        ("өткен жылы", "2025-01-01 – 2025-12-31"),
        ("былтырғы жылдың", "2025-01-01 – 2025-12-31"),
        ("биыл", "2026-01-01 – 2026-12-31"),
        ("соңғы 3 күн", "2026-11-20 – 2026-11-22"),
        ("соңғы үш күнде", "2026-11-20 – 2026-11-22"),
        ("соңғы аптада", "2026-11-16 – 2026-11-22"),
        ("соңғы 2 ай", "2026-09-23 – 2026-11-22"),
        ("соңғы жыл", "2025-11-23 – 2026-11-22"),
        ("3 күн бұрын", "2026-11-19"),
        ("екі апта бұрын", "2026-11-02 – 2026-11-08"),
        ("он жыл бұрын", "2016-01-01 – 2016-12-31"),
        ("2025 жылы", "2025-01-01 – 2025-12-31"),
        ("2025-жылы", "2025-01-01 – 2025-12-31"),
        ("2025 ж.", "2025-01-01 – 2025-12-31"),
        ("екі мың жиырма бесінші жылы", "2025-01-01 – 2025-12-31"),
        ("2025 жылғы қыркүйекте", "2025-09-01 – 2025-09-30"),
        ("2025 жылдың қыркүйегінде", "2025-09-01 – 2025-09-30"),
        ("2025 жылдың қыркүйек айында", "2025-09-01 – 2025-09-30"),
        ("2025 жылғы 29 қыркүйектегі", "2025-09-29"),
        ("29 қыркүйек 2025", "2025-09-29"),
        ("29-қыркүйек", "2026-09-29"),
        ("22 қараша", "2026-11-22"),
        ("23 қараша", "2025-11-23"),
        ("29 ақпан", "2024-02-29"),
        ("былтырғы 29 қыркүйекте", "2025-09-29"),
        ("қазан айында", "2026-10-01 – 2026-10-31"),
        ("желтоқсан айында", "2025-12-01 – 2025-12-31"),
        ("16 желтоқсан 2025", "2025-12-16"),
        ("29.09.2025", "2025-09-29"),
        ("29/09/2025", "2025-09-29"),
        ("2025-9-29", "2025-09-29"),
        ("20250929", "2025-09-29"),
        ("2025-09", "2025-09-01 – 2025-09-30"),
        ("2025 жылдың үшінші тоқсаны", "2025-07-01 – 2025-09-30"),
        ("2025 жылғы 3-тоқсанда", "2025-07-01 – 2025-09-30"),
        ("2025 жылғы III тоқсан", "2025-07-01 – 2025-09-30"),
        ("төртінші тоқсан", "2026-10-01 – 2026-12-31"),
        ("бірінші жартыжылдықта", "2026-01-01 – 2026-06-30"),
        ("2025 жылдың екінші жартысында", "2025-07-01 – 2025-12-31"),
        ("2025 жылдың күзінде", "2025-09-01 – 2025-11-30"),
        ("2025 жылғы қыс", "2024-12-01 – 2025-02-28"),
        ("өткен жазда", "2026-06-01 – 2026-08-31"),
        ("осы күзде", "2026-09-01 – 2026-11-30"),
        ("былтырғы көктемде", "2025-03-01 – 2025-05-31"),
        ("2024-2025 жылдары", "2024-01-01 – 2025-12-31"),
        ("2023 жылдан 2024 жылға дейін", "2023-01-01 – 2024-12-31"),
        ("2025 жылдан бері", "2025-01-01 –"),
        ("2025 жылғы қыркүйектен бастап", "2025-09-01 –"),
        ("2024 жылдан кейін", "2025-01-01 –"),
        ("2024 жылға дейін", "– 2023-12-31"),
        ("до 2024 года", "– 2023-12-31"),
        ("с 2025 года", "2025-01-01 –"),
        ("өткен аптадан бері", "2026-11-09 –"),
        ("2025 жылғы шілде-тамыз", "2025-07-01 – 2025-08-31"),
        ("маусым-тамыз айларында", "2026-06-01 – 2026-08-31"),
        ("желтоқсан-қаңтар айларында", "2025-12-01 – 2026-01-31"),
        ("2025 жылғы наурыздан мамырға дейін", "2025-03-01 – 2025-05-31"),
        ("5-9 қыркүйек 2025", "2025-09-05 – 2025-09-09"),
        ("2025 жылғы 29 қыркүйек – 5 қазан", "2025-09-29 – 2025-10-05"),
        ("лето 2025 года", "2025-06-01 – 2025-08-31"),
        ("вчера", "2026-11-21"),
        ("прошлой неделе", "2026-11-09 – 2026-11-15"),
        ("последние 3 дня", "2026-11-20 – 2026-11-22"),
        ("5 дней назад", "2026-11-17"),
        ("сентябре 2025 года", "2025-09-01 – 2025-09-30"),
    ],
)
def test_a_phrase_means_days(analyzer: Analyzer, text: str, days: str) -> None:
    (date,) = dates(analyzer, text)
    assert date.meant == days
    assert date.first == 0


@pytest.mark.parametrize(
    "text",
    [
        "қазан",
        "мамыр",
        "кешке",
        "бүгінгі таңда",
        "келесі күні",
        "соңғы жаңалық",
        "соңғы жылдары",
        "2030 жылға дейін",
        "2027 жылдан бастап",
        "29 қыркүйектен бастап",
        "29 қыркүйекке дейін",
        "31 ақпан",
        "32 қыркүйек",
        "16 желтоқсан",
        "8 наурыз",
        "2027 жылы",
        "25000 жыл",
        "2 млн жыл бұрын",
        "3,5 жыл бұрын",
        "5000 жыл бұрын",
        "2025.09",
        "31.02.2025",
        "30 11 22 2025",
        "бірінші жартысында",
        "жазда",
        "өткен",
    ],
)
def test_what_is_no_date(analyzer: Analyzer, text: str) -> None:
    assert dates(analyzer, text) == []


def test_dates_are_found_among_words(analyzer: Analyzer) -> None:
    found = dates(analyzer, "сайлау кеше және өткен аптада өтті")
    assert [(date.first, date.end) for date in found] == [(1, 2), (3, 5)]


def test_half_a_compound_is_no_date(analyzer: Analyzer) -> None:
    assert dates(analyzer, "алматы-29 қыркүйек") == []


WORDS = "соңғы өткен осы 3 үш 29 31 2025 күн апта ай жыл жылы бұрын қыркүйек ақпан былтыр кеше"
WORDS += " 2024 жылдан бері жылға дейін тоқсан қыста қыркүйектен 09 до с 29.09.2025 бастап кейін"


@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=12),
    st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 30)),
)
def test_dates_do_not_overlap_and_hold_a_day(
    analyzer: Analyzer, words: list[str], today: dt.date
) -> None:
    done = 0
    for date in dates(analyzer, " ".join(words), today):
        assert done <= date.first < date.end
        assert date.start is None or date.stop is None or date.start < date.stop
        done = date.end


@pytest.mark.parametrize("row", read_rows("phrases.tsv"), ids=lambda row: row[0])
def test_every_phrase_is_read_in_its_example(analyzer: Analyzer, row: list[str]) -> None:
    _phrase, meaning, example = row
    found = dates(analyzer, example)
    if meaning == "words":
        assert found == []
    else:
        (date,) = found
        assert date.end == len(run_of(analyzer.analyze(example)).slots)


@pytest.mark.parametrize(
    "row",
    [row for row in read_rows("words.tsv") if row[4] == "all"],
    ids=lambda row: f"{row[0]} {row[1]}",
)
def test_every_word_is_used_in_its_example(analyzer: Analyzer, row: list[str]) -> None:
    word, kind, *_, example = row
    run = run_of(analyzer.analyze(example, query=True))
    covered = {i for date in dates(analyzer, example) for i in range(date.first, date.end)}
    at = next(
        i for i, slot in enumerate(run.slots) for term in slot if term.surface.startswith(word)
    )
    assert (at in covered) is (kind != "nowadays")


@pytest.mark.parametrize("row", read_rows("named_days.tsv"), ids=lambda row: row[2])
def test_a_named_day_is_words(analyzer: Analyzer, row: list[str]) -> None:
    month, day, example = row
    assert dates(analyzer, example) == []
    (date,) = dates(analyzer, f"2025 жылғы {example}")
    assert (date.start.month, date.start.day) == (int(month), int(day))
