"""Random articles, random histories, random queries: the engine against the reference."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any as Anything

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference_scores import ReferenceScores

from kzsearch.documents import Article
from kzsearch.engine import (
    All,
    Any,
    DateRange,
    Engine,
    Everything,
    Keyword,
    KeywordField,
    Node,
    Not,
    Nothing,
    Phrase,
    Prefix,
    SearchRequest,
    Sort,
    TextField,
    Word,
    open_engine,
    rebuild,
    verify,
)
from kzsearch.engine.local.search import ordering, postings, scoring
from kzsearch.engine.local.search import phrases as phrases_module
from kzsearch.engine.ranking import DEFAULT_RANKING

VOCABULARY = """
    мектеп мектепте мектептер мекен мекенде қала қалада қалалар қал ал алма алмаға
    алматы-астана алматы астана жаңа
""".split()  # noqa: SIM905 (a list of words reads best as words)
SOURCES = ["", "BAQ.KZ", "Baq.kz", "Ақорда"]
DAYS = [dt.date(2025, 1, 1), dt.date(2025, 1, 2), dt.date(2025, 2, 1)]
ALL = 1000

texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
dates = st.one_of(
    st.none(),
    st.sampled_from(DAYS),
    st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2025, 2, 2), timezones=st.just(dt.UTC)),
)
articles = st.builds(
    Article,
    id=st.sampled_from("АБВГДЕЖЗ"),
    title=texts,
    body=texts,
    date=dates,
    source=st.sampled_from(SOURCES),
    category=st.sampled_from(["", "спорт", "саясат"]),
    language=st.sampled_from(["kk", "ru"]),
)
steps = st.lists(
    st.one_of(
        st.lists(articles, min_size=1, max_size=6),
        st.sets(st.sampled_from("АБВГДЕЖЗ"), min_size=1, max_size=3),
    ),
    max_size=12,
)

fields = st.sampled_from([None, None, TextField.TITLE, TextField.BODY])
words = st.builds(
    lambda surface, stem, field, loose: Word(surface, (stem[:4],), field, loose),
    st.sampled_from([*VOCABULARY, "жоқ"]),
    st.sampled_from([*VOCABULARY, "жоқ"]),
    fields,
    st.booleans(),
)
phrases = st.builds(
    lambda chosen, gaps, field: Phrase(tuple(chosen), tuple(sorted(gaps)), field),
    st.lists(words, min_size=2, max_size=2),
    st.just((0, 1)) | st.just((0, 2)),
    fields,
)
prefixes = st.builds(
    lambda word, length, stems, field: Prefix(word[:length], stems, field),
    st.sampled_from(VOCABULARY),
    st.integers(0, 8),
    st.sampled_from([(), ("мект",), ("қала", "алма")]),
    fields,
)
keywords = st.builds(
    Keyword,
    st.sampled_from(list(KeywordField)),
    st.sampled_from(["", "baq.kz", "BAQ", "ақ", "kk", "Спорт", "А", "а"]),
    st.booleans(),
)
ranges = st.builds(DateRange, st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS))
leaves = st.one_of(
    words, phrases, prefixes, keywords, ranges, st.just(Everything()), st.just(Nothing())
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(All),
        st.lists(inner, max_size=3).map(tuple).map(Any),
        inner.map(Not),
    ),
    max_leaves=8,
)


in_turn = settings(
    max_examples=settings.default.max_examples * 2 // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def replay(history: list[Anything], engine: Engine) -> dict[str, Article]:
    """Carry out additions and deletions; returns what must be left."""
    left: dict[str, Article] = {}
    for step in history:
        if isinstance(step, list):
            engine.add(step)
            left |= {article.id: article for article in step}
        else:
            assert engine.delete(step) == len(step & left.keys())
            left = {id: article for id, article in left.items() if id not in step}
    return left


@pytest.fixture(params=["few", "many"])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few articles, worked on as few are or as many are."""
    if request.param == "many":
        for module in (postings, phrases_module):
            monkeypatch.setattr(module, "_MANY", 0)
        for module in (ordering, scoring):
            monkeypatch.setattr(module, "_FEW", 0)


@in_turn
@given(steps, st.lists(queries, min_size=1, max_size=6))
def test_matches_are_those_of_the_reference_engine(
    tmp_path: Path,
    sizes: None,
    analyzer: Anything,
    reference: Callable[..., Anything],
    history: list[Anything],
    asked: list[Node],
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    engine = open_engine(tmp_path, create=True, analyzer=analyzer)
    left = replay(history, engine)
    oracle = reference(left.values())
    for query in asked:
        result = engine.search(SearchRequest(query, limit=ALL))
        ids = [hit.article.id for hit in result.hits]
        assert set(ids) == oracle.ids(query)
        assert len(ids) == len(set(ids)) == result.total
        assert [left[id] for id in ids] == [hit.article for hit in result.hits]
        scores = ReferenceScores(left.values(), analyzer).scores(query)
        assert [hit.score for hit in result.hits] == [
            pytest.approx(scores[id], rel=1e-4) for id in ids
        ]
        keys = [(-hit.score, *_newest_first(hit.article)) for hit in result.hits]
        assert keys == sorted(keys)
        by_date = engine.search(SearchRequest(query, limit=ALL, sort=Sort.DATE)).hits
        keys = [_newest_first(hit.article) for hit in by_date]
        assert keys == sorted(keys)
    engine.close()


@in_turn
@given(steps, st.lists(queries, min_size=1, max_size=4))
def test_answers_do_not_depend_on_how_the_index_came_about(
    tmp_path: Path, analyzer: Anything, history: list[Anything], asked: list[Node]
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    grown = open_engine(tmp_path / "grown", create=True, analyzer=analyzer)
    left = replay(history, grown)
    at_once = open_engine(tmp_path / "at once", create=True, analyzer=analyzer)
    at_once.add(left.values())

    def answers(engine: Engine) -> list[Anything]:
        return [
            engine.search(SearchRequest(query, fallback, limit=ALL, few=3, explain=True))
            for query in asked
            for fallback in (None, Any(tuple(asked)))
        ]

    expected = answers(at_once)
    assert answers(grown) == expected
    assert verify(tmp_path / "grown") == []
    assert rebuild(tmp_path / "grown", analyzer=analyzer) == len(left)
    assert answers(grown) == expected
    (tmp_path / "grown" / "CURRENT").unlink()
    assert rebuild(tmp_path / "grown", analyzer=analyzer) == len(left)
    assert answers(grown) == expected
    grown.close()
    at_once.close()


@in_turn
@given(st.lists(articles, min_size=1, max_size=8), queries, queries)
def test_what_matches_the_fallback_only_counts_for_a_part_of_its_score(
    tmp_path: Path,
    analyzer: Anything,
    reference: Callable[..., Anything],
    added: list[Article],
    query: Node,
    fallback: Node,
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    engine = open_engine(tmp_path, create=True, analyzer=analyzer)
    engine.add(added)
    left = {article.id: article for article in added}
    oracle = reference(left.values())
    whole, either = oracle.ids(query), oracle.ids(query) | oracle.ids(fallback)
    scores = ReferenceScores(left.values(), analyzer).scores(query, below=fallback)
    result = engine.search(SearchRequest(query, fallback, limit=ALL))
    assert {hit.article.id for hit in result.hits} == either
    assert {hit.article.id for hit in result.hits if not hit.fallback} == whole
    for hit in result.hits:
        factor = DEFAULT_RANKING.partial if hit.fallback else 1.0
        assert hit.score == pytest.approx(factor * scores[hit.article.id], rel=1e-4)
    keys = [(-hit.score, *_newest_first(hit.article)) for hit in result.hits]
    assert keys == sorted(keys)
    engine.close()


@in_turn
@given(st.lists(articles, min_size=1, max_size=8), queries, queries, st.integers(0, 9))
def test_pages_are_slices_of_one_order_and_explanations_add_up(
    tmp_path: Path,
    analyzer: Anything,
    added: list[Article],
    query: Node,
    fallback: Node,
    offset: int,
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    engine = open_engine(tmp_path, create=True, analyzer=analyzer)
    engine.add(added)
    whole = engine.search(SearchRequest(query, fallback, limit=ALL, explain=True))
    piece = engine.search(SearchRequest(query, fallback, offset=offset, limit=2, explain=True))
    assert piece.hits == whole.hits[offset : offset + 2]
    assert piece.total == whole.total == len(whole.hits)
    assert piece.facets == whole.facets
    assert whole.complete == sum(not hit.fallback for hit in whole.hits)
    for hit in whole.hits:
        assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-5)
        assert all(part.score > 0 for part in hit.explanation)
    engine.close()


def _newest_first(article: Article) -> tuple[float, str]:
    date = article.date
    if date is None:
        return float("inf"), article.id
    if not isinstance(date, dt.datetime):
        date = dt.datetime(
            date.year, date.month, date.day, tzinfo=dt.timezone(dt.timedelta(hours=5))
        )
    return -date.timestamp(), article.id
