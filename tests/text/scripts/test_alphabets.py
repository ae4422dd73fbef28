"""Alphabets: the tables as the decoder uses them."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts.alphabets import alphabet_of, typed_letters
from kzsearch.text.scripts.script import LATIN_ALPHABETS, Script


@pytest.mark.parametrize("script", [Script.CYRILLIC, Script.OTHER])
def test_there_is_nothing_to_convert_in_cyrillic_or_other_text(script: Script) -> None:
    with pytest.raises(KeyError, match=script):
        alphabet_of(script)


@pytest.mark.parametrize("script", [*LATIN_ALPHABETS, Script.ARABIC])
def test_no_reading_is_listed_twice_and_one_goes_without_saying(script: Script) -> None:
    for grapheme, found in alphabet_of(script).graphemes.items():
        letters = [reading for reading, _ in found]
        assert len(letters) == len(set(letters)), grapheme


def test_capital_i_is_dotless_where_the_alphabet_has_a_dotless_one() -> None:
    assert alphabet_of(Script.LATIN_2018).fold("IİQ") == "ıiq"
    assert alphabet_of(Script.LATIN_ASCII).fold("IRAN") == "iran"


def test_a_typed_letter_always_stands_for_itself_too() -> None:
    for letter, found in typed_letters().graphemes.items():
        assert (letter, 0.0) in found
