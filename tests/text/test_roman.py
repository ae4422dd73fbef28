"""Roman numerals, which are no words."""

from __future__ import annotations

import pytest

from kzsearch.text.roman import is_roman


@pytest.mark.parametrize("word", ["I", "IV", "XIX", "XXI", "XL", "LXXXIX"])
def test_a_numeral(word: str) -> None:
    assert is_roman(word)


@pytest.mark.parametrize("word", ["", "IIII", "XIXI", "MIX", "xix", "ХХІ"])
def test_no_numeral(word: str) -> None:
    assert not is_roman(word)
