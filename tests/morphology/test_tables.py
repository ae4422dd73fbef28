"""The suffix tables as data."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from kzsearch.morphology.data_files import read_columns, read_rows
from kzsearch.morphology.phonology import BACK, FRONT
from kzsearch.morphology.tables import (
    NOUN,
    VERB,
    attachments,
    letter_classes,
    spell,
    suffixes_by_layer,
)

TABLES = ("suffixes_nominal.tsv", "suffixes_verbal.tsv")


def test_archiphonemes_are_spelled_by_harmony() -> None:
    assert spell("лАрЫңЫз", BACK) == "ларыңыз"
    assert spell("лАрЫңЫз", FRONT) == "леріңіз"
    assert spell("ҒАн", FRONT) == "ген"


def test_letter_classes_are_joined_with_plus() -> None:
    assert letter_classes("r+l") == frozenset("рл")
    with pytest.raises(KeyError):
        letter_classes("no such class")


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_full_and_ends_its_example(table: str) -> None:
    for row in read_rows(table):
        assert len(row) == 7, row
        assert all(row), row
        layer, form, harmony, after, _, _, example = row
        assert layer in attachments(), row
        assert harmony in ("pair", "any", "back", "front"), row
        assert letter_classes(after), row
        assert re.search(r"[а-яәғқңөұүһі]-[а-яәғқңөұүһі]", example), row
        assert (form != spell(form, BACK)) == (harmony == "pair"), row


def test_every_layer_hangs_on_roots_or_layers_and_leads_down_to_a_root() -> None:
    known = {NOUN, VERB, *attachments()}
    assert all(left <= known for left in attachments().values())
    reached = {NOUN, VERB}
    while more := {layer for layer, left in attachments().items() if left & reached} - reached:
        reached |= more
    assert reached == known


def test_every_layer_has_suffixes() -> None:
    assert [layer for layer, suffixes in suffixes_by_layer().items() if not suffixes] == []


def test_data_files_name_their_origin_in_a_comment() -> None:
    folder = files("kzsearch.morphology").joinpath("data")
    for file in folder.iterdir():
        assert file.read_text(encoding="utf-8").startswith("# "), file.name


@pytest.mark.parametrize("name", ["layers.tsv", "letters.tsv", "weights.tsv"])
def test_columns_are_the_rows_turned(name: str) -> None:
    assert [list(row) for row in zip(*read_columns(name), strict=True)] == read_rows(name)


def test_the_header_is_no_row() -> None:
    assert read_rows("layers.tsv")[0][0] == "plural"
