"""Copies of one text under one hit: which is shown, what is counted, whatever came before."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any as Anything

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import (
    Any,
    Engine,
    EngineResult,
    Everything,
    Keyword,
    KeywordField,
    Node,
    SearchRequest,
    Sort,
    Word,
    open_engine,
    rebuild,
)

VOCABULARY = [f"{a}{b}{c}" for a in "бвгджзкл" for b in "аәеоөуүы" for c in "мнр"]
STORIES = {"қала": VOCABULARY[:64], "ауыл": VOCABULARY[64:128], "көше": VOCABULARY[128:]}


def story(name: str, *, cut: int = 0, instead: str = "") -> str:
    """A text of 65 words that begins with its name; its last words cut, its tenth replaced."""
    words = [name, *STORIES[name]]
    if instead:
        words[10] = instead
    return " ".join(words[: len(words) - cut])


def article(
    id: str, name: str, day: int | None = None, source: str = "", **edit: Anything
) -> Article:
    date = dt.date(2025, 1, day) if day else None
    return Article(id=id, body=story(name, **edit), date=date, source=source)


def ask(engine: Engine, query: Node | None = None, **options: Anything) -> EngineResult:
    return engine.search(SearchRequest(query or Everything(), **{"collapse": True} | options))


def shown(result: EngineResult) -> list[tuple[str, ...]]:
    """Ids of every hit and its copies."""
    return [(hit.article.id, *(copy.id for copy in hit.copies)) for hit in result.hits]


NEWS = [
    article("a", "қала", 5, "BAQ.KZ"),
    article("b", "қала", 2, "Дала"),
    article("c", "ауыл", 3, "Дала"),
    article("d", "қала", 9, "Дала", instead="түзету"),
]


def test_a_group_is_one_hit_and_the_oldest_of_equals_is_shown(engine: Engine) -> None:
    engine.add(NEWS)
    result = ask(engine, Any((Word("қала", ("қала",)), Word("ауыл", ("ауыл",)))))
    assert sorted(shown(result)) == [("b", "a", "d"), ("c",)]
    assert (result.total, result.articles) == (2, 4)


def test_without_folding_every_article_is_a_hit(engine: Engine) -> None:
    engine.add(NEWS)
    result = ask(engine, collapse=False)
    assert (result.total, result.articles) == (4, 4)
    assert all(hit.copies == () and hit.copy_count == 0 for hit in result.hits)


def test_the_best_match_is_shown(engine: Engine) -> None:
    engine.add(NEWS)
    query = Any((Word("қала", ("қала",)), Word("түзету", ("түзе",))))
    assert shown(ask(engine, query)) == [("d", "b", "a")]


def test_by_date_the_newest_is_shown(engine: Engine) -> None:
    engine.add(NEWS)
    assert shown(ask(engine, sort=Sort.DATE)) == [("d", "b", "a"), ("c",)]


def test_undated_copies_come_last(engine: Engine) -> None:
    engine.add([article("a", "қала"), article("b", "қала", 2), article("c", "қала")])
    assert shown(ask(engine)) == [("b", "a", "c")]


def test_copies_that_do_not_match_are_not_listed(engine: Engine) -> None:
    engine.add(NEWS)
    result = ask(engine, Keyword(KeywordField.SOURCE, "Дала"))
    assert sorted(shown(result)) == [("b", "d"), ("c",)]
    assert (result.total, result.articles) == (2, 3)


def test_a_facet_counts_the_hits_its_filter_leaves(engine: Engine) -> None:
    engine.add(NEWS)
    result = ask(engine)
    assert result.facets["source"] == {"Дала": 2, "BAQ.KZ": 1}
    assert result.facets["month"] == {"2025-01": 2}
    for source, count in result.facets["source"].items():
        assert ask(engine, Keyword(KeywordField.SOURCE, source)).total == count


def test_pages_are_slices_of_the_folded_order(engine: Engine) -> None:
    engine.add(NEWS)
    engine.add([article("e", "көше", 4)])
    for sort in Sort:
        whole = ask(engine, sort=sort)
        pages = [ask(engine, sort=sort, offset=offset, limit=1) for offset in range(4)]
        assert [hit for page in pages for hit in page.hits] == list(whole.hits)
        assert {page.total for page in pages} == {whole.total} == {3}


def test_few_hits_bring_the_fallback_and_copies_stay_with_the_better_match(engine: Engine) -> None:
    engine.add([*NEWS, article("e", "қала", 1, cut=1)])
    last = STORIES["қала"][-1]
    result = ask(engine, Word(last, (last,)), fallback=Word("қала", ("қала",)), few=2)
    assert shown(result) == [("b", "e", "a", "d")]
    assert (result.total, result.articles) == (1, 4)
    assert not result.hits[0].fallback


def test_when_the_one_shown_is_deleted_a_copy_is(engine: Engine) -> None:
    engine.add(NEWS)
    engine.delete(["b"])
    assert sorted(shown(ask(engine))) == [("a", "d"), ("c",)]
    engine.delete(["a"])
    assert sorted(shown(ask(engine))) == [("c",), ("d",)]


def test_an_article_that_becomes_another_story_leaves_its_group(engine: Engine) -> None:
    engine.add(NEWS)
    engine.add([article("b", "ауыл", 2)])
    assert sorted(shown(ask(engine))) == [("a", "d"), ("b", "c")]


def test_copies_come_together_from_many_commits_and_after_merges(
    engine: Engine, index_path: Path, analyzer: Anything
) -> None:
    for number in range(9):
        engine.add([article(f"{number}", "қала", 1 + number), article(f"x{number}", "көше")])
    whole = [("0", *"12345678"), ("x0", *(f"x{n}" for n in range(1, 9)))]
    assert sorted(shown(ask(engine))) == whole
    rebuild(index_path, analyzer=analyzer)
    assert sorted(shown(ask(engine))) == whole


def test_a_hundred_copies_are_handed_out_and_all_counted(engine: Engine) -> None:
    engine.add(article(f"{number:03}", "қала") for number in range(120))
    (hit,) = ask(engine).hits
    assert (len(hit.copies), hit.copy_count) == (100, 119)


articles = st.builds(
    article,
    id=st.sampled_from("АБВГДЕЖЗ"),
    name=st.sampled_from(list(STORIES)),
    day=st.sampled_from([None, 1, 2]),
    source=st.sampled_from(["", "BAQ.KZ", "Дала"]),
    cut=st.integers(0, 30),
    instead=st.sampled_from(["", "бірінші", "екінші"]),
)
steps = st.lists(
    st.lists(articles, min_size=1, max_size=5)
    | st.sets(st.sampled_from("АБВГДЕЖЗ"), min_size=1, max_size=3),
    max_size=10,
)


@settings(
    max_examples=settings.default.max_examples * 2 // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps, st.sampled_from(list(Sort)))
def test_folding_does_not_depend_on_how_the_index_came_about(
    tmp_path: Path, analyzer: Anything, history: list[Anything], sort: Sort
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    grown = open_engine(tmp_path / "grown", create=True, analyzer=analyzer)
    left: dict[str, Article] = {}
    for step in history:
        if isinstance(step, list):
            grown.add(step)
            left |= {each.id: each for each in step}
        else:
            grown.delete(step)
            left = {id: each for id, each in left.items() if id not in step}
    at_once = open_engine(tmp_path / "at once", create=True, analyzer=analyzer)
    at_once.add(reversed(left.values()))
    expected = ask(at_once, sort=sort, limit=100)
    assert ask(grown, sort=sort, limit=100) == expected
    assert expected.articles == len(left) == sum(map(len, shown(expected)))
    for source, count in expected.facets["source"].items():
        assert ask(grown, Keyword(KeywordField.SOURCE, source)).total == count
    assert rebuild(tmp_path / "grown", analyzer=analyzer) == len(left)
    assert ask(grown, sort=sort, limit=100) == expected
    grown.close()
    at_once.close()
