"""Queries of very many words are cut down to what can be paid for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine import All, Any, Node, Not, Word
from kzsearch.engine.local.search.clause_limit import ALWAYS_KEPT, MOST_POSTINGS, affordable

costs = st.lists(st.integers(0, MOST_POSTINGS // 2), min_size=1, max_size=60)


def word(number: int) -> Word:
    return Word(f"сөз{number}", (f"сөз{number}",))


def cut(prices: list[int]) -> list[int]:
    """Numbers of the alternatives that stay."""
    words = [word(number) for number in range(len(prices))]
    kept = affordable(Any(tuple(words)), lambda node: prices[words.index(node)])  # type: ignore[arg-type]
    assert isinstance(kept, Any)
    return [words.index(part) for part in kept.parts]  # type: ignore[arg-type]


@given(costs)
def test_the_cheapest_stay_in_their_order_as_far_as_the_budget_goes(prices: list[int]) -> None:
    kept = cut(prices)
    assert kept == sorted(kept)
    assert len(kept) >= min(ALWAYS_KEPT, len(prices))
    paid = sum(prices[number] for number in kept)
    assert paid <= MOST_POSTINGS or len(kept) == min(ALWAYS_KEPT, len(prices))
    left_out = [price for number, price in enumerate(prices) if number not in kept]
    assert all(price >= max(prices[number] for number in kept) for price in left_out)
    assert not left_out or paid + min(left_out) > MOST_POSTINGS


def test_a_headline_of_common_words_is_searched_whole() -> None:
    assert cut([MOST_POSTINGS] * ALWAYS_KEPT) == list(range(ALWAYS_KEPT))


def test_what_is_asked_for_stays_and_only_alternatives_are_left_out() -> None:
    many = Any(tuple(word(number) for number in range(100)))
    required: tuple[Node, ...] = (word(1), Not(word(2)))
    query = affordable(All((*required, many)), lambda node: MOST_POSTINGS)
    assert isinstance(query, All)
    assert query.parts[:2] == required
    assert query.parts[2] == Any(many.parts[:ALWAYS_KEPT])
    assert affordable(word(1), lambda node: MOST_POSTINGS) == word(1)
