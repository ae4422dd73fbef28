"""An engine that follows its index: nothing waits, its own commits are there at once."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import open_engine
from kzsearch.engine.interface import SearchRequest
from kzsearch.engine.local import views
from kzsearch.engine.local.engine import LocalEngine
from kzsearch.engine.local.search import Searcher
from kzsearch.engine.nodes import Everything
from kzsearch.errors import IndexDamagedError, IndexMissingError

ALL = SearchRequest(query=Everything())


def follower(path: Path, *, create: bool = False) -> LocalEngine:
    engine = open_engine(path, create=create)
    assert isinstance(engine, LocalEngine)
    engine.follow()
    engine.follow()  # once more is nothing
    return engine


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Followers look only when a test lets them."""
    monkeypatch.setattr(views, "FOLLOW_SECONDS", 1e6)


@pytest.fixture
def written(tmp_path: Path) -> Iterator[LocalEngine]:
    engine = open_engine(tmp_path / "index", create=True)
    engine.add([Article(id="1", title="бірінші")])
    assert isinstance(engine, LocalEngine)
    yield engine
    engine.close()


def test_the_generation_before_is_shown_until_the_next_is_prepared(
    by_hand: None, tmp_path: Path, written: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = follower(tmp_path / "index")
    seen: list[int] = []
    prepare = Searcher.prepare

    def watched(searcher: Searcher) -> None:
        seen.append(reader.search(ALL).total)
        prepare(searcher)

    monkeypatch.setattr(Searcher, "prepare", watched)
    written.add([Article(id="2", title="екінші")])
    assert reader.search(ALL).total == 1
    assert reader.vocabulary().doc_freq("екінші") == 0
    reader._views.look()
    assert seen == [1]
    assert reader.search(ALL).total == 2
    assert reader.vocabulary().doc_freq("екінші") == 1
    generation = reader.generation
    reader._views.look()
    assert reader.generation == generation
    reader.close()


def test_its_own_commits_are_shown_at_once(
    by_hand: None, tmp_path: Path, written: LocalEngine
) -> None:
    reader = follower(tmp_path / "index")
    written.add([Article(id="2", title="екінші")])
    reader.add([Article(id="3", title="үшінші")])  # beside one that it has not seen yet
    assert reader.search(ALL).total == 3
    reader.delete(["1"])
    assert reader.search(ALL).total == 2
    reader.close()


def test_what_is_wrong_is_told_by_the_next_search(
    by_hand: None, tmp_path: Path, written: LocalEngine
) -> None:
    reader = follower(tmp_path / "index")
    pointer = tmp_path / "index" / "CURRENT"
    whole = pointer.read_bytes()
    pointer.write_bytes(b"nothing\n")
    reader._views.look()
    with pytest.raises(IndexDamagedError):
        reader.search(ALL)
    pointer.write_bytes(whole)
    assert reader.search(ALL).total == 1
    shutil.rmtree(tmp_path / "index")
    reader._views.look()
    with pytest.raises(IndexMissingError):
        reader.search(ALL)
    reader.close()


def test_another_index_in_its_place_is_shown(
    by_hand: None, tmp_path: Path, written: LocalEngine
) -> None:
    reader = follower(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")
    other = open_engine(tmp_path / "index", create=True)
    other.add([Article(id=str(number), title="басқа") for number in range(4)])
    reader._views.look()
    assert reader.search(ALL).total == 4
    other.close()
    reader.close()


def waited_for(happened: Callable[[], bool]) -> bool:
    """Whether something happens within a minute."""
    paused = threading.Event()
    return any(happened() or paused.wait(0.05) for _ in range(1200))


def test_the_thread_shows_new_generations_and_ends_with_the_engine(
    tmp_path: Path, written: LocalEngine
) -> None:
    def threads() -> set[threading.Thread]:
        return {thread for thread in threading.enumerate() if thread.daemon}

    before = threads()
    reader = follower(tmp_path / "index")
    forgotten = follower(tmp_path / "index")
    assert len(threads() - before) == 2
    written.add([Article(id="2", title="екінші")])
    assert waited_for(lambda: reader.search(ALL).total == 2)
    reader.close()
    del forgotten
    gc.collect()
    assert waited_for(lambda: not threads() - before)
