"""The tables themselves: whole, documented, and in the alphabet they say they are in."""

from __future__ import annotations

import unicodedata
from importlib import resources

import pytest

from kzsearch.text import normalize_text
from kzsearch.text.alphabet import LETTERS
from kzsearch.text.data_files import rows, table_lines, table_rows
from kzsearch.text.language_model import patterns

TABLES = {
    "abbreviations": 3,
    "characters": 4,
    "clitics": 2,
    "designations": 4,
    "digits": 3,
    "domains": 2,
    "hyphen_suffixes": 3,
    "language_model": 2,
    "lookalikes": 3,
    "neighbours": 4,
    "roman": 3,
    "units": 4,
}


def test_comments_and_empty_lines_are_left_out() -> None:
    lines = table_lines("kzsearch.text", "clitics.tsv")
    assert lines
    assert all(line and not line.startswith("#") for line in lines)


def test_every_table_is_known_here() -> None:
    folder = resources.files("kzsearch.text").joinpath("data")
    assert {file.name for file in folder.iterdir()} == {f"{name}.tsv" for name in TABLES}


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_complete_and_come_once(name: str) -> None:
    table = list(rows(name))
    assert {len(row) for row in table} == {TABLES[name]}
    if name != "language_model":
        assert all(all(cell.strip() == cell != "" for cell in row) for row in table)
    keys = [row[:2] if name == "hyphen_suffixes" else row[0] for row in table]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", ["clitics", "hyphen_suffixes"])
def test_examples_show_their_form(name: str) -> None:
    for *_, form, example in rows(name):
        assert form in example


@pytest.mark.parametrize("name", ["clitics", "hyphen_suffixes"])
def test_kazakh_forms_are_in_kazakh_letters(name: str) -> None:
    for *_, form, _example in rows(name):
        assert set(form) <= set(LETTERS)


def test_lookalikes_pair_a_latin_with_a_cyrillic_letter_of_the_same_case() -> None:
    for latin, cyrillic, example in rows("lookalikes"):
        assert unicodedata.name(latin).startswith("LATIN ")
        assert unicodedata.name(cyrillic).startswith("CYRILLIC ")
        assert latin.isupper() == cyrillic.isupper()
        assert normalize_text(example) == example.replace(latin, cyrillic) != example


def test_the_language_model_is_small_and_names_its_sources() -> None:
    file = resources.files("kzsearch.text").joinpath("data", "language_model.tsv")
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) < 300_000
    assert "CC BY-SA 4.0" in text.split("\n\n")[0]


def test_a_word_is_known_by_its_borders_and_letter_patterns() -> None:
    assert patterns("да") == ["", "^да$", "^д", "да", "а$", "^да", "да$"]
    assert "лала" in patterns("балалар")
    assert "балал" not in patterns("балалар")


def test_a_neighbours_letter_is_read_as_kazakh_in_its_example() -> None:
    for old, to, _beside, example in rows("neighbours"):
        assert old in example
        assert normalize_text(example) == example.replace(old, to)


def test_digits_are_digits_and_their_letters_kazakh() -> None:
    for digit, letters, example in rows("digits"):
        assert digit.isdigit()
        assert set(letters) <= set(LETTERS)
        assert digit in example


def test_a_compressed_table_reads_like_a_plain_one() -> None:
    first = next(table_rows("kzsearch.text.scripts", "letter_model.tsv.gz"))
    assert len(first) == 4


def test_units_stand_in_their_examples() -> None:
    for unit, words, where, example in rows("units"):
        assert unit in example.lower()
        assert where in ("any", "number")
        assert all(word == normalize_text(word).lower() != unit for word in words.split(","))
