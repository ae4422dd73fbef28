from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kzsearch_web.paging import page_numbers


def test_few_pages_are_all_offered() -> None:
    assert page_numbers(1, 1) == [1]
    assert page_numbers(2, 4) == [1, 2, 3, 4]


def test_many_pages_leave_gaps() -> None:
    assert page_numbers(5, 20) == [1, None, 4, 5, 6, None, 20]


def test_a_gap_of_one_page_shows_the_page() -> None:
    assert page_numbers(4, 20) == [1, 2, 3, 4, 5, None, 20]
    assert page_numbers(17, 20) == [1, None, 16, 17, 18, 19, 20]


@given(st.integers(1, 10_000).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_first_last_and_neighbours_are_offered_in_order(pages: tuple[int, int]) -> None:
    current, last = pages
    numbers = page_numbers(current, last)
    shown = [number for number in numbers if number is not None]
    assert shown == sorted(set(shown))
    assert {1, last, current} <= set(shown)
    assert {current - 1, current + 1} & set(range(1, last + 1)) <= set(shown)
    assert len(numbers) <= 9
    for before, number, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if number is None:
            assert before is not None
            assert after is not None
            assert after - before > 2


def test_a_page_may_be_longer(read: Callable[..., Any]) -> None:
    nav = read("/", q="мектеп", page=2)
    sizes = [link for link in nav.find("a") if link.text in {"10", "20", "50", "100"}]
    assert [link.attributes.get("aria-current") for link in sizes] == ["true", None, None, None]
    assert "limit=20" in sizes[1]["href"]
    assert "page" not in sizes[1]["href"]
    assert len(read("/", q="мектеп", limit=50).find("li", class_="hit")) == 24


def test_a_short_list_has_no_sizes(read: Callable[..., Any]) -> None:
    assert read("/", q="түнгі").find("nav", class_="sizes") == []
