"""The skeleton key."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts import skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        ("қазақстан", "казакстан", "Қазакстан"),
        ("үкімет", "укимет", "ұкымет"),
        ("жаңа", "жана"),
        ("әлем", "алем"),
        ("объект", "обект"),
        ("бәрі", "бары", "бари"),
    ],
)
def test_spellings_without_kazakh_letters_fall_together(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(word) for word in spellings}) == 1


def test_different_words_stay_apart() -> None:
    assert len({skeleton(word) for word in ("қала", "қалам", "сала", "iphone15")}) == 4
