"""The tables of mistakes: every example costs what its row says."""

from __future__ import annotations

import pytest

from kzsearch.query.spelling.costs import load_costs, read_rows
from kzsearch.query.spelling.distance import mistyping_cost
from kzsearch.text.alphabet import KAZAKH_ONLY, LETTERS


@pytest.mark.parametrize("row", list(read_rows("mistakes.tsv")), ids=lambda row: row[0])
def test_a_mistake_costs_what_its_row_says(row: list[str]) -> None:
    _, cost, typed, meant = row
    assert mistyping_cost(typed, meant, load_costs()) == float(cost) > 0


@pytest.mark.parametrize("row", list(read_rows("confusions.tsv")), ids=lambda row: "".join(row[:2]))
def test_a_confusion_costs_what_its_row_says(row: list[str]) -> None:
    typed, meant, cost, example, word = row
    assert mistyping_cost(example, word, load_costs()) == float(cost) > 0
    assert example != word.replace(meant, typed, 1) or meant in word
    assert len(example) == len(word)
    assert (typed, meant) in set(zip(example, word, strict=True))


def test_a_confusion_is_cheaper_than_any_other_letter() -> None:
    costs = load_costs()
    assert max(costs.confused.values()) < costs.another_letter


def test_every_letter_that_russian_lacks_may_have_been_typed_as_a_russian_one() -> None:
    meant = {meant for typed, meant in load_costs().confused if typed not in KAZAKH_ONLY}
    assert meant >= KAZAKH_ONLY


def test_keys_are_neighbours_both_ways_and_none_is_its_own() -> None:
    beside = load_costs().beside
    assert all((other, one) in beside and one != other for one, other in beside)
    assert {one for one, _ in beside} == set(LETTERS) - {"ё"}  # behind AltGr


@pytest.mark.parametrize("row", list(read_rows("keyboard.tsv")), ids=lambda row: row[1])
def test_the_neighbours_in_the_example_of_a_row_of_keys_are_neighbours(row: list[str]) -> None:
    _, keys, example = row
    word, _, told = example.partition(": ")
    one, _, other, *_, key = told.split()
    assert key in word
    assert key in keys
    assert {(one, key), (other, key)} <= load_costs().beside
