"""Opening what is missing, damaged or of another make; verifying and rebuilding."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import (
    Any,
    Engine,
    Everything,
    Prefix,
    SearchRequest,
    Word,
    open_engine,
    rebuild,
    verify,
)
from kzsearch.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    IndexWriteError,
    KzsearchError,
)
from kzsearch.morphology import Analyzer

from .contents import held

ARTICLES = [Article(id=str(n), title=f"тақырып {n}", body="мектеп " * n) for n in range(5)]


@pytest.fixture
def filled(index_path: Path, analyzer: Analyzer) -> Path:
    """An index of three commits, with an update and a deletion."""
    engine = open_engine(index_path, create=True, analyzer=analyzer)
    engine.add([Article(id="2", body="ескі"), *ARTICLES[:2], Article(id="x", body="артық")])
    engine.add(ARTICLES[2:])
    engine.delete(["x"])
    engine.close()
    return index_path


def test_no_index(tmp_path: Path, analyzer: Analyzer) -> None:
    for path in (tmp_path, tmp_path / "жоқ"):
        for use in (open_engine, rebuild, verify):
            with pytest.raises(IndexMissingError, match="There is no index"):
                use(path)
    assert list(tmp_path.iterdir()) == []


def test_an_index_is_made_beside_what_is_there(tmp_path: Path, analyzer: Analyzer) -> None:
    (tmp_path / "README.md").write_text("мұнда индекс болады")
    (tmp_path / "notes").mkdir()
    engine = open_engine(str(tmp_path), create=True, analyzer=analyzer)
    engine.add(ARTICLES)
    engine.add(ARTICLES[:1])
    engine.close()
    rebuild(tmp_path, analyzer=analyzer)
    assert (tmp_path / "README.md").read_text() == "мұнда индекс болады"
    assert (tmp_path / "notes").is_dir()
    assert held(tmp_path, analyzer) == ARTICLES
    assert verify(tmp_path) == []


def test_an_index_cannot_be_made_in_a_file(tmp_path: Path, analyzer: Analyzer) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(IndexWriteError, match="could not be written"):
        open_engine(path, create=True, analyzer=analyzer)


def test_another_analyzer_asks_for_a_rebuild(filled: Path, analyzer: Analyzer) -> None:
    other = type(analyzer)("another")
    with pytest.raises(IndexMismatchError, match=r"another analyzer.*`kzsearch rebuild`"):
        open_engine(filled, analyzer=other)
    assert rebuild(filled, analyzer=other) == 5
    assert held(filled, other) == ARTICLES
    with pytest.raises(IndexMismatchError):
        open_engine(filled, create=True, analyzer=analyzer)


def test_a_reader_meets_a_rebuild_by_another_analyzer(filled: Path, analyzer: Analyzer) -> None:
    reader = open_engine(filled, analyzer=analyzer)
    rebuild(filled, analyzer=type(analyzer)("another"))
    with pytest.raises(IndexMismatchError):
        reader.search(SearchRequest(Everything()))
    with pytest.raises(IndexMismatchError):
        reader.add(ARTICLES)
    reader.close()


def test_another_format_asks_for_a_rebuild(filled: Path, analyzer: Analyzer) -> None:
    set_manifest(filled, format_version=99)
    with pytest.raises(IndexMismatchError, match=r"format 99.*`kzsearch rebuild`"):
        open_engine(filled, analyzer=analyzer)
    (damage,) = verify(filled)
    assert "format 99" in damage.problem
    assert rebuild(filled, analyzer=analyzer) == 5
    assert held(filled, analyzer) == ARTICLES


def set_manifest(path: Path, **changes: object) -> None:
    """Write a changed manifest the way a writer would."""
    from kzsearch.engine.local.store.files import bytes_digest

    first, _, rest = (path / "CURRENT").read_bytes().partition(b"\n")
    number = first.split()[0].decode()
    data = json.dumps(json.loads(rest) | changes).encode()
    whole = f"{number} {bytes_digest(data)}\n".encode() + data
    (path / "CURRENT").write_bytes(whole)
    (path / "generations" / number.zfill(8)).write_bytes(whole)


def files_of(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file() and "writer" not in file.name)


def damaged(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif how == "garbage":
        path.write_bytes(b"\x80\x04garbage" * 9)
    else:
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


@pytest.mark.parametrize("how", ["missing", "truncated", "garbage", "one bit"])
def test_any_damaged_file_is_named_and_nothing_breaks_down(
    filled: Path, analyzer: Analyzer, how: str
) -> None:
    originals = {path: path.read_bytes() for path in files_of(filled)}
    assert len(originals) == 9
    for victim, data in originals.items():
        if not data:
            continue
        damaged(victim, how)
        damages = verify(filled)
        made_anew = victim.parent.name == "generations" or victim.suffix == ".toc"
        if how == "missing" and made_anew:
            assert damages == []  # a copy of the manifest by any reader, Whoosh's by any writer
            continue
        assert damages, victim
        assert any(victim.name in f"{d.path} {d.problem}" for d in damages), (victim, damages)
        use_damaged(filled, analyzer)
        victim.write_bytes(data)
        assert verify(filled) == []


def use_damaged(path: Path, analyzer: Analyzer) -> None:
    """Whatever the files hold, an engine either answers or says the index is damaged."""
    either = Any((Everything(), Prefix("мек"), Word("мектеп", ("мект",))))
    with contextlib.suppress(IndexDamagedError):
        engine = open_engine(path, analyzer=analyzer)
        for use in (
            lambda: engine.search(SearchRequest(either, explain=True)),
            lambda: engine.get("3"),
            lambda: engine.suggest("т"),
            lambda: engine.complete((), "т", 8),
            lambda: engine.complete(("тау",), "", 8),
            lambda: engine.stats(),
        ):
            with contextlib.suppress(IndexDamagedError):
                use()
        engine.close()


def test_random_bytes_anywhere(filled: Path, analyzer: Analyzer) -> None:
    dice = random.Random(3)
    for path in files_of(filled):
        data = path.read_bytes()
        for _ in range(8):
            spoiled = bytearray(data)
            for _ in range(dice.randint(1, 6)):
                if spoiled:
                    spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
            path.write_bytes(spoiled)
            assert (verify(filled) == []) == (bytes(spoiled) == data), path
            use_damaged(filled, analyzer)
        path.write_bytes(data)


@pytest.mark.parametrize("pattern", ["segments/*/[!a]*", "CURRENT", "generations/*"])
def test_a_rebuild_needs_only_the_article_logs(
    filled: Path, analyzer: Analyzer, pattern: str
) -> None:
    found = list(filled.glob(pattern))
    assert found
    for path in found:
        path.unlink()
    assert rebuild(filled, analyzer=analyzer) == 5
    assert held(filled, analyzer) == ARTICLES
    assert verify(filled) == []


def test_a_rebuild_replays_the_logs_when_all_else_is_gone(filled: Path, analyzer: Analyzer) -> None:
    for path in files_of(filled):
        if path.name != "articles.log":
            path.unlink()
    assert verify(filled) != []
    with pytest.raises(IndexDamagedError, match="CURRENT is missing"):
        open_engine(filled, create=True, analyzer=analyzer)
    taken: list[int] = []
    assert rebuild(filled, analyzer=analyzer, progress=taken.append) == 5
    assert taken == [1, 2, 3, 4, 5]
    assert held(filled, analyzer) == ARTICLES


def test_readers_keep_their_generation_during_a_rebuild(
    filled: Path, analyzer: Analyzer, open_index: Callable[[], Engine]
) -> None:
    reader = open_index()
    before = reader.search(SearchRequest(Word("мектеп", ("мект",)))).hits

    def look(number: int) -> None:
        assert reader.search(SearchRequest(Word("мектеп", ("мект",)))).hits == before

    rebuild(filled, analyzer=analyzer, progress=look)
    assert reader.search(SearchRequest(Word("мектеп", ("мект",)))).hits == before
    assert reader.stats().segments == 1


def test_a_killed_rebuild_leaves_the_old_index(filled: Path, analyzer: Analyzer) -> None:
    def stop(number: int) -> None:
        if number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(filled, analyzer=analyzer, progress=stop)
    assert verify(filled) == []
    assert held(filled, analyzer) == ARTICLES
    assert rebuild(filled, analyzer=analyzer) == 5
    assert len(list((filled / "segments").iterdir())) == 1


class Exploit:
    """Runs code when it is unpickled by an ordinary unpickler."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.witness),)


def test_an_index_from_a_stranger_cannot_run_code(
    filled: Path, analyzer: Analyzer, tmp_path: Path
) -> None:
    payload = pickle.dumps(Exploit(tmp_path / "witness"))
    pickle.loads(payload)
    (tmp_path / "witness").rmdir()  # the exploit works
    for path in filled.glob("segments/*/*"):
        data = path.read_bytes()
        for offset in range(0, len(data), 7):
            path.write_bytes((data[:offset] + payload + data[offset:])[: len(data)])
            use_damaged(filled, analyzer)
        path.write_bytes(data)
    assert not (tmp_path / "witness").exists()


def test_a_closed_engine_says_so(engine: Engine) -> None:
    engine.close()
    engine.close()
    for use in (
        lambda: engine.search(SearchRequest(Everything())),
        lambda: engine.get("1"),
        lambda: engine.add(ARTICLES),
    ):
        with pytest.raises(KzsearchError, match="has been closed"):
            use()
