"""The articles of an index as far as its logs still hold them, whatever else is broken.

The manifest tells which stored articles are current: the newest one, or where that cannot be
read a copy of it. When there is none either, all logs found are replayed in commit order. Every
log is found by the identity in its first line, so files that changed places do no harm. What
should be there and is not is lost, and is named as well as can be.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kzsearch.documents.article import Article
from kzsearch.engine.local.store.articles import (
    IDENTIFYING,
    LOG_NAME,
    ArticleFrame,
    BrokenFrame,
    DeletionFrame,
    EndFrame,
)
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import Manifest, SegmentEntry
from kzsearch.engine.local.store.scanning import log_identity, read_frames
from kzsearch.errors import IndexDamagedError, KzsearchError

__all__ = ["Salvage"]

IdsOf = Callable[[SegmentEntry], Sequence[str] | None]
"""Gives the ids of a segment's articles by number, from its index; None if that is unreadable."""

Stored = tuple[int, ArticleFrame | BrokenFrame]
"""What a log holds, or should hold, under an article's number."""


class Salvage:
    """Reads the current articles, oldest segment first.

    manifest: what the index should hold; None if nothing tells.
    lost: for every article that is gone its id, or else where it stood; complete when all
        articles have been read.
    """

    def __init__(self, generations: Generations, ids_of: IdsOf) -> None:
        """Raises IndexDamagedError for a log that may not be read."""
        self.lost: list[str] = []
        self._generations = generations
        self._ids_of = ids_of
        self._logs: dict[str, Path] = {}
        for name, path in self._found_logs():
            if name not in self._logs or _is_in_its_place(path, name):
                self._logs[name] = path
        self.manifest = self._best_manifest()

    def articles(self) -> Iterator[Article]:
        """The current version of every stored article."""
        stored = [
            (entry, _Numbered(self._log_of(entry), entry))
            for entry in (self.manifest.segments if self.manifest else ())
        ]
        if self.manifest is None or any(log.ambiguous for _, log in stored):
            yield from self._replayed()
            return
        for entry, log in stored:
            yield from self._current(entry, log)

    def _found_logs(self) -> Iterator[tuple[str, Path]]:
        """Every log, wherever it is, by how the identity of its segment begins; by the name of
        its directory if its first line does not tell.
        """
        for path in sorted(self._generations.segments.glob("*/*")):
            try:
                identity = log_identity(path)
            except PermissionError as error:
                raise IndexDamagedError(
                    f"{path} may not be read, so the index was left as it is; mend its "
                    "permissions and run the command again."
                ) from error
            if identity:
                yield identity[:IDENTIFYING], path
            elif path.name == LOG_NAME:
                yield path.parent.name, path

    def _log_of(self, entry: SegmentEntry) -> Path:
        return self._log_if_any(entry) or self._generations.segment_path(entry) / LOG_NAME

    def _log_if_any(self, entry: SegmentEntry) -> Path | None:
        return self._logs.get(entry.identity[:IDENTIFYING]) or self._logs.get(entry.name)

    def _best_manifest(self) -> Manifest | None:
        """The manifest most of whose segments are here, the newest of several; None if it
        names segments and not one of them is here: it is that of another index.
        """
        best: Manifest | None = None
        most = 0
        for manifest in readable_manifests(self._generations):
            found = sum(self._log_if_any(entry) is not None for entry in manifest.segments)
            if found > most or (best is None and not (manifest.segments and self._logs)):
                best, most = manifest, found
        return best

    def _current(self, entry: SegmentEntry, log: _Numbered) -> Iterator[Article]:
        """What a segment holds that is not deleted."""
        missing = set(range(entry.articles)) - entry.deleted
        guessed: dict[int, str] = {}
        for number, frame in log:
            if isinstance(frame, ArticleFrame):
                if number in missing:
                    missing.remove(number)
                    yield frame.article
            elif frame.id is not None:
                guessed[number] = frame.id
        if missing:
            ids = self._ids_of(entry)
            for number in sorted(missing):
                known = ids[number] if ids is not None else guessed.get(number)
                self.lost.append(known or f"number {number} of {self._log_of(entry)}")

    def _in_commit_order(self) -> list[Path]:
        """The logs, without those of segments that were merged into others that are whole.

        A merge leaves deletions out that refer to nothing any more: where one of the merged
        segments is still there, its articles would come back.
        """
        names = {
            path.name[-IDENTIFYING:] if path.name.count("-") == 3 else path.name: path.name
            for path in self._generations.segments.iterdir()
        }
        logs = {
            _commits(names.get(key, path.parent.name)): path for key, path in self._logs.items()
        }
        return [
            path
            for commits, path in sorted(logs.items())
            if not any(_covers(other, commits) and _is_whole(logs[other]) for other in logs)
        ]

    def _replayed(self) -> Iterator[Article]:
        """What all logs together leave, when no manifest says which versions are current."""
        logs = self._in_commit_order()
        newest: dict[str, tuple[int, int]] = {}
        broken: list[tuple[int, BrokenFrame]] = []
        for place, path in enumerate(logs):
            for frame in read_frames(path):
                match frame:
                    case DeletionFrame(_, ids):
                        for article_id in ids:
                            newest.pop(article_id, None)
                    case ArticleFrame(offset, article):
                        newest[article.id] = place, offset
                    case BrokenFrame():
                        broken.append((place, frame))
        for place, path in enumerate(logs):
            for frame in read_frames(path):
                if not isinstance(frame, ArticleFrame):
                    continue
                if newest.get(frame.article.id) == (place, frame.offset):
                    yield frame.article
        for place, frame in broken:
            if frame.id is None:
                self.lost.append(f"byte {frame.offset} of {logs[place]}")
            elif newest.get(frame.id, (-1, -1)) < (place, frame.offset):
                self.lost.append(frame.id)


class _Numbered:
    """The articles of a log, whole or broken, with their numbers in the segment.

    Logs of the old format do not tell the numbers. Their articles are counted, and where some
    are broken it is known how many articles there should be. ambiguous: not even that helps.
    """

    def __init__(self, path: Path, entry: SegmentEntry) -> None:
        self._path = path
        self._segment = entry.identity or None
        self._old = path.is_file() and log_identity(path) == ""
        self._numbers: list[int] = []
        self.ambiguous = False
        if self._old:
            self._count(entry.articles)

    def _count(self, articles: int) -> None:
        """Number what an old log holds: a broken place may have swallowed several articles."""
        kinds = [isinstance(frame, ArticleFrame) for frame in self._frames()]
        gaps, missing = kinds.count(False), articles - kinds.count(True)
        self.ambiguous = gaps > 1 and gaps != missing
        number = 0
        for whole in kinds:
            self._numbers.append(number)
            number += 1 if whole or gaps > 1 else missing

    def _frames(self) -> Iterator[ArticleFrame | BrokenFrame]:
        for frame in read_frames(self._path, self._segment):
            if isinstance(frame, ArticleFrame | BrokenFrame):
                yield frame

    def __iter__(self) -> Iterator[Stored]:
        if self._old:
            yield from zip(self._numbers, self._frames(), strict=True)
            return
        expected = 0
        for frame in self._frames():
            number = frame.number if isinstance(frame, ArticleFrame) else None
            yield expected if number is None else number, frame
            expected = expected + 1 if number is None else number + 1


def readable_manifests(generations: Generations) -> Iterator[Manifest]:
    """All manifests there are, of this format or the one before, the newest first.

    A copy older than some segment is left out: it does not know all articles.
    """
    with contextlib.suppress(KzsearchError):
        yield generations.current()
    if old := generations.old_manifest():
        yield old
    names = [path.name for path in generations.segments.iterdir()]
    newest = max((_commits(name).written for name in names), default=0)
    for path in sorted(generations.manifests.glob("*"), reverse=True):
        with contextlib.suppress(OSError, KzsearchError):
            manifest = Manifest.from_bytes(path.read_bytes(), path)
            if manifest.generation >= newest:
                yield manifest


@dataclass(frozen=True, order=True, slots=True)
class _Commits:
    """What the name of a segment says, first-last-written-identity: in this order logs replay."""

    last: int
    written: int
    first: int
    name: str


def _commits(name: str) -> _Commits:
    parts = (*name.split("-"), "", "", "")
    first, last, written = (int(part) if part.isdigit() else 0 for part in parts[:3])
    return _Commits(last, written, first, name)


def _covers(one: _Commits, other: _Commits) -> bool:
    """Whether one segment was made of another, and perhaps of more."""
    within = one.first <= other.first and other.last <= one.last
    return within and one.written > other.written


def _is_whole(log: Path) -> bool:
    """Whether a log was written to its end, and every frame of it can be read."""
    frame = None
    for frame in read_frames(log):
        if isinstance(frame, BrokenFrame):
            return False
    return isinstance(frame, EndFrame)


def _is_in_its_place(log: Path, name: str) -> bool:
    return log.name == LOG_NAME and log.parent.name.endswith(name)
