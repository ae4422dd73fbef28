"""Writers that die on purpose; run by test_crashes.py as a program of its own.

A program of its own, because it forks: a forked child with one thread is the cheapest
writer to kill. ``python killed_writers.py (random|steps|full) DIRECTORY`` prints one JSON
object about what it did, and stops with a traceback at the first thing that is wrong.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from conftest import PlainAnalyzer
from kzsearch.documents import Article
from kzsearch.engine import Everything, SearchRequest, open_engine, verify
from kzsearch.engine.local import merging
from kzsearch.errors import IndexWriteError

ANALYZER = PlainAnalyzer()
ROUNDS = 60
REFUSED = 3  # exit status of a writer that found no space
COMMITS = 3  # that a writer of ``random`` finishes at most before its last one
Contents = dict[str, str]


def contents(path: Path) -> Contents:
    """Id and body of every article a search finds; the index must be whole."""
    assert verify(path) == []
    engine = open_engine(path, analyzer=ANALYZER)
    hits = engine.search(SearchRequest(Everything(), limit=10_000)).hits
    engine.close()
    return {hit.article.id: hit.article.body for hit in hits}


def leftovers(path: Path) -> set[str]:
    """Segments and generations that the current generation does not need."""
    number = path.joinpath("CURRENT").read_text().split()[0].zfill(8)
    manifest = json.loads(path.joinpath("CURRENT").read_text().partition("\n")[2])
    named = {segment["name"] for segment in manifest["segments"]}
    found = {entry.name for entry in path.joinpath("segments").iterdir()}
    return (found - named) | {e.name for e in path.joinpath("generations").iterdir()} - {number}


def in_child(work: Callable[[], int]) -> int:
    """Do something in a forked process; returns its wait status."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work()
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def at_random_moments(path: Path) -> dict[str, int]:
    """Kill writers at random moments; all that was acknowledged must be there."""
    os.fsync = no_sync  # a killed process, unlike a power cut, loses nothing it has written
    dice = random.Random(7)
    open_engine(path, create=True, analyzer=ANALYZER).close()
    known: Contents = {}
    commits = 0
    pace = 0.1  # seconds a commit takes, as measured last
    for number in range(ROUNDS):
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            write_until_killed(path, number, write_end)
        os.close(write_end)
        with open(read_end) as acknowledged:
            assert acknowledged.readline() == "ready\n"
            # As long as commits take here, so that a busy machine changes nothing.
            began, lines = time.monotonic(), []
            for _ in range(dice.randint(0, COMMITS)):
                lines.append(acknowledged.readline())
                pace, began = time.monotonic() - began, time.monotonic()
            time.sleep(dice.uniform(0, pace))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            lines += [line for line in acknowledged if line.endswith("\n")]
        commits += len(lines)
        for line in lines:
            known |= json.loads(line)
        found = contents(path)
        wanted = {id: body for id, body in known.items() if body}
        # the one commit that was under way may have been finished: all of it or nothing
        late = {id for id in found.keys() | wanted.keys() if found.get(id) != wanted.get(id)}
        under_way = f"{number}-{len(lines)}"
        assert late in ({*()}, {"same", *(f"{under_way}-{i}" for i in range(3))}), (number, late)
        assert not late or found["same"] == f"жаңа {under_way}"
        known = found
    open_engine(path, analyzer=ANALYZER).add([Article(id="last", body="соңғы")])
    assert not leftovers(path)
    return {"kills": ROUNDS, "commits": commits, "articles": len(contents(path))}


def write_until_killed(path: Path, number: int, acknowledge: int) -> None:
    """Add and update, telling of every finished commit."""
    os.write(acknowledge, b"ready\n")
    engine = open_engine(path, analyzer=ANALYZER)
    for turn in range(10_000):
        name = f"{number}-{turn}"
        batch = {f"{name}-{i}": f"мәтін {name} {i}" for i in range(3)} | {"same": f"жаңа {name}"}
        engine.add([Article(id=id, body=body) for id, body in batch.items()])
        os.write(acknowledge, json.dumps(batch).encode() + b"\n")
    os._exit(0)


def base_index(path: Path) -> None:
    """An index whose next commit merges all its segments."""
    merging.MERGE_FACTOR = 2
    engine = open_engine(path, create=True, analyzer=ANALYZER)
    for number in range(3):
        engine.add([Article(id=f"base-{number}", body=f"мектеп {number}")])
    engine.close()


def commit(path: Path) -> int:
    """One commit that adds, updates, merges and removes what is old."""
    engine = open_engine(path, analyzer=ANALYZER)
    engine.add([Article(id="new", body="жаңа"), Article(id="base-2", body="басқа")])
    return 0


def at_every_step(path: Path) -> dict[str, int]:
    """Kill a commit at each of its steps in turn; the index must be the old or the new one."""
    os.fsync = no_sync  # a killed process, unlike a power cut, loses nothing it has written
    base = path / "base"
    base_index(base)
    old = contents(base)
    new = old | {"new": "жаңа", "base-2": "басқа"}
    copy = path / "copy"
    outcomes = {"old": 0, "new": 0}
    for step in itertools.count(1):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(base, copy)
        status = in_child(partial(die_at, step, copy))
        found = contents(copy)
        assert found in (old, new), (step, found)
        outcomes["new" if found == new else "old"] += 1
        open_engine(copy, analyzer=ANALYZER).add([Article(id="next", body="келесі")])
        assert contents(copy) == found | {"next": "келесі"}, step
        assert not leftovers(copy), (step, leftovers(copy))
        if os.waitstatus_to_exitcode(status) == 0:  # it had fewer steps than that
            return {"steps": step - 1, **outcomes}
        assert os.WIFSIGNALED(status), step
    raise AssertionError


def no_sync(descriptor: int) -> None:
    """Take no time over safety against power cuts."""


def die_at(step: int, path: Path) -> int:
    """A commit killed just before its n-th change of the file system (or not at all)."""
    steps = itertools.count(1)

    def count() -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"os.mkdir", "os.rename", "os.remove", "os.rmdir"} or (
            event == "open" and str(path) in str(arguments[0])
        ):
            count()

    def counted_sync(descriptor: int) -> None:
        count()

    os.fsync = counted_sync
    sys.addaudithook(watch)
    return commit(path)


def on_a_full_disk(path: Path) -> dict[str, int]:
    """Let writes fail for want of space, sooner or later; nothing may be lost."""
    base_index(path)
    old = contents(path)
    failures = 0
    for limit in [*range(0, 400, 25), *range(400, 9_000, 400), resource.RLIM_INFINITY]:
        code = os.waitstatus_to_exitcode(in_child(partial(add_within, limit, path)))
        found = contents(path)
        if code == REFUSED:
            failures += 1
            assert found == old, limit
        else:
            assert code == 0, limit
            assert "big" in found
    return {"failures": failures, "successes": int("big" in contents(path))}


def add_within(limit: int, path: Path) -> int:
    """Add an article when no file may grow beyond ``limit`` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    article = Article(id="big", body=" ".join(f"сөз{number}" for number in range(200)))
    try:
        open_engine(path, analyzer=ANALYZER).add([article])
    except IndexWriteError as error:
        return REFUSED if "nothing committed before was lost" in str(error) else 1
    return 0


if __name__ == "__main__":
    how = {"random": at_random_moments, "steps": at_every_step, "full": on_a_full_disk}
    print(json.dumps(how[sys.argv[1]](Path(sys.argv[2]))))
