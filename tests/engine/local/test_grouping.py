"""Near-duplicates are taken over from the generation before only where nothing has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import open_engine
from kzsearch.engine.local.duplicates import make_groups
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
        assert len(before.group_of) == before.documents  # asked for: there is something to keep
        if isinstance(step, str):
            writer.delete([step])
        else:
            writer.add(step)
        fresh = open_engine(path)
        one, other = snapshot_of(reader), snapshot_of(fresh)
        assert one.group_of.tolist() == other.group_of.tolist()
        assert one.copies.members.tolist() == other.copies.members.tolist()
        assert one.copies.numbers.tolist() == other.copies.numbers.tolist()
        assert [ranks.tolist() for ranks in one.member_ranks] == [
            ranks.tolist() for ranks in other.member_ranks
        ]
        fresh.close()
    writer.close()
    reader.close()


def reference(snapshot: Snapshot) -> list[tuple[int, ...]]:
    """Groups text by text, without shortcuts."""
    articles, links = [], []
    for part in snapshot.parts:
        keys = part.segment.copies.keys.tolist()
        links += [(keys[number], key) for number, key in part.segment.copies.links]
        articles += [
            (part.base + number, key)
            for number, key in enumerate(keys)
            if key and snapshot.live[part.base + number]
        ]

    def place(document: int) -> tuple[int, int]:
        lengths = snapshot.title_lengths[document], snapshot.body_lengths[document]
        return snapshot.age(document)[0], -sum(map(int, lengths))

    return make_groups(articles, links, place)


def groups_of(snapshot: Snapshot) -> list[tuple[int, ...]]:
    return sorted({snapshot.copies.of(d) for d in snapshot.copies.members.tolist()})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(batches=st.lists(st.lists(articles, max_size=9), max_size=3), deleted=st.text("абвг"))
def test_groups_are_those_made_text_by_text(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[Article]], deleted: str
) -> None:
    engine = open_engine(tmp_path_factory.mktemp("grouping"), create=True)
    for batch in batches:
        engine.add(batch)
    engine.delete(deleted)
    snapshot = snapshot_of(engine)
    assert groups_of(snapshot) == reference(snapshot)
    engine.close()


def test_groups_are_made_anew_only_for_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    first_members = grouping._first_members

    def counted(documents: Any, *rest: Any) -> Any:
        made.append(len(documents))
        return first_members(documents, *rest)

    monkeypatch.setattr(grouping, "_first_members", counted)
    with_copies = [Article(id=id, body=story("қала")) for id in "аб"]
    engine = open_engine(tmp_path, create=True)
    engine.add([*with_copies, Article(id="в", body=story("ауыл")), Article(id="г", body="қысқа")])
    assert groups_of(snapshot_of(engine)) == [(0, 1)]
    engine.add([Article(id="д", body=story("көше")), Article(id="е", body="қысқа")])
    engine.delete(["в", "г"])
    assert groups_of(snapshot_of(engine)) == [(0, 1)]
    assert made == [2]
    engine.add([Article(id="ж", body=story("көше"))])
    assert len(groups_of(snapshot_of(engine))) == 2
    engine.delete(["а"])
    assert len(groups_of(snapshot_of(engine))) == 1
    assert len(made) == 3
    engine.close()
