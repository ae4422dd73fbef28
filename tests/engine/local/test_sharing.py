"""Many threads and processes on one index."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import Engine, Everything, Phrase, SearchRequest, Word
from kzsearch.engine.local.store import lock
from kzsearch.errors import IndexLockedError

OpenIndex = Callable[[], Engine]
HOLD = """
import sys
from pathlib import Path
from kzsearch.engine.local.store.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_the_first_is(
    engine: Engine, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
    command = [sys.executable, "-c", HOLD, index_path]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(
            IndexLockedError, match=rf"written by process {holder.pid} on \S+ \(for "
        ):
            engine.add([Article(id="1", body="мектеп")])
        assert engine.search(SearchRequest(Everything())).total == 0
        (index_path / lock.HOLDER_NAME).write_text("бұзылған")
        with pytest.raises(IndexLockedError, match="written by another process"):
            engine.delete(["1"])
        holder.kill()
    assert engine.add([Article(id="1", body="мектеп")]).added == 1
    assert not (index_path / lock.HOLDER_NAME).exists()


def test_a_writer_waits_for_a_short_one(
    engine: Engine, open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 120)  # short on a busy machine too
    other = open_index()
    errors: list[BaseException] = []

    def write(writer: Engine, name: str) -> None:
        try:
            for number in range(5):
                writer.add([Article(id=f"{name}{number}", body="мектеп")])
        except BaseException as error:
            errors.append(error)

    threads = [
        threading.Thread(target=write, args=(writer, name))
        for writer, name in ((engine, "а"), (engine, "б"), (other, "в"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert engine.search(SearchRequest(Everything())).total == 15


def test_many_threads_search_while_one_writes(engine: Engine, open_index: OpenIndex) -> None:
    engine.add([Article(id=str(n), body=f"жаңа мектеп сөз{n}") for n in range(200)])
    reader = open_index()
    words = Word("жаңа", ("жаңа",)), Word("мектеп", ("мект",))
    wrong: list[object] = []
    finished = threading.Event()

    def read() -> None:
        try:
            while not finished.is_set():
                result = reader.search(SearchRequest(Phrase(words, (0, 1)), limit=5))
                if result.total < 200 or len(result.hits) != 5:
                    wrong.append(result)
                if reader.get("7") != Article(id="7", body="жаңа мектеп сөз7"):
                    wrong.append("get")
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(12):
        engine.add([Article(id=f"жаңа{number}", body="жаңа мектеп")])
    finished.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert reader.search(SearchRequest(Everything())).total == 212


def open_files() -> int:
    gc.collect()
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to count open files")
def test_no_file_stays_open(engine: Engine, open_index: OpenIndex, index_path: Path) -> None:
    reader = open_index()
    for number in range(10):
        engine.add([Article(id=str(number), body="мектеп")])
    reader.search(SearchRequest(Everything()))
    before = open_files()
    for number in range(10, 26):
        engine.add([Article(id=str(number), body="мектеп")])
        reader.search(SearchRequest(Everything()))
        engine.delete([str(number)])
        reader.get("1")
    per_segment = 3  # terms, postings, article log
    assert open_files() <= before + 2 * per_segment * engine.stats().segments
    reader.close()
    engine.close()
    assert open_files() <= before - 2


def test_a_held_generation_outlives_commits(engine: Engine, open_index: OpenIndex) -> None:
    engine.add([Article(id=str(n), body="мектеп") for n in range(20)])
    reader = open_index()
    hits = reader.search(SearchRequest(Everything(), limit=20)).hits
    view = reader._newest()  # type: ignore[attr-defined]
    for number in range(20):
        engine.delete([str(number)])
    still = view.searcher.search(SearchRequest(Everything(), limit=20)).hits
    assert still == hits
    assert reader.search(SearchRequest(Everything())).total == 0
