"""The source a text names itself."""

from __future__ import annotations

import pytest

from kzsearch.documents.bylines import byline_source
from kzsearch.documents.tables import read_table


@pytest.mark.parametrize(("_pattern", "source", "example"), read_table("bylines.tsv"))
def test_every_row_finds_its_example(_pattern: str, source: str, example: str) -> None:
    assert byline_source(example) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("кездесті, деп хабарлайды BAQ.KZ тілшісі.", "BAQ.KZ"),
        ("кездесті, - ДЕП ХАБАРЛАЙДЫ\nBAQ.KZ.", "BAQ.KZ"),
        ("өтіп жатыр, деп хабарлайды Sports.kz.Қазақстандық спортшы", "Sports.kz"),
        ("деп хабарлайды BAQ.KZ «Қазгидромет» РМК-ға сілтеме жасап.", "BAQ.KZ"),
        ("деп хабарлайды 24.kz телеарнасы.", "24.kz"),
        ("деп хабарлады Салтанат Әзірбек.", ""),
        ("деп жазды Трамп.", ""),
        ("деп хабарлады ДП баспасөз қызметі.", ""),
        ("деп хабарлайды Ақорданың баспасөз қызметі.", ""),
        ("BAQ.KZ сайты жаңарды.", ""),
        ("", ""),
    ],
)
def test_bylines(text: str, source: str) -> None:
    assert byline_source(text) == source


def test_only_the_beginning_counts() -> None:
    assert byline_source("сөз " * 1000 + "деп хабарлайды BAQ.KZ.") == ""
