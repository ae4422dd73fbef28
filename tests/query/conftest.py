"""One analyzer and one parser for all tests of the query room."""

from __future__ import annotations

import pytest

from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture(scope="session")
def parser(analyzer: Analyzer) -> QueryParser:
    return QueryParser(analyzer)
