"""Tables of related stems: the shipped one, that of an index, and both together."""

from __future__ import annotations

import pytest

from kzsearch.errors import WordListError
from kzsearch.query.associations import (
    associations_text,
    merged,
    own_associations,
    related_to,
    shipped_associations,
)


def test_the_shipped_table_knows_what_goes_together() -> None:
    shipped = shipped_associations()
    assert "мәжіліс" in dict(shipped["сенат"])
    assert "мұғалім" in dict(shipped["мектеп"])
    for stem, related in shipped.items():
        likeness = [each for _, each in related]
        assert likeness == sorted(likeness, reverse=True)
        assert 0 < likeness[-1] <= likeness[0] <= 1
        assert stem not in dict(related)


def test_a_table_is_read_as_it_was_written() -> None:
    table = {"су": (("өзен", 0.5), ("көл", 0.25)), "ел": (("халық", 1.0),)}
    assert own_associations(associations_text("# learned\n", table).encode()) == table


def test_an_index_that_learned_nothing_has_no_table() -> None:
    assert own_associations(None) == own_associations(b"") == {}


@pytest.mark.parametrize("row", ["су", "су\tөзен", "су\tөзен:жақын", "су\tөзен:1\tкөл:1", b"\xff"])
def test_a_broken_table_is_named(row: str | bytes) -> None:
    table = b"# learned\n" + (row if isinstance(row, bytes) else row.encode())
    with pytest.raises(WordListError, match=r"associations\.tsv holds a row that is no stem"):
        own_associations(table)


def test_of_two_tables_the_greater_likeness_counts() -> None:
    one = {"су": (("өзен", 0.5), ("көл", 0.4))}
    other = {"су": (("көл", 0.6), ("құдық", 0.3)), "ел": (("халық", 0.7),)}
    together = merged(one, other)
    assert together["су"] == (("көл", 0.6), ("өзен", 0.5), ("құдық", 0.3))
    assert together["ел"] == other["ел"]


def test_relatives_that_are_asked_for_anyway_are_left_out() -> None:
    table = {"су": (("өзен", 0.5), ("көл", 0.4)), "сұу": (("мұз", 0.9),)}
    assert related_to(("су", "сұу"), table, {"көл"}) == (("мұз", 0.9), ("өзен", 0.5))
    assert related_to(("тау",), table, set()) == ()
