"""All hits of a request one by one, and generations held for those who page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import Engine, Everything, SearchRequest, Sort, Word, open_engine
from kzsearch.engine.local import holding
from kzsearch.errors import CursorExpiredError

BODIES = ("мектеп", "мектеп мектеп", "мектеп қала", "қала", "ауыл қала мектеп")


def an_article(number: int, body: str, day: int) -> Article:
    date = dt.date(2025, 1, day) if day else None
    return Article(id=f"a{number:03}", title=f"Тақырып {number}", body=body, date=date)


@pytest.mark.parametrize("sort", Sort)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(st.sampled_from(BODIES), st.integers(0, 3)), max_size=40))
def test_a_scan_has_the_order_of_a_search(
    tmp_path_factory: pytest.TempPathFactory,
    analyzer: object,
    word: Callable[..., Word],
    sort: Sort,
    rows: list[tuple[str, int]],
) -> None:
    path = tmp_path_factory.mktemp("scan") / "index"
    with open_at(path, analyzer) as engine:
        half = len(rows) // 2
        articles = [an_article(number, *row) for number, row in enumerate(rows)]
        engine.add(articles[:half])
        engine.add(articles[half:])
        for collapse in (False, True):
            request = SearchRequest(
                word("қала"), word("мектеп"), sort=sort, limit=100, collapse=collapse
            )
            found, scan = engine.search(request), engine.scan(request)
            assert (scan.total, scan.articles) == (found.total, found.articles)
            assert scan.generation == found.generation
            assert [
                (hit.article, hit.score, hit.fallback, hit.copy_count) for hit in scan.hits
            ] == [(hit.article, hit.score, hit.fallback, hit.copy_count) for hit in found.hits]


class open_at:
    def __init__(self, path: Path, analyzer: object) -> None:
        self.engine: Engine = open_engine(path, create=True, analyzer=analyzer)

    def __enter__(self) -> Engine:
        return self.engine

    def __exit__(self, *_: object) -> None:
        self.engine.close()


def test_a_scan_stays_on_its_generation(engine: Engine) -> None:
    engine.add(an_article(number, "қала", 1) for number in range(5))
    scan = engine.scan(SearchRequest(Everything()))
    first = next(scan.hits)
    engine.delete([f"a{number:03}" for number in range(5)])
    engine.add([an_article(9, "қала", 2)])
    assert [first.article.id, *(hit.article.id for hit in scan.hits)] == [
        f"a{number:03}" for number in range(5)
    ]


def test_a_generation_that_is_held_can_be_asked_again(engine: Engine) -> None:
    engine.add([an_article(1, "қала", 1)])
    old = engine.search(SearchRequest(Everything(), hold=True)).generation
    engine.add([an_article(2, "қала", 2)])
    assert engine.search(SearchRequest(Everything())).total == 2
    again = engine.search(SearchRequest(Everything(), generation=old))
    assert (again.total, again.generation) == (1, old)


def test_a_generation_that_nobody_held_is_gone(engine: Engine) -> None:
    engine.add([an_article(1, "қала", 1)])
    old = engine.search(SearchRequest(Everything())).generation
    assert engine.search(SearchRequest(Everything(), generation=old)).total == 1  # still the newest
    engine.add([an_article(2, "қала", 2)])
    with pytest.raises(CursorExpiredError, match="begin again"):
        engine.search(SearchRequest(Everything(), generation=old))


def test_generations_are_let_go_in_time(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.add([an_article(1, "қала", 1)])
    old = engine.search(SearchRequest(Everything(), hold=True)).generation
    engine.add([an_article(2, "қала", 2)])
    assert engine.search(SearchRequest(Everything(), generation=old)).total == 1
    monkeypatch.setattr(holding, "HOLD_SECONDS", -1.0)
    with pytest.raises(CursorExpiredError):
        engine.search(SearchRequest(Everything(), generation=old))


def test_only_some_generations_are_held(engine: Engine) -> None:
    names = []
    for number in range(holding.MOST_HELD + 1):
        engine.add([an_article(number, "қала", 1)])
        names.append(engine.search(SearchRequest(Everything(), hold=True)).generation)
    engine.add([an_article(99, "қала", 1)])
    assert engine.search(SearchRequest(Everything(), generation=names[1])).total == 2
    with pytest.raises(CursorExpiredError):
        engine.search(SearchRequest(Everything(), generation=names[0]))
