"""Adding, replacing and deleting articles."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import (
    AddReport,
    Engine,
    Everything,
    SearchRequest,
    Word,
    open_engine,
    verify,
)
from kzsearch.engine.local import commit, merging
from kzsearch.engine.local.store.manifest import FORMAT_VERSION
from kzsearch.errors import IndexDamagedError
from kzsearch.morphology import Analyzer


def ids(engine: Engine, **kwargs: object) -> list[str]:
    hits = engine.search(SearchRequest(Everything(), limit=1000)).hits
    return [hit.article.id for hit in hits]


def test_an_article_comes_back_as_it_was(engine: Engine) -> None:
    article = Article(
        id="Ә-1",
        title="Тақырып",
        body="Мәтін.\nЕкінші жол 😀",
        date=dt.datetime(2025, 9, 29, 14, 30, 15, 123456, dt.timezone(dt.timedelta(hours=5))),
        source="BAQ.KZ",
        url="https://baq.kz/1",
        author="Автор",
        category="Қоғам",
        language="kk",
    )
    plain = Article(id="2", body="б", date=dt.date(2025, 9, 29))
    assert engine.add([article, plain]) == AddReport(added=2)
    assert engine.get("Ә-1") == article
    assert engine.get("2") == plain
    assert engine.get("ә-1") is None
    assert engine.get("") is None


def test_same_id_replaces_and_unchanged_is_skipped(engine: Engine, index_path: Path) -> None:
    first = Article(id="1", body="мектеп")
    assert engine.add([first]) == AddReport(added=1)
    pointer = (index_path / "CURRENT").read_bytes()
    assert engine.add([first]) == AddReport(unchanged=1)
    assert (index_path / "CURRENT").read_bytes() == pointer
    second = Article(id="1", body="қала")
    assert engine.add([second]) == AddReport(updated=1)
    assert engine.get("1") == second
    assert ids(engine) == ["1"]


@pytest.mark.parametrize(
    "field", ["title", "body", "source", "url", "author", "category", "language"]
)
def test_a_change_of_any_field_is_an_update(engine: Engine, field: str) -> None:
    engine.add([Article(id="1", body="мектеп")])
    assert engine.add([Article(**{"id": "1", "body": "мектеп", field: "жаңа"})]).updated == 1


def test_the_last_of_one_batch_wins(engine: Engine) -> None:
    versions = [Article(id="1", body=f"нұсқа {n}") for n in range(5)]
    report = engine.add([*versions, versions[-1], Article(id="2", body="б")])
    assert report == AddReport(added=2, updated=4, unchanged=1)
    assert engine.get("1") == versions[-1]
    assert engine.stats().articles == 2


def test_ids_that_differ_in_case_only_are_two_articles(engine: Engine) -> None:
    engine.add([Article(id="a", body="x"), Article(id="A", body="y")])
    assert engine.delete(["a"]) == 1
    assert ids(engine) == ["A"]


def test_deleting(engine: Engine, index_path: Path) -> None:
    engine.add([Article(id=str(n), body="мектеп") for n in range(4)])
    assert engine.delete(["1", "3", "3", "жоқ"]) == 2
    assert engine.delete(iter(["1"])) == 0
    assert engine.get("1") is None
    assert ids(engine) == ["0", "2"]
    assert engine.search(SearchRequest(Word("мектеп", ("мект",)))).total == 2
    assert engine.add([Article(id="1", body="қайта")]) == AddReport(added=1)
    assert engine.delete(["0", "1", "2"]) == 3
    assert ids(engine) == []
    assert engine.suggest("") == []


def test_empty_articles_and_nothing_at_all(engine: Engine) -> None:
    assert engine.add([]) == AddReport()
    assert engine.add([Article(id="1")]) == AddReport(added=1)
    assert ids(engine) == ["1"]


def test_articles_stream_and_are_committed_on_the_way(
    engine: Engine, open_index: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit, "COMMIT_ARTICLES", 10)
    reader = open_index()
    seen = []

    def source() -> Iterator[Article]:
        for number in range(35):
            seen.append(len(ids(reader)))
            yield Article(id=str(number), body="мектеп")

    taken: list[int] = []
    assert engine.add(source(), progress=taken.append).added == 35
    assert taken == list(range(1, 36))
    assert seen == [n // 10 * 10 for n in range(35)]


def test_many_words_make_a_commit_too(
    engine: Engine, open_index: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit, "COMMIT_WORDS", 5)
    reader = open_index()
    seen = []

    def source() -> Iterator[Article]:
        for number in range(4):
            seen.append(len(ids(reader)))
            yield Article(id=str(number), body="бір екі үш")

    engine.add(source())
    assert seen == [0, 0, 2, 2]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_came_before_an_exception_is_committed(
    engine: Engine, index_path: Path, error: type[BaseException]
) -> None:
    def source() -> Iterator[Article]:
        yield Article(id="1", body="мектеп")
        yield Article(id="2", body="мектеп")
        raise error("бұзылды")

    with pytest.raises(error, match="бұзылды"):
        engine.add(source())
    assert ids(engine) == ["1", "2"]
    assert engine.add([Article(id="3", body="б")]) == AddReport(added=1)


def test_an_error_of_the_caller_is_passed_on_as_it_is(engine: Engine) -> None:
    def source() -> Iterator[Article]:
        raise OSError(28, "the caller's disk")
        yield

    with pytest.raises(OSError, match="the caller's disk"):
        engine.add(source())


def test_readers_see_a_new_generation_without_reopening(
    engine: Engine, open_index: Callable[[], Engine]
) -> None:
    reader = open_index()
    assert ids(reader) == []
    engine.add([Article(id="1", body="мектеп")])
    assert ids(reader) == ["1"]
    reader.add([Article(id="2", body="мектеп")])
    assert ids(engine) == ["1", "2"]


def test_segments_are_merged_and_garbage_is_compacted(
    engine: Engine, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        engine.add([Article(id=str(number), body=f"мектеп {number}")])
    assert engine.stats().segments <= 6
    assert len(list((index_path / "segments").iterdir())) == engine.stats().segments
    for number in range(19):
        engine.delete([str(number)])
    stats = engine.stats()
    assert stats.articles == 1
    logs = sum(log.stat().st_size for log in index_path.glob("segments/*/articles.log"))
    assert logs == stats.article_bytes
    assert ids(engine) == ["19"]
    assert engine.get("19") == Article(id="19", body="мектеп 19")


def test_a_commit_syncs_what_it_must_and_no_more(
    engine: Engine, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each new file, its directory, the directory of segments, CURRENT and its directory."""
    synced: list[Path] = []
    monkeypatch.setattr(
        os, "fsync", lambda number: synced.append(Path(os.readlink(f"/proc/self/fd/{number}")))
    )
    engine.add([Article(id="1", body="мектеп")])
    (segment,) = (index_path / "segments").iterdir()
    assert sorted(synced) == sorted(
        [*segment.iterdir(), segment, segment.parent, index_path / "CURRENT.tmp", index_path]
    )
    assert synced[-2:] == [index_path / "CURRENT.tmp", index_path]


def test_a_small_commit_leaves_big_segments_alone(
    engine: Engine, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MERGE_LIMIT", 16)
    engine.add([Article(id=f"big-{n}", body="мектеп") for n in range(100)])
    (big,) = (index_path / "segments").iterdir()
    before = {path: path.stat().st_ino for path in big.iterdir()}
    for number in range(40):
        engine.add([Article(id=str(number), body="қала")])
    assert {path: path.stat().st_ino for path in big.iterdir()} == before
    assert engine.stats().segments < 15
    assert len(ids(engine)) == 140


def test_stats(engine: Engine, index_path: Path) -> None:
    assert engine.stats().first_day == engine.stats().last_day == ""
    engine.add(
        [
            Article(id="1", title="мектеп", body="қала мектеп", date=dt.date(2025, 1, 31)),
            Article(id="2", body="алма", date=dt.datetime(2025, 2, 1, 20, 0, tzinfo=dt.UTC)),
            Article(id="3", body="алма"),
        ]
    )
    stats = engine.stats(count_terms=True)
    assert stats.location == str(index_path)
    assert (stats.engine, stats.analyzer) == ("kzsearch-columnar-2", "plain")
    assert stats.format_version == FORMAT_VERSION
    assert (stats.generation, stats.segments, stats.articles, stats.terms) == (2, 1, 3, 3)
    assert (stats.first_day, stats.last_day) == ("2025-01-31", "2025-02-02")
    assert stats.garbage_bytes == 0
    on_disk = sum(path.stat().st_size for path in index_path.glob("segments/*/*"))
    assert stats.index_bytes + stats.article_bytes == on_disk
    engine.delete(["2"])
    assert engine.stats().garbage_bytes > 0


@pytest.mark.parametrize("name", ["articles.log", "index.kz"])
def test_a_merge_takes_over_nothing_that_is_damaged(
    index_path: Path, analyzer: Analyzer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MERGE_FACTOR", 2)
    writer = open_engine(index_path, create=True, analyzer=analyzer)
    writer.add([Article(id="1", title="мектеп ашылды", body="мектеп " * 20)])
    (path,) = index_path.glob(f"segments/*/{name}")
    data = bytearray(path.read_bytes())
    for place in range(40, len(data), max(1, len(data) // 12)):
        changed = data.copy()
        changed[place] ^= 16
        path.write_bytes(changed)
        with pytest.raises(IndexDamagedError):
            writer.add([Article(id="2", body="қала")])  # merges both
        assert any(damage.path == str(path) for damage in verify(index_path, analyzer=analyzer))
    path.write_bytes(data)
    assert writer.add([Article(id="2", body="қала")]).added == 1
    assert verify(index_path, analyzer=analyzer) == []
    assert writer.stats().segments == 1
