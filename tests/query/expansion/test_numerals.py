from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.morphology import Analyzer
from kzsearch.query import normalize_numbers
from kzsearch.query.expansion.numerals import find_numerals, in_digits, in_words
from kzsearch.query.expansion.run import run_of
from kzsearch.text.data_files import table_rows


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("он бес", "15"),
        ("15-ші", "15"),
        ("он бесінші", "15"),
        ("он бестен", "15"),
        ("екі мың он жетінші", "2017"),
        ("мың тоғыз жүз тоқсан бес", "1995"),
        ("22 миллион", "22000000"),
        ("2,5 млн", "2500000"),
        ("екі жарым миллион", "2500000"),
        ("екі мың жарым", "2500"),
        ("5млн", "5000000"),
        ("500 000", "500000"),
        ("1 200 300", "1200300"),
        ("1 миллион 200 мың", "1200000"),
        ("жеті бүтін оннан бір", "7,1"),
        ("нөл бүтін жүзден бес", "0,05"),
        ("алты бүтін оннан екі триллион", "6200000000000"),
        ("төрт жүзден астам", "400 астам"),
        ("бес-алты", "5 6"),
        ("5 – 6", "5 6"),
        ("бес бес", "5 5"),
        ("он бес жиырма", "15 20"),
        ("2017 200", "2017 200"),
        ("бесеу", "5"),
        ("82%", "82 %"),
        ("82 пайыз", "82 %"),
        ("сексен екі процентке", "82 %"),
        ("екі бүтін", "2 бүтін"),
        ("15.000", "15000"),
        ("2.5 млн", "2500000"),
        ("ХХІ ғасыр", "21 ғасыр"),
        ("XX ғасырдың", "20 ғасыр"),
        ("007", "007"),
        ("1234567890123456", "1234567890123456"),
        ("алтын", "алтын"),
    ],
)
def test_ways_to_write_a_number_become_one(analyzer: Analyzer, text: str, normal: str) -> None:
    assert " ".join(normalize_numbers(analyzer.analyze(text))) == normal


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("бір", False),
        ("жүз", False),
        ("тоқсан", False),
        ("он", True),
        ("1", True),
        ("бір мың", True),
    ],
)
def test_words_with_other_meanings_are_no_certain_numbers(
    analyzer: Analyzer, text: str, certain: bool
) -> None:
    (numeral,) = find_numerals(run_of(analyzer.analyze(text)).atoms)
    assert numeral.certain is certain


@given(st.integers(1, 10**12 - 1) | st.integers(1, 9999))
def test_a_number_in_words_is_read_back(analyzer: Analyzer, number: int) -> None:
    words = in_words(Decimal(number))
    assert normalize_numbers(analyzer.analyze(words)) == [str(number)]


@given(st.decimals(0, 999, places=2))
def test_a_fraction_in_words_is_read_back(analyzer: Analyzer, number: Decimal) -> None:
    words, digits = in_words(number), in_digits(number)
    assert normalize_numbers(analyzer.analyze(words)) == [digits]
    assert normalize_numbers(analyzer.analyze(digits)) == [digits]


def test_one_is_said_behind_a_greater_number_only(analyzer: Analyzer) -> None:
    assert in_words(Decimal(1000)) == "мың"
    assert in_words(Decimal(2_001_000)) == "екі миллион бір мың"
    assert normalize_numbers(analyzer.analyze("екі миллион бір мың")) == ["2001000"]


def test_what_nobody_says_has_no_words() -> None:
    assert in_words(Decimal("0.12345")) == ""


@pytest.mark.parametrize(
    "row", list(table_rows("kzsearch.query", "numerals.tsv")), ids=lambda row: row[0]
)
def test_every_word_is_read_in_its_example(analyzer: Analyzer, row: list[str]) -> None:
    word, kind, *_, example = row
    assert word in example
    atoms = run_of(analyzer.analyze(example)).atoms
    covered = {i for numeral in find_numerals(atoms) for i in range(numeral.first, numeral.end)}
    places = [i for i, atom in enumerate(atoms) if atom.term.surface.startswith(word)]
    assert places
    assert set(places) <= covered, kind
