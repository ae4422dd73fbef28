"""An index that is removed and made anew, or copied over, while handles to it are open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import Engine, Everything, SearchRequest, open_engine, verify
from kzsearch.engine.local import views
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import LOCK_NAME
from kzsearch.errors import IndexDamagedError, IndexMissingError, IndexWriteError
from kzsearch.morphology import Analyzer

OpenIndex = Callable[..., Engine]


def held(engine: Engine) -> dict[str, str]:
    hits = engine.search(SearchRequest(Everything(), limit=100)).hits
    assert len({hit.article.id for hit in hits}) == len(hits)
    return {hit.article.id: hit.article.body for hit in hits}


def make(path: Path, analyzer: Analyzer, bodies: dict[str, str]) -> None:
    engine = open_engine(path, create=True, analyzer=analyzer)
    engine.add([Article(id=id, body=body) for id, body in bodies.items()])
    engine.close()


def removed(path: Path) -> None:
    shutil.rmtree(path)


def moved_away(path: Path) -> None:
    path.rename(path.with_name("before"))


@pytest.mark.parametrize("go", [removed, moved_away])
def test_a_reader_answers_from_the_new_index(
    engine: Engine, index_path: Path, analyzer: Analyzer, go: Callable[[Path], None]
) -> None:
    engine.add([Article(id="1", body="ескі"), Article(id="2", body="ескі")])
    assert held(engine) == {"1": "ескі", "2": "ескі"}
    go(index_path)
    with pytest.raises(IndexMissingError):
        held(engine)
    make(index_path, analyzer, {"1": "жаңа", "2": "жаңа"})  # as many commits, the same numbers
    assert held(engine) == {"1": "жаңа", "2": "жаңа"}
    assert (article := engine.get("1"))
    assert article.body == "жаңа"


def test_times_and_inodes_prove_nothing(
    engine: Engine, index_path: Path, analyzer: Analyzer, tmp_path: Path
) -> None:
    """The new files keep the old inodes, sizes and times: what they hold is what counts."""
    engine.add([Article(id="1", body="ескі")])
    assert held(engine) == {"1": "ескі"}
    make(tmp_path / "new", analyzer, {"1": "жаңа"})
    pointer = index_path / "CURRENT"
    times = pointer.stat()
    for path in sorted((tmp_path / "new").rglob("*")):
        target = index_path / path.relative_to(tmp_path / "new")
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(path.read_bytes())
    os.utime(pointer, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert pointer.stat().st_ino == times.st_ino
    assert pointer.stat().st_mtime_ns == times.st_mtime_ns
    assert held(engine) == {"1": "жаңа"}


@pytest.mark.parametrize("go", [removed, moved_away])
def test_a_handle_that_writes_sees_the_articles_of_the_new_index(
    engine: Engine, index_path: Path, analyzer: Analyzer, go: Callable[[Path], None]
) -> None:
    engine.add([Article(id="1", body="ескі"), Article(id="2", body="ескі")])
    go(index_path)
    make(index_path, analyzer, {"1": "жаңа", "3": "жаңа"})
    assert engine.add([Article(id="1", body="тағы"), Article(id="3", body="жаңа")]).updated == 1
    assert held(engine) == {"1": "тағы", "3": "жаңа"}
    assert verify(index_path) == []
    assert engine.delete(["1", "2"]) == 1
    assert held(engine) == {"3": "жаңа"}


@pytest.mark.parametrize("go", [removed, moved_away])
def test_a_commit_under_way_does_not_land_in_another_index(
    engine: Engine, index_path: Path, analyzer: Analyzer, go: Callable[[Path], None]
) -> None:
    engine.add([Article(id="1", body="ескі")])

    def source() -> Iterator[Article]:
        yield Article(id="2", body="ескі")
        go(index_path)
        make(index_path, analyzer, {"1": "жаңа"})
        yield Article(id="3", body="ескі")

    with pytest.raises(IndexWriteError, match="removed or replaced while it was being written"):
        engine.add(source())
    assert held(engine) == {"1": "жаңа"}
    engine.add([Article(id="4", body="жаңа")])  # removes what the failed commit left
    assert verify(index_path) == []
    assert len(list((index_path / "segments").iterdir())) == 2


def test_a_commit_under_way_is_stopped_by_an_index_copied_over(
    engine: Engine, index_path: Path, analyzer: Analyzer, tmp_path: Path
) -> None:
    """The lock file may stay the same: then the manifest tells."""
    engine.add([Article(id="1", body="ескі")])
    make(tmp_path / "new", analyzer, {"1": "жаңа"})
    (tmp_path / "new" / LOCK_NAME).unlink(missing_ok=True)

    def source() -> Iterator[Article]:
        yield Article(id="2", body="ескі")
        shutil.copytree(tmp_path / "new", index_path, dirs_exist_ok=True)

    with pytest.raises(IndexWriteError, match="replaced by another while it was being"):
        engine.add(source())
    assert held(engine) == {"1": "жаңа"}


def test_a_restored_backup_is_the_same_index(
    engine: Engine, index_path: Path, tmp_path: Path
) -> None:
    engine.add([Article(id="1", body="бірінші")])
    shutil.copytree(index_path, tmp_path / "backup")
    engine.add([Article(id="1", body="екінші"), Article(id="2", body="екінші")])
    assert len(held(engine)) == 2
    shutil.rmtree(index_path)
    (tmp_path / "backup").rename(index_path)
    assert held(engine) == {"1": "бірінші"}
    engine.add([Article(id="2", body="қайта")])
    assert held(engine) == {"1": "бірінші", "2": "қайта"}
    assert verify(index_path) == []


def test_segments_of_another_index_are_refused(
    engine: Engine, index_path: Path, analyzer: Analyzer, tmp_path: Path
) -> None:
    """A folder put together from two indexes is damaged, not an answer."""
    engine.add([Article(id="1", body="ескі")])
    make(tmp_path / "new", analyzer, {"1": "жаңа"})
    (mine,) = (index_path / "segments").iterdir()
    (other,) = (tmp_path / "new/segments").iterdir()
    shutil.rmtree(mine)
    other.rename(mine)
    again = open_engine
    with pytest.raises(IndexDamagedError):
        held(again(index_path, analyzer=analyzer))


def test_the_folder_of_a_new_index_and_those_above_it_are_synced(
    tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    path = tmp_path / "a/b/index"
    make(path, analyzer, {"1": "жаңа"})
    for parent in (tmp_path, tmp_path / "a", tmp_path / "a/b", path, path / "segments"):
        assert parent in synced
    assert Generations(path).current().articles == 1


@pytest.mark.parametrize("name", ["articles.log", "index.kz"])
@pytest.mark.parametrize("how", ["cut short", "removed", "changed", "restored"])
def test_files_that_are_changed_under_a_reader(
    open_index: OpenIndex, index_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, how: str
) -> None:
    """To read a mapped file behind its new end would kill the process."""
    monkeypatch.setattr(views, "LOOK_SECONDS", 0.0)
    engine = open_index()
    engine.add([Article(id=f"{n}", title=f"мектеп {n}", body="қала " * 50) for n in range(50)])
    assert len(held(engine)) == 50
    (path,) = index_path.glob(f"segments/*/{name}")
    data = path.read_bytes()
    if how == "cut short":
        os.truncate(path, 0)
    elif how == "changed":
        path.write_bytes(data[:20] + bytes(len(data) - 20))
    else:
        path.unlink()
    if how == "restored":
        path.write_bytes(data)
    else:

        def ask() -> None:
            held(engine)
            engine.suggest("м")
            engine.search(SearchRequest(Everything(), collapse=True))

        for _ in range(2):
            with pytest.raises(IndexDamagedError):
                ask()
        path.write_bytes(data)
    assert len(held(engine)) == 50
    assert engine.add([Article(id="new", body="жаңа")]).added == 1
    assert len(held(engine)) == 51
