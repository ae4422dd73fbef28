from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.duplicates import make_groups


def groups(*links: tuple[int, int], texts: str = "12345678") -> list[tuple[int, ...]]:
    """Groups of articles numbered as their texts; the first is the oldest."""
    articles = [(int(key), int(key)) for key in texts]
    return make_groups(articles, links, lambda number: (number,))


def test_copies_are_a_group() -> None:
    assert groups((2, 1), (3, 1), (3, 2), (6, 5)) == [(1, 2, 3), (5, 6)]


def test_articles_of_one_text_are_a_group() -> None:
    found = make_groups([(0, 7), (3, 7), (4, 8)], [], lambda number: (number,))
    assert found == [(0, 3)]


def test_links_to_texts_that_are_gone_mean_nothing() -> None:
    assert groups((2, 1), (3, 1), texts="23") == []


def test_a_chain_of_changes_does_not_become_one_group() -> None:
    assert groups((2, 1), (3, 2), (4, 3), (5, 4), (6, 5)) == [(1, 2, 3), (4, 5, 6)]


def test_a_digest_of_two_stories_does_not_make_one_of_them() -> None:
    digest = [(1, 7), (2, 7), (3, 7), (4, 7), (5, 7), (6, 7)]
    first, second = [(1, 2), (1, 3), (2, 3)], [(4, 5), (4, 6), (5, 6)]
    assert groups(*digest, *first, *second) == [(1, 2, 3, 7), (4, 5, 6)]


def test_two_cuts_of_one_story_belong_to_it() -> None:
    assert groups((1, 2), (2, 3)) == [(1, 2, 3)]


pairs = st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] != pair[1])


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), max_size=12), st.lists(pairs))
def test_neither_order_nor_direction_matters(
    articles: list[tuple[int, int]], links: list[tuple[int, int]]
) -> None:
    rows = [(number, key) for number, (key, _) in enumerate(articles)]

    def place(number: int) -> tuple[int]:
        return (articles[number][1],)

    found = make_groups(rows, links, place)
    assert found == make_groups(rows[::-1], [link[::-1] for link in reversed(links)], place)
    for members in found:
        assert len(members) > 1
