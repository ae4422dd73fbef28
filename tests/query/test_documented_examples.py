"""Every example of docs/query-language.md, run end to end on a small corpus."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from kzsearch import Article, Index, open_index
from kzsearch.documents import ALMATY
from kzsearch.query.tables import field_names, or_words

TODAY = dt.datetime(2025, 10, 9, 12, tzinfo=ALMATY)
"""The day on which the document says its examples are searched."""

DOCUMENT = Path(__file__).parents[2] / "docs" / "query-language.md"
CORPUS = Path(__file__).with_name("corpus.jsonl")

BLOCK = re.compile(r"^```(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"(?P<query>\S.*?) +→ (?P<first>[\w, -]+?)(?: then (?P<below>[\w, -]+))?")


def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))


def examples() -> list[str]:
    return [line for _, block in blocks() for line in block.splitlines()]


def ids(listed: str | None) -> set[str]:
    return set(listed.split(", ")) if listed and listed != "nothing" else set()


def articles() -> Iterator[Article]:
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Article(**row | {"date": dt.date.fromisoformat(row["date"])})


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("examples"), create=True) as index:
        index.add(articles())
        yield index


@pytest.mark.parametrize("example", examples())
def test_example_finds_exactly_what_the_document_says(index: Index, example: str) -> None:
    match = EXAMPLE.fullmatch(example)
    assert match, f"not of the form 'query → ids': {example!r}"
    with time_machine.travel(TODAY, tick=False):
        page = index.search(match["query"], limit=100)
    assert {hit.article.id for hit in page.hits if not hit.fallback} == ids(match["first"])
    assert {hit.article.id for hit in page.hits if hit.fallback} == ids(match["below"])
    assert page.total == len(page.hits)


def test_every_fenced_block_is_tested() -> None:
    assert {tag for tag, _ in blocks()} == {"query"}
    assert DOCUMENT.read_text(encoding="utf-8").count("```") == 2 * len(blocks())


def test_every_operator_has_an_example() -> None:
    queries = [example.partition("→")[0] for example in examples()]
    for name in field_names():
        assert any(f"{name}:" in query for query in queries), name
    for word in or_words():
        assert any(f" {word} " in query for query in queries), word


def test_the_examples_name_articles_of_the_corpus() -> None:
    named: set[str] = set()
    for example in examples():
        match = EXAMPLE.fullmatch(example)
        assert match, example
        named |= ids(match["first"]) | ids(match["below"])
    assert named == {article.id for article in articles()}
