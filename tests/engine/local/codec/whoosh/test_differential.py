"""Random archives, random queries: Whoosh's searcher over our codec and over its own."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.matching import ReadTooFar
from whoosh.sorting import FieldFacet, MultiFacet

from kzsearch.documents import Article
from kzsearch.engine import Engine, open_engine
from kzsearch.engine.local import merging
from kzsearch.engine.opening import open_whoosh
from kzsearch.morphology import Analyzer

from .stock import stock_twin

WORDS = [
    "мектеп",
    "мектепте",
    "мекен",
    "қала",
    "қалада",
    "қалалар",
    "қал",
    "ал",
    "алма",
    "алмат-ал",
    "алматы",
    "жаңа",
]
DAYS = [dt.date(2024, 1, 1), dt.date(2024, 2, 29), dt.date(2025, 2, 1)]
MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2025, 2, 2))

texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
articles = st.builds(
    Article,
    id=st.sampled_from("АБВГДЕЖЗ"),
    title=texts,
    body=texts,
    date=st.none() | st.sampled_from(DAYS) | MOMENTS.map(lambda t: t.replace(tzinfo=dt.UTC)),
    source=st.sampled_from(["", "BAQ.KZ", "Baq.kz", "Ақорда"]),
    category=st.sampled_from(["", "спорт", "саясат"]),
    language=st.sampled_from(["kk", "ru"]),
    url=st.sampled_from(["", "https://example.kz/1"]),
)
batches = st.lists(articles, min_size=1, max_size=6)
histories = st.lists(
    batches | st.sets(st.sampled_from("АБВГДЕЖЗ"), min_size=1, max_size=3), max_size=5
)

STEMS = ["мект", "ктеп", "екте", "меке", "екен", "қала", "қал", "ал", "алма", "лмат", "жаңа", "жоқ"]
text_terms = st.one_of(
    st.tuples(st.sampled_from(["title", "body", "lead"]), st.sampled_from(STEMS)),
    st.tuples(st.sampled_from(["title_exact", "body_exact"]), st.sampled_from([*WORDS, "жоқ"])),
    st.tuples(
        st.sampled_from(["title_start", "body_start"]),
        st.sampled_from([word[:5] for word in WORDS]),
    ),
    st.tuples(
        st.sampled_from(["title_long_start", "body_long_start"]),
        st.sampled_from([word[:6] for word in WORDS]),
    ),
)
value_terms = st.one_of(
    st.tuples(st.just("id"), st.sampled_from("АБВГ")),
    st.tuples(st.just("source"), st.sampled_from(["baq.kz", "ақорда", "жоқ"])),
    st.tuples(st.just("category"), st.sampled_from(["спорт", "саясат"])),
    st.tuples(st.just("url"), st.just("https://example.kz/1")),
)
moments = st.none() | MOMENTS | st.sampled_from(DAYS).map(lambda d: dt.datetime(*d.timetuple()[:3]))
phrases = st.builds(
    lambda field, words, slop: q.Phrase(field, words, slop=slop),
    st.sampled_from(["title", "body"]),
    st.lists(st.sampled_from(STEMS), min_size=2, max_size=3),
    st.integers(1, 3),
) | st.builds(
    lambda field, words, slop: q.Phrase(field, words, slop=slop),
    st.sampled_from(["title_exact", "body_exact"]),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3),
    st.integers(1, 2),
)
leaves = st.one_of(
    text_terms.map(lambda term: q.Term(*term)),
    st.tuples(text_terms, st.sampled_from([0.5, 2.0])).map(lambda t: q.Term(*t[0], boost=t[1])),
    value_terms.map(lambda term: q.Term(*term)),
    phrases,
    st.tuples(text_terms, st.integers(1, 4), st.booleans()).map(
        lambda t: q.Prefix(t[0][0], t[0][1][: t[1]], constantscore=t[2])
    ),
    st.tuples(text_terms, st.sampled_from(["*ал*", "м?к*", "қала?", "*"])).map(
        lambda t: q.Wildcard(t[0][0], t[1])
    ),
    st.tuples(moments, moments, st.booleans(), st.booleans()).map(
        lambda t: q.DateRange("date", t[0], t[1], t[2], t[3])
    ),
    st.tuples(st.sampled_from(["id", "title_exact"]), st.sampled_from(["А", "ал", "қ"])).map(
        lambda t: q.TermRange(t[0], t[1], None)
    ),
    st.sampled_from([q.Every(), q.Every("title"), q.Every("date"), q.NullQuery]),
    st.just(q.FuzzyTerm("body_exact", "қалода")),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(q.And),
        st.lists(inner, min_size=1, max_size=3).map(q.Or),
        inner.map(q.Not),
        st.tuples(inner, inner).map(lambda t: q.AndNot(*t)),
        st.tuples(inner, inner).map(lambda t: q.AndMaybe(*t)),
        st.lists(inner, min_size=1, max_size=3).map(q.DisjunctionMax),
    ),
    max_leaves=6,
)
orders = st.sampled_from(
    [
        "date",
        "source",
        "id",
        FieldFacet("date", reverse=True),
        FieldFacet("source", reverse=True),
        MultiFacet(["category", FieldFacet("date", reverse=True)]),
    ]
)
few = settings(max_examples=settings.default.max_examples * 2 // 5, deadline=None)


def replay(history: list[Any], engine: Engine) -> None:
    for step in history:
        if isinstance(step, set):
            engine.delete(step)
        else:
            engine.add(step)


Compare = Callable[[Any, Any], None]


def with_both(history: list[Any], analyzer: Analyzer, compare: Compare) -> None:
    """Hand a searcher over our codec, and one over Whoosh's, to a comparison."""
    with tempfile.TemporaryDirectory() as folder:
        path, twin = Path(folder, "index"), Path(folder, "twin")
        twin.mkdir()
        engine = open_engine(path, create=True, analyzer=analyzer)
        replay(history, engine)
        engine.close()
        stock = stock_twin(path, twin, analyzer)
        with open_whoosh(path, analyzer=analyzer).searcher() as ours, stock.searcher() as theirs:
            compare(ours, theirs)


def stock_search(searcher: Any, query: q.Query, **options: Any) -> Any:
    """Whoosh's own answer; some of its matchers run past the end of its own postings."""
    try:
        return searcher.search(query, **options)
    except (IndexError, ReadTooFar):
        reject()


def assert_same_answers(ours: Any, theirs: Any, query: q.Query) -> None:
    for limit in (None, 3):
        found, wanted = ours.search(query, limit=limit), stock_search(theirs, query, limit=limit)
        assert [docnum for docnum, _ in found.items()] == [docnum for docnum, _ in wanted.items()]
        assert [score for _, score in found.items()] == pytest.approx(
            [score for _, score in wanted.items()], rel=1e-4
        )
        assert [hit.fields() for hit in found] == [hit.fields() for hit in wanted]


@few
@given(histories, st.lists(queries, min_size=1, max_size=8))
def test_queries(analyzer: Analyzer, history: list[Any], asked: list[q.Query]) -> None:
    def compare(ours: Any, theirs: Any) -> None:
        assert ours.doc_count() == theirs.doc_count()
        assert ours.doc_count_all() == theirs.doc_count_all()
        for query in asked:
            assert_same_answers(ours, theirs, query)

    with_both(history, analyzer, compare)


@few
@given(histories, st.lists(st.tuples(queries, orders), min_size=1, max_size=4))
def test_order_and_groups(
    analyzer: Analyzer, history: list[Any], asked: list[tuple[q.Query, Any]]
) -> None:
    def compare(ours: Any, theirs: Any) -> None:
        for query, order in asked:
            options = {"limit": None, "sortedby": order, "groupedby": ["source", "category", "id"]}
            found, wanted = ours.search(query, **options), stock_search(theirs, query, **options)
            assert found.docs() == wanted.docs()
            assert [hit.docnum for hit in found] == [hit.docnum for hit in wanted]
            for facet in ("source", "category", "id"):
                assert found.groups(facet) == wanted.groups(facet)

    with_both(history, analyzer, compare)


@few
@given(histories)
def test_more_like_this_and_terms(analyzer: Analyzer, history: list[Any]) -> None:
    def compare(ours: Any, theirs: Any) -> None:
        for docnum in theirs.reader().all_doc_ids():
            for field in ("title", "body"):
                assert dict(ours.key_terms([docnum], field)) == pytest.approx(
                    dict(theirs.key_terms([docnum], field)), rel=1e-4
                )
                found, wanted = (
                    {docnum: pytest.approx(score, rel=1e-4) for docnum, score in results.items()}
                    for results in (ours.more_like(docnum, field), theirs.more_like(docnum, field))
                )
                assert found == wanted
        assert list(ours.reader().all_terms()) == list(theirs.reader().all_terms())
        for (term, info), (_, wanted_info) in zip(ours.reader(), theirs.reader(), strict=True):
            assert statistics(info) == statistics(wanted_info), term

    with_both(history, analyzer, compare)


def statistics(info: Any) -> tuple[Any, ...]:
    return (
        info.weight(),
        info.doc_frequency(),
        info.max_weight(),
        info.min_length(),
        info.max_length(),
        info.min_id(),
        info.max_id(),
    )


@few
@given(histories, queries)
def test_after_merges(analyzer: Analyzer, history: list[Any], query: q.Query) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "MERGE_FACTOR", 2)
        with_both(history, analyzer, lambda a, b: assert_same_answers(a, b, query))
