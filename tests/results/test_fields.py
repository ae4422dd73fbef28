"""Fields of a hit chosen by name, and the same values wherever they are told."""

from __future__ import annotations

import pytest

from kzsearch.errors import QueryError
from kzsearch.results.export import EXPORT_FIELDS
from kzsearch.results.fields import FIELD_VALUES, chosen_fields


def test_fields_are_chosen_in_the_order_named_each_once() -> None:
    assert chosen_fields([" body", "id", "id", ""], ("id", "title", "body")) == ("body", "id")
    assert chosen_fields([""], ("id",)) == ()


def test_an_unknown_field_is_refused_with_those_there_are() -> None:
    with pytest.raises(QueryError, match=r"no field 'text'; there are id, title\."):
        chosen_fields(["text"], ("id", "title"))


def test_whatever_is_told_alike_everywhere_can_be_exported() -> None:
    assert set(EXPORT_FIELDS) == {*FIELD_VALUES, "snippet"}
