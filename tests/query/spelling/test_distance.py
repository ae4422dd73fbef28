"""What it costs to type one word for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.query.spelling.costs import load_costs
from kzsearch.query.spelling.distance import mistyping_cost
from kzsearch.text.alphabet import LETTERS

COSTS = load_costs()
words = st.text(alphabet="аеқкнң", max_size=8)


@pytest.mark.parametrize(
    ("cheaper", "dearer", "meant"),
    [
        ("қазақстна", "қазакпан", "қазақстан"),  # a swap; other letters
        ("казақстан", "базақстан", "қазақстан"),  # a Kazakh letter typed as a Russian one
        ("презиент", "прзиднт", "президент"),  # one letter missing, two
        ("мекткп", "мектщп", "мектеп"),  # a key beside, a key far off
        ("сеннат", "сентлат", "сенат"),  # a letter twice, another one
        ("обект", "ббъект", "объект"),  # a sign left out
    ],
)
def test_likelier_mistakes_are_cheaper(cheaper: str, dearer: str, meant: str) -> None:
    assert 0 < mistyping_cost(cheaper, meant, COSTS) < mistyping_cost(dearer, meant, COSTS)


def test_mistakes_add_up() -> None:
    assert mistyping_cost("казакстна", "қазақстан", COSTS) == pytest.approx(
        2 * mistyping_cost("казақ", "қазақ", COSTS) + mistyping_cost("тна", "тан", COSTS)
    )


@given(words, words)
def test_only_the_same_word_costs_nothing(typed: str, meant: str) -> None:
    assert (mistyping_cost(typed, meant, COSTS) == 0) == (typed == meant)


@given(words, words)
def test_no_word_costs_more_than_typing_it_anew(typed: str, meant: str) -> None:
    anew = len(typed) * COSTS.extra_letter + len(meant) * COSTS.missing_letter
    assert mistyping_cost(typed, meant, COSTS) <= anew


@given(words, st.sampled_from(LETTERS), st.data())
def test_one_letter_more_or_less_costs_no_more_than_one_mistake(
    word: str, letter: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(word)))
    longer = word[:place] + letter + word[place:]
    assert mistyping_cost(longer, word, COSTS) <= COSTS.extra_letter
    assert mistyping_cost(word, longer, COSTS) <= COSTS.missing_letter
