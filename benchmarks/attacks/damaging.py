"""Files that are damaged in every way: answers are right or there are none, nothing else is lost.

After every change four things are asked of the index: does each question get its answer, or a
sentence that the index is damaged, from one who opens it now and from one who had it open; does
``verify`` name damage; does ``rebuild`` bring back every article but those in whose frames bytes
were changed.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attacks.articles import contents, made, questions
from kzsearch.engine import open_engine, rebuild, verify
from kzsearch.engine.local import views
from kzsearch.engine.local.store.articles import LOG_NAME, ArticleFrame
from kzsearch.engine.local.store.scanning import read_frames
from kzsearch.errors import (
    ArticlesLostError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)
from kzsearch.index import Index
from kzsearch.morphology import Analyzer

DAMAGED = (IndexDamagedError, IndexMismatchError, IndexMissingError)
"""What an index may say of itself; a mismatch when the version of its manifest was hit."""

WAYS = ("bit flip", "truncation", "zero-fill", "swap", "deletion")
COMMITS = ((0, 14), (14, 24), (4, 7), (24, 30), (30, 34))
DELETED = (2, 16, 25)
Hit = tuple[int, int]
"""A range of bytes that were changed."""


@dataclass(frozen=True)
class Target:
    """A whole index: its files, what it answers, and where each stored article lies."""

    path: Path
    analyzer: Analyzer
    answers: Mapping[str, str]
    bodies: Mapping[str, str]
    frames: Mapping[Path, list[tuple[int, int, str]]]

    def kinds(self) -> dict[str, list[Path]]:
        """Its files by kind, but for the lock and Whoosh's table of contents: kzsearch asks
        neither what to answer.
        """
        kinds: dict[str, list[Path]] = {}
        for path in sorted(self.path.rglob("*")):
            if path.is_file() and path.suffix != ".toc" and not path.name.startswith("writer."):
                folder = path.parent.name
                kind = folder if folder in ("generations", "tables") else path.name
                kinds.setdefault(kind, []).append(path.relative_to(self.path))
        return kinds


def make_target(path: Path, analyzer: Analyzer, other: bool = False) -> Target:
    """An index of five segments with replaced and deleted articles and a table."""
    engine = open_engine(path, create=True, analyzer=analyzer)
    for version, (first, last) in enumerate(COMMITS):
        engine.add(made(number, 3 + version if other else version) for number in range(first, last))
    engine.delete([made(number).id for number in DELETED])
    Index(path, engine, analyzer).learn_associations()
    engine.close()
    frames = {}
    for log in path.glob(f"segments/*/{LOG_NAME}"):
        whole = list(read_frames(log))
        ends = [frame.offset for frame in whole[1:]]
        frames[log.relative_to(path)] = [
            (frame.offset, end, frame.article.id)
            for frame, end in zip(whole, ends, strict=False)
            if isinstance(frame, ArticleFrame)
        ]
    return Target(path, analyzer, answers(path, analyzer), contents(path, analyzer), frames)


def answers(path: Path, analyzer: Analyzer) -> dict[str, str]:
    """What an index answers to every question; an answer that it is damaged is left out."""
    try:
        with contextlib.closing(open_engine(path, analyzer=analyzer)) as engine:
            return answered(Index(path, engine, analyzer))
    except DAMAGED:
        return {}


def answered(index: Index) -> dict[str, str]:
    """What an open index answers to every question, likewise."""
    given: dict[str, str] = {}
    for name, ask in questions(index):
        with contextlib.suppress(*DAMAGED):
            given[name] = repr(ask())
    return given


def flip(data: bytes, dice: random.Random, _: bytes) -> tuple[bytes, list[Hit]]:
    """One bit is another."""
    place = dice.randrange(len(data))
    changed = bytearray(data)
    changed[place] ^= 1 << dice.randrange(8)
    return bytes(changed), [(place, place + 1)]


def truncate(data: bytes, dice: random.Random, _: bytes) -> tuple[bytes, list[Hit]]:
    """The end is missing."""
    place = dice.randrange(len(data))
    return data[:place], [(place, len(data))]


def zero(data: bytes, dice: random.Random, _: bytes) -> tuple[bytes, list[Hit]]:
    """A block, or all, is zeros."""
    size = dice.choice((16, 512, 4096, len(data)))
    begin = dice.randrange(max(1, len(data) - size + 1))
    return data[:begin] + bytes(min(size, len(data))) + data[begin + size :], [
        (begin, min(begin + size, len(data)))
    ]


def swap(data: bytes, dice: random.Random, other: bytes) -> tuple[bytes, list[Hit]]:
    """A block is that of another file at the same place, or another block of this one."""
    size = dice.choice((32, 512, len(data)))
    begin = dice.randrange(max(1, len(data) - size + 1))
    end = min(begin + size, len(data))
    source = other if dice.random() < 0.5 else data[dice.randrange(len(data)) :]
    block = (source[begin:end] or other)[: end - begin]
    return data[:begin] + block + data[end:], [(begin, end)]


CHANGES: dict[str, Callable[[bytes, random.Random, bytes], tuple[bytes, list[Hit]]]] = {
    "bit flip": flip,
    "truncation": truncate,
    "zero-fill": zero,
    "swap": swap,
}


def damage(directory: Path, analyzer: Analyzer, times: int) -> dict[str, Counter[str]]:
    """Change every kind of file in every way so many times; counts by kind."""
    os.fsync = lambda fd: None  # no power is cut here
    views.LOOK_SECONDS = 0.0  # and no reader looks away for a second
    target = make_target(directory / "index", analyzer)
    other = make_target(directory / "other", analyzer, other=True)
    assert target.answers.keys() == other.answers.keys()
    assert target.answers == answers(target.path, analyzer)
    counts: dict[str, Counter[str]] = {}
    dice = random.Random(5)
    for kind, files in target.kinds().items():
        counts[kind] = Counter(dict.fromkeys(WAYS, 0))
        spare = [*(target.path / f for f in files), *(other.path / f for f in other.kinds()[kind])]
        for way in WAYS:
            while counts[kind][way] < times:
                file = dice.choice(files)
                _attack(target, directory / "copy", file, way, dice, spare, counts[kind])
    return counts


def _attack(
    target: Target,
    copy: Path,
    file: Path,
    way: str,
    dice: random.Random,
    spare: list[Path],
    counts: Counter[str],
) -> None:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(target.path, copy)
    victim, data = copy / file, (target.path / file).read_bytes()
    reader = Index(copy, open_engine(copy, analyzer=target.analyzer), target.analyzer)
    if counts[way] % 2:  # half of the readers have read everything before
        answered(reader)
    hits: list[Hit] = [(0, len(data))]
    if way == "deletion":
        victim.unlink()
    elif way == "swap" and dice.random() < 0.5:  # two whole files
        source = dice.choice(spare)
        if source.read_bytes() == data:
            return
        victim.write_bytes(source.read_bytes())
        if source.is_relative_to(target.path):
            (copy / source.relative_to(target.path)).write_bytes(data)
            hits = []  # both are still there
    else:
        changed, hits = CHANGES[way](data, dice, dice.choice(spare).read_bytes())
        if changed == data:
            return
        victim.write_bytes(changed)
    counts[way] += 1
    told = f"{way} of {file}, bytes {hits}"
    for given in (answers(copy, target.analyzer), answered(reader)):
        for name, answer in given.items():
            assert answer == target.answers[name], (told, name, answer, target.answers[name])
        counts["right answers"] += len(given)
        counts["said to be damaged"] += len(target.answers) - len(given)
    reader.close()
    unnoticed = verify(copy, analyzer=target.analyzer) == []
    # A copy of the manifest that is gone is made anew by the first reader.
    assert not unnoticed or (way == "deletion" and file.parent.name == "generations"), told
    _rebuild(target, copy, set(_hit(target, file, hits)), told, counts)


def _hit(target: Target, file: Path, hits: list[Hit]) -> Iterator[str]:
    """Ids of the articles in whose frames bytes were changed."""
    for begin, end, article_id in target.frames.get(file, ()):
        if any(start < end and begin < stop for start, stop in hits):
            yield article_id


def _rebuild(target: Target, copy: Path, hit: set[str], told: str, counts: Counter[str]) -> None:
    lost: tuple[str, ...] = ()
    try:
        rebuild(copy, analyzer=target.analyzer)
    except ArticlesLostError as error:
        lost = error.lost
    found = contents(copy, target.analyzer)
    missing = target.bodies.keys() - found.keys()
    assert missing <= hit, (told, "lost beyond the frames hit", missing - hit)
    assert len(missing) <= len(lost), (told, "lost without a word", missing, lost)
    wrong = {id for id, body in found.items() if target.bodies.get(id) != body}
    assert wrong <= hit & set(lost) or not wrong, (told, "came back otherwise", wrong)
    if counts["rebuilds"] % 10 == 0:
        assert verify(copy, analyzer=target.analyzer) == [], told
    counts["articles lost in the frames hit"] += len(missing)
    counts["rebuilds"] += 1
