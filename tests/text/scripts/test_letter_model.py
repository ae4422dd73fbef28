"""The letter model: Kazakh words are cheap, others dear."""

from __future__ import annotations

import pytest

from kzsearch.text.alphabet import LETTERS
from kzsearch.text.scripts.letter_model import END, LetterModel, letter_model


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("қазақстан", "қәзәқстән"),
        ("мектептерімізде", "мектэптэрыміздә"),
        ("балаларымыздың", "балалеріміздің"),
        ("үкімет", "ұкымет"),
    ],
)
def test_harmony_and_endings_make_a_word_likely(likely: str, unlikely: str) -> None:
    model = letter_model()
    assert model.word_price(likely) + 10 < model.word_price(unlikely)


def test_prices_of_all_letters_after_a_context_are_a_distribution() -> None:
    model = letter_model()
    for context in ("", "^", "^қаза", "лар", "ғы"):
        shares = [2 ** -model.price(context + letter) for letter in LETTERS + END]
        assert 0.85 < sum(shares) < 1.15


def test_an_unseen_sequence_backs_off_to_a_shorter_one() -> None:
    model = LetterModel({"а": 1.0, "ба": 0.5, "б": 2.0}, {"б": 0.25, "": 0.0})
    assert model.price("ба") == 0.5
    assert model.price("бб") == 0.25 + 2.0
    assert model.price("гб") == 2.0
    assert model.price("бг") > 10
