"""The tables: every row shows itself in its example, and Kazakh letters are Cyrillic."""

from __future__ import annotations

import pytest

from kzsearch.text.alphabet import KAZAKH_ONLY, LETTERS
from kzsearch.text.scripts.script import LATIN_ALPHABETS
from kzsearch.text.scripts.tables import rows

LATIN = [row for row in rows("latin.tsv") if row[0] != "common"]
COMMON = [row for row in rows("latin.tsv") if row[0] == "common"]


@pytest.mark.parametrize(("alphabet", "latin", "cyrillic", "bits", "example"), LATIN + COMMON)
def test_a_latin_row_is_seen_in_its_example(
    alphabet: str, latin: str, cyrillic: str, bits: str, example: str
) -> None:
    written, meant = example.lower().split()
    assert latin in written
    assert cyrillic in meant
    assert set(meant) <= set(LETTERS)
    assert float(bits) >= 0
    assert alphabet == "common" or alphabet in LATIN_ALPHABETS


@pytest.mark.parametrize(("arabic", "cyrillic", "bits", "example"), list(rows("arabic.tsv")))
def test_an_arabic_row_is_seen_in_its_example(
    arabic: str, cyrillic: str, bits: str, example: str
) -> None:
    written, meant = example.lower().split()
    assert arabic in written
    assert cyrillic in meant
    assert float(bits) >= 0


@pytest.mark.parametrize(("typed", "meant", "bits", "example"), list(rows("typed_letters.tsv")))
def test_a_typed_letter_is_seen_in_its_example(
    typed: str, meant: str, bits: str, example: str
) -> None:
    as_typed, word = example.split()
    assert typed in as_typed
    assert meant in word
    assert float(bits) > 0


def test_every_kazakh_letter_has_a_key_and_every_key_an_example() -> None:
    keys = list(rows("keyboard.tsv"))
    letters = {kazakh for *_, kazakh, _ in keys}
    assert set(LETTERS) == letters
    assert all(kazakh in example for *_, kazakh, example in keys)
    assert {us for us, _, _, _, kazakh, _ in keys if kazakh in KAZAKH_ONLY} == set("2345890-=")


def test_marks_are_seen_in_their_examples() -> None:
    assert all(arabic in example for arabic, _, example in rows("arabic_marks.tsv"))
    assert all(letter in example for letter, _, example in rows("skeleton.tsv"))
