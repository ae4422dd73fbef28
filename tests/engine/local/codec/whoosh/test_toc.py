"""Whoosh's table of contents beside the manifest."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import whoosh
from whoosh.index import _CURRENT_TOC_VERSION, TOC, exists_in, open_dir
from whoosh.query import Every

from kzsearch.documents import Article
from kzsearch.engine import Engine, open_engine, rebuild, verify
from kzsearch.engine.local.codec.whoosh import toc
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.opening import open_whoosh
from kzsearch.errors import IndexDamagedError, IndexMismatchError
from kzsearch.morphology import Analyzer


@pytest.fixture
def engine(index_path: Path) -> Iterator[Engine]:
    engine = open_engine(index_path, create=True)
    yield engine
    engine.close()


ARTICLES = [Article(id=str(number), title=f"мектеп {number}") for number in range(3)]


def tables(path: Path) -> list[str]:
    return sorted(found.name for found in path.iterdir() if found.name.startswith("_MAIN"))


def ids(path: Path) -> list[str]:
    with open_dir(str(path)).searcher() as searcher:
        return sorted(hit["id"] for hit in searcher.search(Every(), limit=None))


def test_whoosh_finds_the_index_from_the_beginning(engine: Engine, index_path: Path) -> None:
    assert exists_in(str(index_path))
    assert ids(index_path) == []


def test_each_commit_writes_one_and_removes_the_one_before(
    engine: Engine, index_path: Path
) -> None:
    for number, article in enumerate(ARTICLES):
        engine.add([article])
        assert len(tables(index_path)) == 1
        assert ids(index_path) == [str(each) for each in range(number + 1)]
    engine.delete(["1"])
    assert ids(index_path) == ["0", "2"]
    engine.put_table("words", b"1")
    assert ids(index_path) == ["0", "2"]
    manifest = Generations(index_path).current()
    assert tables(index_path) == [f"_MAIN_{manifest.generation}.toc"]


def test_a_rebuild_writes_one(engine: Engine, index_path: Path) -> None:
    engine.add(ARTICLES)
    rebuild(index_path)
    manifest = Generations(index_path).current()
    assert tables(index_path) == [f"_MAIN_{manifest.generation}.toc"]
    assert ids(index_path) == ["0", "1", "2"]


@pytest.mark.parametrize("rest", [None, b"", b"\0\0\0"])
def test_the_next_writer_makes_up_for_a_killed_one(
    engine: Engine, index_path: Path, rest: bytes | None
) -> None:
    engine.add(ARTICLES[:2])
    (path,) = (index_path / name for name in tables(index_path))
    path.unlink()
    if rest is not None:
        path.write_bytes(rest)
    (index_path / "_MAIN_1.toc").write_bytes(b"of a generation long gone.")
    (index_path / "_MAIN_9.toc.tmp").write_bytes(b"half")
    engine.delete(["not there"])
    assert tables(index_path) == [path.name]
    assert ids(index_path) == ["0", "1"]


def test_what_is_the_users_stays(engine: Engine, index_path: Path) -> None:
    kept = index_path / "_OTHER_1.toc"
    kept.write_bytes(b"another index of Whoosh's")
    engine.add(ARTICLES)
    assert kept.exists()


def test_a_table_that_cannot_be_written_stops_nobody(
    engine: Engine, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(manifest: object) -> bytes:
        raise OSError("no space left")

    monkeypatch.setattr(toc, "toc_bytes", refuse)
    engine.add(ARTICLES)
    assert not exists_in(str(index_path))
    monkeypatch.undo()
    engine.delete(["2"])
    assert ids(index_path) == ["0", "1"]


def test_it_is_what_whoosh_would_write(engine: Engine, index_path: Path) -> None:
    engine.add(ARTICLES)
    index = open_dir(str(index_path))
    table = TOC.read(index.storage, "MAIN")
    assert table.generation == Generations(index_path).current().generation
    assert table.version == toc.FORMAT == _CURRENT_TOC_VERSION
    assert whoosh.__version__[:3] == toc.RELEASE
    assert index.schema.names() == table.schema.names()
    assert [segment.doc_count_all() for segment in table.segments] == [3]
    assert toc._varint(300) == bytes([0xAC, 2])


def test_neither_writing_nor_searching_imports_whoosh(tmp_path: Path) -> None:
    code = (
        "import sys; from kzsearch import Article, open_index;"
        f"index = open_index({str(tmp_path / 'index')!r}, create=True);"
        "index.add([Article(id='1', title='Мектеп')]);"
        "assert index.search('мектеп').total == 1;"
        "sys.exit(any(name.split('.')[0] == 'whoosh' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert exists_in(str(tmp_path / "index"))


def test_kzsearch_never_unpickles_it(engine: Engine, index_path: Path) -> None:
    engine.add(ARTICLES)
    for name in tables(index_path):
        (index_path / name).write_bytes(b"cos\nabort\n(tR.")  # would end the process
    again = open_engine(index_path)
    assert again.get("1") == ARTICLES[1]
    again.add([Article(id="9")])
    again.close()
    assert len(ids(index_path)) == 4


whoosh_forgets_to_close = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)
"""It leaves the file to the garbage collector when reading it fails."""


@whoosh_forgets_to_close
def test_whoosh_notices_a_damaged_one(engine: Engine, index_path: Path) -> None:
    engine.add(ARTICLES)
    (path,) = (index_path / name for name in tables(index_path))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"articles": 3', b'"articles": 2'))
    with pytest.raises(IndexDamagedError, match="rebuild"):
        open_dir(str(index_path))
    assert [damage.path for damage in verify(index_path)] == [str(path)]


@whoosh_forgets_to_close
def test_an_index_of_another_analyzer_is_refused(index_path: Path, analyzer: Analyzer) -> None:
    open_engine(index_path, create=True, analyzer=analyzer).close()
    for open_it in (open_whoosh, lambda path: open_dir(str(path))):
        with pytest.raises(IndexMismatchError, match="another analyzer"):
            open_it(index_path)
    open_whoosh(index_path, analyzer=analyzer).writer().cancel()
