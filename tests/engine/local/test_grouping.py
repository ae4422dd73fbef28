"""Near-duplicates are taken over from the generation before only where nothing has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import open_engine
from kzsearch.engine.local.engine import LocalEngine
from kzsearch.engine.local.search import grouping
from kzsearch.engine.local.search.snapshot import Snapshot
from tests.engine.local.test_folding import STORIES, story

texts = st.builds(
    story,
    st.sampled_from(sorted(STORIES)),
    cut=st.integers(0, 3),
    instead=st.sampled_from(["", "жаңа", "басқа"]),
) | st.sampled_from(["қысқа", ""])
articles = st.builds(Article, id=st.sampled_from("абвгдежзи"), body=texts)
steps = st.lists(st.lists(articles, max_size=3) | st.sampled_from("абвгдежзи"), max_size=6)


def snapshot_of(engine: LocalEngine) -> Snapshot:
    return engine._newest().searcher.snapshot


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=st.lists(articles, max_size=6), steps=steps)
def test_groups_are_those_of_an_index_just_opened(
    tmp_path_factory: pytest.TempPathFactory, first: list[Article], steps: list[list[Article] | str]
) -> None:
    path: Path = tmp_path_factory.mktemp("grouping")
    reader = open_engine(path, create=True)
    writer = open_engine(path)
    writer.add(first)
    for step in steps:
        before = snapshot_of(reader)
        assert before.groups.members is not None  # asked for, so that there is something to keep
        if isinstance(step, str):
            writer.delete([step])
        else:
            writer.add(step)
        fresh = open_engine(path)
        one, other = snapshot_of(reader), snapshot_of(fresh)
        assert one.groups == other.groups
        assert one.group_of.tolist() == other.group_of.tolist()
        assert [ranks.tolist() for ranks in one.member_ranks] == [
            ranks.tolist() for ranks in other.member_ranks
        ]
        fresh.close()
    writer.close()
    reader.close()


def test_groups_are_made_anew_only_for_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    make_groups = grouping.make_groups

    def counted(articles: list[tuple[int, int]], *rest: object) -> object:
        made.append(len(articles))
        return make_groups(articles, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(grouping, "make_groups", counted)
    with_copies = [Article(id=id, body=story("қала")) for id in "аб"]
    engine = open_engine(tmp_path, create=True)
    engine.add([*with_copies, Article(id="в", body=story("ауыл")), Article(id="г", body="қысқа")])
    assert snapshot_of(engine).groups.copies(0) == (0, 1)
    engine.add([Article(id="д", body=story("көше")), Article(id="е", body="қысқа")])
    engine.delete(["в", "г"])
    assert snapshot_of(engine).groups.copies(0) == (0, 1)
    assert made == [2]
    engine.add([Article(id="ж", body=story("көше"))])
    assert len(snapshot_of(engine).groups.members) == 2
    engine.delete(["а"])
    assert len(snapshot_of(engine).groups.members) == 1
    assert len(made) == 3
    engine.close()
