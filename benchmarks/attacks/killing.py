"""Writers that are killed: what was acknowledged is there, what was under way is whole or gone."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.attacks.articles import contents, made
from kzsearch.engine import open_engine, rebuild, verify
from kzsearch.engine.local import merging
from kzsearch.errors import IndexWriteError
from kzsearch.index import Index
from kzsearch.morphology import Analyzer

OPERATIONS = ("add", "update", "delete", "merge", "rebuild", "learn")
TABLE = "attack"
LONGEST_LIFE = 0.35  # seconds a writer lives at most: a few operations
REFUSED, WRONG = 3, 70  # exit statuses: found no space; something raised


@dataclass(frozen=True)
class State:
    """What the index should hold: versions by article number, and a table."""

    articles: tuple[tuple[int, int], ...] = ()
    table: bytes | None = None

    def bodies(self) -> dict[str, str]:
        """Id and body of its articles."""
        made_ones = (made(number, version) for number, version in self.articles)
        return {article.id: article.body for article in made_ones}

    def after(self, operation: str, turn: int) -> State:
        """The state that an operation leads to."""
        held = dict(self.articles)
        numbers = sorted(held)
        if operation in ("add", "merge"):
            start = numbers[-1] + 1 if numbers else 0
            held |= dict.fromkeys(range(start, start + 2), 1)
        elif operation == "update":
            held |= {number: held[number] + 1 for number in numbers[turn % 3 :: 5]}
        elif operation == "delete":
            for number in numbers[: max(0, len(numbers) - 12)] or numbers[turn % 2 :: 7]:
                del held[number]
        elif operation == "learn":
            return replace(self, table=f"{turn} {self.articles}".encode())
        return replace(self, articles=tuple(sorted(held.items())))


def perform(path: Path, analyzer: Analyzer, operation: str, old: State, new: State) -> None:
    """Lead the index from one state to the other."""
    if operation == "rebuild":
        rebuild(path, analyzer=analyzer)
        return
    merging.MERGE_FACTOR = 2 if operation == "merge" else 8
    engine = open_engine(path, analyzer=analyzer)
    held, wanted = dict(old.articles), dict(new.articles)
    if operation == "learn":
        Index(path, engine, analyzer).learn_associations()
        engine.put_table(TABLE, new.table)
    elif operation == "delete":
        engine.delete([made(number).id for number in held if number not in wanted])
    else:
        engine.add(made(n, v) for n, v in wanted.items() if held.get(n) != v)
    engine.close()


def holds(path: Path, analyzer: Analyzer, state: State) -> bool:
    """Whether the index is whole and in a state."""
    engine = open_engine(path, analyzer=analyzer)
    table = engine.table(TABLE)
    engine.close()
    return table == state.table and contents(path, analyzer) == state.bodies()


def leftovers(path: Path) -> set[str]:
    """Segments, tables and generations that the current generation does not need."""
    text = path.joinpath("CURRENT").read_text()
    manifest = json.loads(text[text.index("{") :])
    named = {segment["name"] for segment in manifest["segments"]}
    named |= {file["name"] for _, file in manifest["tables"]}
    named.add(f"{manifest['generation']:08d}")
    found = {
        p.name for name in ("segments", "tables", "generations") for p in path.glob(name + "/*")
    }
    return (found - named) | {entry.name for entry in path.glob("*.tmp")}


def in_child(work: Callable[[], int]) -> int:
    """Do something in a forked process; returns its process id."""
    child = os.fork()
    if child == 0:
        code = WRONG
        try:
            code = work()
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def at_random_moments(path: Path, analyzer: Analyzer, kills: int) -> dict[str, int]:
    """Kill writers at random moments until so many have died inside an operation.

    Of every operation at least half its share, however long it takes on this machine.
    """
    least = kills // (2 * len(OPERATIONS))
    dice = random.Random(7)
    open_engine(path, create=True, analyzer=analyzer).close()
    state = State()
    inside: Counter[str] = Counter()
    for number in count():
        read_end, write_end = os.pipe()
        child = in_child(partial(_work, path, analyzer, state, number, write_end))
        os.close(write_end)
        with open(read_end, "rb") as told:
            assert told.read(1) == b"r"
            time.sleep(dice.uniform(0, LONGEST_LIFE))
            os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
            assert os.WIFSIGNALED(status), f"the writer of round {number} raised"
            finished = told.read().count(b"d")
        for turn in range(finished):
            state = state.after(operation_of(number, turn), turn)
        under_way = operation_of(number, finished)
        following = state.after(under_way, finished)
        if not holds(path, analyzer, state):
            assert holds(path, analyzer, following), (number, finished, under_way)
            state = following
        inside[under_way] += 1
        if inside.total() >= kills and all(inside[each] >= least for each in OPERATIONS):
            break
    assert verify(path, analyzer=analyzer) == []
    open_engine(path, analyzer=analyzer).add([made(9_999)])
    assert not leftovers(path), leftovers(path)
    return dict(inside)


def operation_of(number: int, turn: int) -> str:
    """What a writer does at each of its turns."""
    return OPERATIONS[(number + turn) % len(OPERATIONS)]


def _work(path: Path, analyzer: Analyzer, state: State, number: int, tell: int) -> int:
    """One operation after another, telling of each that is finished."""
    os.write(tell, b"r")
    for turn in count():
        following = state.after(operation_of(number, turn), turn)
        perform(path, analyzer, operation_of(number, turn), state, following)
        state = following
        os.write(tell, b"d")
    return 0


def base_index(path: Path, analyzer: Analyzer) -> State:
    """An index of a few segments with replaced and deleted articles and a table."""
    state = State()
    open_engine(path, create=True, analyzer=analyzer).close()
    for turn, operation in enumerate(("add", "add", "update", "learn", "add", "delete", "add")):
        following = state.after(operation, turn)
        perform(path, analyzer, operation, state, following)
        state = following
    return state


def at_every_step(path: Path, analyzer: Analyzer, stride: int = 1) -> dict[str, int]:
    """Kill every operation before each of its changes of the file system, or every n-th."""
    base, copy = path / "base", path / "copy"
    old = base_index(base, analyzer)
    kills: Counter[str] = Counter()
    for operation in OPERATIONS:
        new = old.after(operation, 1)
        for step in count(1, stride):
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(base, copy)
            child = in_child(partial(_die_at, step, copy, analyzer, operation, old, new))
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            if not holds(copy, analyzer, old):
                assert holds(copy, analyzer, new), (operation, step)
            open_engine(copy, analyzer=analyzer).add([made(9_999)])
            assert not leftovers(copy), (operation, step, leftovers(copy))
            if step % 8 == 0:
                assert verify(copy, analyzer=analyzer) == [], (operation, step)
            if status == 0:  # it had fewer steps than that
                break
            assert status == -signal.SIGKILL, (operation, step)
            kills[operation] += 1
    return dict(kills)


def _die_at(
    step: int, path: Path, analyzer: Analyzer, operation: str, old: State, new: State
) -> int:
    """An operation killed just before its n-th change of the file system, or not at all."""
    steps = count(1)

    def watched() -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        changes = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate"}
        if event in changes or (event == "open" and str(path) in str(arguments[0])):
            watched()

    def counted_sync(fd: object) -> None:
        watched()

    os.fsync = counted_sync
    sys.addaudithook(watch)
    perform(path, analyzer, operation, old, new)
    return 0


def on_a_full_disk(path: Path, analyzer: Analyzer, limits: int) -> dict[str, int]:
    """Let writes fail after some number of bytes; nothing may be lost or left behind."""
    base, copy = path / "base", path / "copy"
    old = base_index(base, analyzer)
    found: Counter[str] = Counter()
    for operation in OPERATIONS:
        new = old.after(operation, 1)
        for number in range(limits):
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(base, copy)
            limit = round(40_000 * (number / (limits - 1)) ** 2)
            work = partial(_within, limit, copy, analyzer, operation, old, new)
            code = os.waitstatus_to_exitcode(os.waitpid(in_child(work), 0)[1])
            assert code in (0, REFUSED), (operation, limit, code)
            assert holds(copy, analyzer, new if code == 0 else old), (operation, limit, code)
            found["refused" if code else "done"] += 1
            open_engine(copy, analyzer=analyzer).add([made(9_999)])
            assert not leftovers(copy), (operation, limit, leftovers(copy))
    return dict(found)


def _within(
    limit: int, path: Path, analyzer: Analyzer, operation: str, old: State, new: State
) -> int:
    """An operation while no file may grow beyond some bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        perform(path, analyzer, operation, old, new)
    except IndexWriteError as error:
        return REFUSED if "could not be written" in str(error) else WRONG
    return 0
