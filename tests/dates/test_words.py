"""The tables of date words: every row is used in its example."""

from __future__ import annotations

import datetime as dt

import pytest

from kzsearch.dates import ALMATY, parse_moment, read_rows
from kzsearch.dates.words import classes_on_pages

FETCHED = dt.datetime(2026, 11, 22, 12, 0, tzinfo=ALMATY)


@pytest.mark.parametrize(
    "row",
    [row for row in read_rows("words.tsv") if row[4] == "page"],
    ids=lambda row: f"{row[0]} {row[1]}",
)
def test_a_word_of_pages_is_read_in_its_example(row: list[str]) -> None:
    word, kind, value, _endings, _where, example = row
    assert word in example.lower()
    date = parse_moment(example, FETCHED)
    assert date is not None
    if kind == "month":
        assert date.month == int(value)


@pytest.mark.parametrize("row", read_rows("endings.tsv"), ids=lambda row: f"{row[0]} {row[1]}")
def test_every_ending_stands_in_its_example(row: list[str]) -> None:
    ending, _case, example = row
    stems = [word for word, _, _, endings, *_ in read_rows("words.tsv") if endings == "place"]
    assert any(example == stem + ending for stem in stems)


def test_columns_are_as_documented() -> None:
    for word, _kind, _value, endings, where, _example in read_rows("words.tsv"):
        assert word == word.lower()
        assert endings in ("place", "none")
        assert where in ("all", "page")


@pytest.mark.parametrize("word", ["qyrkúıek", "qyrküiek", "qırküyek", "кыркуйек", "قىركۇيەك"])
def test_a_month_in_other_letters(word: str) -> None:
    assert ("month", "9") in classes_on_pages(word)


@pytest.mark.parametrize("word", ["сенат", "senat", "the", "құрылтай", ""])
def test_no_date_word(word: str) -> None:
    assert classes_on_pages(word) == ()
