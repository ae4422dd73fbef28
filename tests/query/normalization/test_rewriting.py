from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kzsearch.query.normalization.rewriting import Edit, Rewritten


def test_replaced_parts_come_from_where_they_stood() -> None:
    query = Rewritten.unchanged("a bcd e").rewritten([Edit(2, 5, "xy")])
    assert query.text == "a xy e"
    assert query.span(2, 4) == query.span(3, 4) == (2, 5)
    assert query.span(5, 6) == (6, 7)
    again = query.rewritten([Edit(0, 1, "123"), Edit(5, 6, "z")])
    assert again.text == "123 xy z"
    assert (again.span(0, 3), again.span(4, 6), again.span(7, 8)) == ((0, 1), (2, 5), (6, 7))


@given(st.text(max_size=20))
def test_without_edits_nothing_moves(text: str) -> None:
    same = Rewritten.unchanged(text).rewritten([])
    assert same.text == text
    assert [same.span(at, at + 1) for at in range(len(text))] == [
        (at, at + 1) for at in range(len(text))
    ]
