"""A file of sections, each checked block by block when it is touched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kzsearch.engine.local.codec import container as module
from kzsearch.engine.local.codec.cache import RecentlyUsed
from kzsearch.engine.local.codec.container import (
    BLOCK,
    Container,
    ContainerWriter,
    footer_digest,
)
from kzsearch.errors import IndexDamagedError

BYTES = np.arange(3 * BLOCK + 17, dtype=np.uint64).astype(np.uint8)


def write(path: Path) -> Container:
    with ContainerWriter(path) as writer:
        spool = writer.spool()
        writer.add("empty", np.zeros(0, np.uint32))
        writer.add("numbers", np.arange(10, dtype=np.int64) - 5)
        for begin in range(0, len(BYTES), 1_000):
            spool.write(BYTES[begin : begin + 1_000])
        writer.add_spool("bytes", spool)
        writer.finish({"articles": 7})
    return Container(path)


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("in_memory", [0, 1 << 30])
def test_sections_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(module, "SPOOLED", in_memory)
    container = write(tmp_path / "file")
    assert container.about == {"articles": 7}
    assert container["numbers"].array().tolist() == list(range(-5, 5))
    assert container["numbers"].array().dtype == np.int64
    assert container["numbers"].item(2) == -3
    assert container["numbers"].pair(2) == (-3, -2)
    assert container["empty"].array().tolist() == []
    assert container["bytes"].array().tobytes() == BYTES.tobytes()
    assert "bytes" in container
    assert "nothing" not in container
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_sections_begin_at_multiples_of_eight(tmp_path: Path) -> None:
    container = write(tmp_path / "file")
    assert all(container[name].begin % 8 == 0 for name in container.sizes())


def test_only_what_is_touched_is_checked(tmp_path: Path) -> None:
    begin = write(tmp_path / "file")["bytes"].begin
    flip(tmp_path / "file", begin + BLOCK + 5)
    section = Container(tmp_path / "file")["bytes"]
    assert bytes(section.bytes(0, BLOCK)) == BYTES[:BLOCK].tobytes()
    assert section.part(2 * BLOCK, 2 * BLOCK + 3).tolist() == [0, 1, 2]
    for begin, end in ((BLOCK, BLOCK + 1), (BLOCK - 1, BLOCK + 1), (0, len(BYTES))):
        with pytest.raises(IndexDamagedError, match="block 1 of bytes"):
            section.bytes(begin, end)


def test_two_files_of_the_same_sections_are_told_apart(tmp_path: Path) -> None:
    first, second = write(tmp_path / "first"), write(tmp_path / "second")
    assert first.identity != second.identity
    assert first.digest == footer_digest(tmp_path / "first") != second.digest
    with pytest.raises(IndexDamagedError, match="not the file that the manifest names"):
        Container(tmp_path / "second", first.digest)


@pytest.mark.parametrize("begin", [0, 8])
def test_what_is_asked_for_must_be_there(tmp_path: Path, begin: int) -> None:
    container = write(tmp_path / "file")
    with pytest.raises(IndexDamagedError, match="holds no bytes"):
        container["numbers"].bytes(begin, 81)
    with pytest.raises(IndexDamagedError, match="has no section nothing"):
        container["nothing"]


def test_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FORMAT", 2)
    with ContainerWriter(tmp_path / "file") as writer:
        writer.finish({})
    monkeypatch.undo()
    with pytest.raises(IndexDamagedError, match="its format is 2"):
        Container(tmp_path / "file")


def test_a_writer_that_does_not_finish_leaves_nothing_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SPOOLED", 1)
    with ContainerWriter(tmp_path / "file") as writer:
        writer.spool().write(BYTES)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    with pytest.raises(IndexDamagedError):
        Container(tmp_path / "file")


def test_the_memory_of_recent_values_is_bounded() -> None:
    memory: RecentlyUsed[str] = RecentlyUsed(100)
    memory.put(("a",), "first", 40)
    memory.put(("b",), "second", 40)
    assert memory.get(("a",)) == "first"
    memory.put(("c",), "third", 40)
    assert memory.get(("b",)) is None
    assert memory.get(("a",)) == "first"
    memory.put(("d",), "too big", 101)
    assert memory.get(("d",)) is None
    memory.put(("a",), "again", 60)
    assert (memory.get(("a",)), memory.get(("c",))) == ("again", "third")
    memory.put(("c", 1), "third's", 0)
    memory.forget("c")
    assert (memory.get(("c",)), memory.get(("c", 1))) == (None, None)
    memory.put(("b",), "fits again", 40)
    assert memory.get(("a",)) == "again"
    memory.clear()
    assert memory.get(("a",)) is None
