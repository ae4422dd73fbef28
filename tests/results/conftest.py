"""Marking as a reader meets it: a typed query and a text in, marked text out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kzsearch.engine.nodes import TextField
from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.results.marks import Mark, Marker

Marks = Callable[..., list[Mark]]


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture(scope="session")
def marks(analyzer: Analyzer) -> Marks:
    """``marks(query, text, field=BODY)``: what the query marks in a body or a title."""
    parser = QueryParser(analyzer)

    def find(query: str, text: str, field: TextField = TextField.BODY) -> list[Mark]:
        return Marker(parser.parse(query).query, analyzer).marks(text, field)

    return find
