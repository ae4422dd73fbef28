"""Facets of fields with several values, and of values that differ in letter case only."""

from __future__ import annotations

from collections.abc import Callable

from kzsearch.documents import Article
from kzsearch.engine import Engine, Keyword, KeywordField, Node, SearchRequest, Word

WORD = Word("алма", ("алма",))


def filled(engine: Engine) -> Engine:
    engine.add(
        [
            Article(id="1", body="алма", source="BAQ.KZ", category="спорт; қоғам", language="kk"),
            Article(id="2", body="алма", source="baq.kz", category="Спорт", language="kk"),
            Article(id="3", body="алма", source="BAQ.KZ", category="қоғам", language="ru"),
            Article(id="4", body="алма"),
        ]
    )
    return engine


def total(engine: Engine, node: Node) -> int:
    return engine.search(SearchRequest(node)).total


def test_values_are_counted_one_by_one_and_whatever_their_case(engine: Engine) -> None:
    facets = filled(engine).search(SearchRequest(WORD)).facets
    assert facets["source"] == {"BAQ.KZ": 3}
    assert facets["category"] == {"Спорт": 2, "қоғам": 2}
    assert facets["language"] == {"kk": 2, "ru": 1}


def test_a_count_is_what_a_filter_by_the_value_leaves(engine: Engine) -> None:
    facets = filled(engine).search(SearchRequest(WORD)).facets
    for field in KeywordField:
        for value, count in facets[field.value].items():
            assert total(engine, Keyword(field, value)) == count
    assert total(engine, Keyword(KeywordField.CATEGORY, "қо", prefix=True)) == 2
    assert total(engine, Keyword(KeywordField.CATEGORY, "спорт; қоғам")) == 0


def test_near_duplicates_of_one_value_count_once(engine: Engine, word: Callable[..., Word]) -> None:
    text = " ".join(f"сөз{number}" for number in range(40))
    engine.add(
        [
            Article(id="1", body=text, category="спорт; қоғам"),
            Article(id="2", body=text, category="қоғам"),
            Article(id="3", body="сөз1 басқа", category="қоғам"),
        ]
    )
    request = SearchRequest(word("сөз1"), collapse=True)
    result = engine.search(request)
    assert (result.total, result.articles) == (2, 3)
    assert result.facets["category"] == {"қоғам": 2, "спорт": 1}
