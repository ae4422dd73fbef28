"""The letter model: Kazakh words are cheap, others dear."""

from __future__ import annotations

import pytest

from kzsearch.text.alphabet import LETTERS
from kzsearch.text.data_files import table_lines
from kzsearch.text.scripts.letter_model import (
    END,
    FIRST_STEP,
    LONGEST_CONTEXT,
    LetterModel,
    letter_model,
)


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
    def steps(count: int) -> str:
        return chr(FIRST_STEP + count)

    model = LetterModel(
        [f"\t0\tаб\t{steps(5)}{steps(10)}", f"б\t1\tа\t{steps(2)}"]  # five steps a bit
    )
    assert model.price("ба") == 0.4
    assert model.price("бб") == 0.2 + 2.0
    assert model.price("гб") == 2.0
    assert model.price("бг") > 10


def test_the_rows_of_the_model_can_be_searched_by_halves() -> None:
    contexts = [
        line.split("\t")[0] for line in table_lines("kzsearch.text.scripts", "letter_model.tsv.gz")
    ]
    assert contexts == sorted(set(contexts))
    assert max(map(len, contexts)) == LONGEST_CONTEXT
