"""Names of fields: the table of aliases holds what it says."""

from __future__ import annotations

import pytest

from kzsearch.documents.fields import article_from_record, field_of
from kzsearch.documents.tables import read_table

ROWS = read_table("fields.tsv")


@pytest.mark.parametrize(("field", "name", "example"), ROWS, ids=[row[1] for row in ROWS])
def test_every_row_shows_its_name_in_use(field: str, name: str, example: str) -> None:
    assert field_of(name) == field
    assert name.replace("_", "") in example.casefold().replace("_", "")


def test_no_name_stands_for_two_fields() -> None:
    names = [name for _field, name, _example in ROWS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["Published At", "published-at", " PUBLISHED_AT "])
def test_spelling_of_names(name: str) -> None:
    assert field_of(name) == "date"


def test_unknown_names_are_passed_over() -> None:
    assert field_of("kind") is None
    article = article_from_record({"body": "мәтін", "kind": "news", "views": 7, "extra": {}})
    assert article.body == "мәтін"
