"""Numbers in digit groups, and what only looks so."""

import pytest

from kzsearch.text import tokenize
from kzsearch.text.runs import read_run, split_runs


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("15 000 адам", ["15000"]),
        ("15\u00a0000 адам", ["15000"]),
        ("15\u202f000\u2009000 теңге", ["15000000"]),
        ("15 000-нан 2 000 адамға", ["15000-нан", "2000"]),
        ("1 500,5 тонна", ["1500,5"]),
        ("$15 000", ["15000"]),
        ("(115 000)", ["115000"]),
        ("10 000-15 000 орын", ["10000-15000", "10000", "15000"]),
    ],
)
def test_digit_groups_are_one_number(text: str, numbers: list[str]) -> None:
    assert [token.text for token in tokenize(text) if token.text[0].isdigit()] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "8 701 123 45 67",  # a phone number
        "727 250 1234",
        "2025 100",  # a year
        "2,5 100",
        "12.09 100",
        "3:2 100",
        "15, 100, 200",
        "15\n000",
        "15  000",
        "15 00",
        "15 0000",
        "015 000",
        "0 100",
    ],
)
def test_other_numbers_side_by_side_are_left_apart(text: str) -> None:
    assert all(len(token.text) <= 5 for token in tokenize(text))
    assert len(tokenize(text)) >= 2


def test_the_token_spans_its_groups() -> None:
    (token, _) = tokenize("15 000 адам")
    assert (token.start, token.end) == (0, 6)


def test_a_number_is_read_with_its_unit_and_nothing_else() -> None:
    assert split_runs("Биіктігі 5 м болды")[1] == ["Биіктігі", "5 м", "болды"]
    assert split_runs("ХІХ ғ. басы")[1] == ["ХІХ ғ.", "басы"]
    assert split_runs("Бес М. Әуезов 5 мың")[1] == ["Бес", "М.", "Әуезов", "5", "мың"]
    assert [word.surface for word in read_run("5 м")] == ["5", "м"]
