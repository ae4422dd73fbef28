from __future__ import annotations

import pytest

from kzsearch.text import fold
from kzsearch.text.alphabet import LETTERS


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ҚАЗАҚСТАН", "қазақстан"),
        (LETTERS.upper(), LETTERS),
        ("İstanbul", "istanbul"),
        ("Iı", "iı"),
        ("ÁǴŃÓÚÝ", "áǵńóúý"),
    ],
)
def test_small_letters_one_for_one(word: str, folded: str) -> None:
    assert fold(word) == folded
    assert len(fold(word)) == len(word)
