"""Tables that other rooms keep in an index."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import Engine, open_engine, rebuild, verify
from kzsearch.errors import ArticlesLostError, IndexDamagedError, IndexWriteError
from kzsearch.morphology import Analyzer

TABLE = b"\x00 \xd0\xba\xd0\xb5\xd1\x81\xd1\x82\xd0\xb5"


def test_a_table_is_kept_replaced_and_forgotten(
    engine: Engine, open_index: Callable[[], Engine], index_path: Path
) -> None:
    reader = open_index()
    assert engine.table("words.tsv") is None
    before = reader.generation
    engine.put_table("words.tsv", TABLE)
    engine.put_table("other", b"")
    assert reader.generation > before
    assert (reader.table("words.tsv"), reader.table("other")) == (TABLE, b"")
    engine.add([Article(id="1", body="мектеп")])
    engine.put_table("words.tsv", TABLE + b"2")
    engine.put_table("words.tsv", TABLE + b"2")
    assert reader.table("words.tsv") == TABLE + b"2"
    assert verify(index_path) == []
    engine.put_table("words.tsv", None)
    assert reader.table("words.tsv") is None  # and lets go of the generation before
    engine.put_table("never", None)
    assert [path.name[:6] for path in (index_path / "tables").iterdir()] == ["other-"]
    assert reader.get("1")


@pytest.mark.parametrize("name", ["", "../x", "Word", "a b", "a/b", "сөз"])
def test_a_name_must_be_a_plain_one(engine: Engine, name: str) -> None:
    with pytest.raises(ValueError, match="is no name for a table"):
        engine.put_table(name, b"")


def test_a_rebuild_takes_tables_over(engine: Engine, index_path: Path, analyzer: Analyzer) -> None:
    engine.add([Article(id="1", body="мектеп")])
    engine.put_table("words.tsv", TABLE)
    assert rebuild(index_path, analyzer=analyzer) == 1
    assert engine.table("words.tsv") == TABLE
    for path in (index_path / "CURRENT", *index_path.glob("generations/*")):
        path.unlink()
    assert rebuild(index_path, analyzer=analyzer) == 1
    assert engine.table("words.tsv") == TABLE


def test_a_damaged_table_is_never_handed_out(
    engine: Engine, index_path: Path, analyzer: Analyzer
) -> None:
    engine.add([Article(id="1", body="мектеп")])
    engine.put_table("words.tsv", TABLE)
    (path,) = (index_path / "tables").iterdir()
    path.write_bytes(TABLE[:-1] + b"?")
    with pytest.raises(IndexDamagedError, match="does not hold what was kept"):
        engine.table("words.tsv")
    (damage,) = verify(index_path)
    assert damage.path == str(path)
    with pytest.raises(ArticlesLostError) as error:
        rebuild(index_path, analyzer=analyzer)
    assert (error.value.articles, error.value.lost) == (1, ("table words.tsv",))
    assert (error.value.kept / path.relative_to(index_path)).is_file()
    assert engine.table("words.tsv") is None
    assert engine.get("1")


def test_a_full_disk_leaves_the_old_table_and_no_rest(
    engine: Engine, index_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.put_table("words.tsv", TABLE)
    before = sorted(path.name for path in index_path.rglob("*"))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(IndexWriteError, match="No space left on device"):
        engine.put_table("words.tsv", b"new")
    monkeypatch.undo()
    assert sorted(path.name for path in index_path.rglob("*")) == before
    assert open_engine(index_path, analyzer=analyzer).table("words.tsv") == TABLE
