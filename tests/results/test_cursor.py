"""Cursors: written, read back, and refused when they are not ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine import EngineResult
from kzsearch.errors import QueryError
from kzsearch.results.cursor import Cursor, read_cursor, search_digest


@given(st.text(min_size=1, max_size=40), st.integers(1, 10**8))
def test_a_cursor_is_read_as_it_was_written(generation: str, offset: int) -> None:
    cursor = Cursor(generation, offset, search_digest("мектеп", 1))
    if len(str(cursor)) <= 200:
        assert read_cursor(str(cursor), cursor.search) == cursor


def test_a_star_begins() -> None:
    assert read_cursor("*", "s") == Cursor("", 0, "s")


@given(st.text(max_size=300).filter(lambda text: text != "*"))
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="not one that was given out"):
        read_cursor(text, "s")


@pytest.mark.parametrize(
    ("generation", "offset"), [("", 5), ("7-a", 0), ("7-a", -3), ("7-a", 10**12)]
)
def test_a_made_up_place_is_refused(generation: str, offset: int) -> None:
    with pytest.raises(QueryError, match="not one that was given out"):
        read_cursor(str(Cursor(generation, offset, "s")), "s")


def test_a_cursor_of_another_search_is_refused() -> None:
    cursor = str(Cursor("7-a", 10, search_digest("мектеп")))
    with pytest.raises(QueryError, match="belongs to another search"):
        read_cursor(cursor, search_digest("қала"))


def test_the_last_page_has_no_next() -> None:
    cursor = Cursor("", 0, "s")
    assert cursor.after(EngineResult(0, ())) is None
    assert cursor.after(EngineResult(0, (), generation="7")) is None
