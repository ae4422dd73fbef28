"""Generations: how an index changes from one whole state to the next.

An index directory holds::

    CURRENT                  the newest manifest: what the index consists of
    generations/00000007     a copy of the manifest for every generation still in use
    segments/<name>/         immutable segments, shared by the generations that name them
    tables/<name>-<unique>   immutable tables beside them (``Engine.table``)
    damaged/00000007/        what a rebuild that lost articles has kept of the index before it
    _MAIN_7.toc              what Whoosh looks for (``codec/whoosh/toc.py``)
    writer.lock, writer.json the writer's lock and who holds it

A commit writes new segment directories, syncs them, and then replaces ``CURRENT`` in one
atomic step. Whatever a killed writer leaves behind is named by no manifest, so no reader sees
it and the next writer removes it. A small commit writes only its own small segment: the others
are shared.

A reader holds a shared ``flock`` (a lease) on its generation's copy of the manifest for as long
as it reads; a writer removes a copy, and then segments that none names, only when it gets that
lock for itself. The copies need no fsync: a reader who finds none makes it anew, and a writer
who cannot read one that is held removes nothing. Files not named here are never touched.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kzsearch.engine.local.store.files import (
    bytes_digest,
    link_tree,
    make_directory,
    remove_tree,
    sync_directory,
    sync_tree,
    unfinished,
    write_atomically,
)
from kzsearch.engine.local.store.manifest import (
    FIRST_LINE_BYTES,
    Manifest,
    SegmentEntry,
    first_line_of,
)
from kzsearch.errors import IndexDamagedError, IndexMissingError, IndexWriteError, KzsearchError

__all__ = ["Generations", "Lease", "PointerStamp"]

POINTER_NAME = "CURRENT"
NUMBERED = re.compile(r"(\d{8,})(?:-(\d{8,})-(\d{8,}))?")
"""How names of generations and segments begin: with the generations they belong to."""

RETRIES = 1000
"""How often a reader that loses the race with a commit looks again; once is the rule."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A generation held for reading, until ``release`` is called."""

    manifest: Manifest
    pointer: bytes
    release: Callable[[], None]


REST_NS = 2_000_000_000
"""Nanoseconds since its last change after which a file's times tell it from any other."""


@dataclass(frozen=True, slots=True)
class PointerStamp:
    """File, size and times of ``CURRENT``, and whether they were old enough to know it by."""

    stamp: tuple[int, ...] | None
    at_rest: bool


class Generations:
    """The generations of one index directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.pointer = directory / POINTER_NAME
        self._pointer_name = os.fspath(self.pointer)
        self.manifests = directory / "generations"
        self.segments = directory / "segments"
        self.tables = directory / "tables"
        self.damaged = directory / "damaged"

    def exists(self) -> bool:
        """Whether there is an index here, whole or damaged."""
        return self.pointer.exists() or self.segments.is_dir()

    def create(self) -> None:
        """Make the directories of an empty index."""
        for directory in (self.manifests, self.segments):
            make_directory(directory)

    def segment_path(self, segment: SegmentEntry | str) -> Path:
        """Directory of a segment."""
        return self.segments / (segment if isinstance(segment, str) else segment.name)

    def manifest_path(self, generation: int) -> Path:
        """File of the copy of a manifest."""
        return self.manifests / f"{generation:08d}"

    # Reading

    def pointer_state(self) -> bytes:
        """The first line of ``CURRENT``: with its digest it differs after every commit, and of
        every other index, whatever the file system says of inodes and times.

        Raises IndexMissingError, IndexDamagedError.
        """
        try:
            descriptor = os.open(self._pointer_name, os.O_RDONLY)  # asked before every search
            try:
                data = os.read(descriptor, FIRST_LINE_BYTES)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._unreadable(error) from error
        return self._first_line(data)

    def is_still(self, seen: PointerStamp) -> bool:
        """Whether ``CURRENT`` is surely the file that was seen, for the price of one ``stat``.

        A file system's clock may stand still between two commits, so only a file that was at
        rest for a while when it was seen is known by its times; of others this says False.
        """
        return seen.at_rest and self._stamp() == seen.stamp

    def pointer_stamp(self) -> PointerStamp:
        """What ``is_still`` knows ``CURRENT`` by; to be taken before it is read."""
        stamp = self._stamp()
        at_rest = stamp is not None and time.time_ns() - stamp[-1] - REST_NS > 0
        return PointerStamp(stamp, at_rest)

    def _stamp(self) -> tuple[int, ...] | None:
        try:
            seen = os.stat(self._pointer_name)
        except OSError:
            return None
        return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns

    def current(self) -> Manifest:
        """The newest manifest, without a lease (for the writer, who needs none).

        Raises IndexMissingError, IndexDamagedError, IndexMismatchError.
        """
        return Manifest.from_bytes(self._read_pointer(), self.pointer)

    def old_manifest(self) -> Manifest | None:
        """The newest manifest of an index of the format before; None if it is not one."""
        with contextlib.suppress(OSError, ValueError, KzsearchError):
            number, digest = self.pointer_state().decode("ascii").split()
            data = self.manifest_path(int(number)).read_bytes()
            if bytes_digest(data) == digest:
                return Manifest.from_old_bytes(data)
        return None

    def lease(self) -> Lease:
        """Hold the newest generation for reading.

        Raises IndexMissingError, IndexDamagedError, IndexMismatchError.
        """
        for _ in range(RETRIES):
            data = self._read_pointer()
            manifest = Manifest.from_bytes(data, self.pointer)
            state = self._first_line(data)
            descriptor = self._lock_copy(manifest.generation, data)
            try:
                if self.pointer_state() == state:
                    return Lease(manifest, state, partial(_close, descriptor))
            except BaseException:
                _close(descriptor)
                raise
            _close(descriptor)  # a commit came between: look again
        raise self._damaged(f"its pointer {self.pointer} keeps changing")

    def _lock_copy(self, generation: int, data: bytes) -> int | None:
        """Lock the copy of a manifest, made anew where a power cut took it.

        None where that may not be written: a writer may then remove what is being read, which
        is noticed, but there is no writer where nothing may be written.
        """
        path = self.manifest_path(generation)
        while True:
            try:
                descriptor = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                if self._read_pointer() != data:
                    return None  # replaced meanwhile: the caller looks again
                try:
                    path.write_bytes(data)
                except OSError:
                    return None
                continue
            except OSError as error:
                raise self._damaged(f"{path} cannot be read ({error.strerror})") from error
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
                if os.fstat(descriptor).st_nlink:
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)  # removed before the lock was ours: look again

    def _read_pointer(self) -> bytes:
        try:
            return self.pointer.read_bytes()
        except OSError as error:
            raise self._unreadable(error) from error

    def _first_line(self, data: bytes) -> bytes:
        try:
            return first_line_of(data)
        except ValueError as error:
            raise self._damaged(f"its manifest {self.pointer} is not what was written") from error

    def _unreadable(self, error: OSError) -> KzsearchError:
        if isinstance(error, FileNotFoundError):
            return self._no_pointer()
        return self._damaged(f"its manifest {self.pointer} cannot be read ({error.strerror})")

    def _no_pointer(self) -> KzsearchError:
        if self.segments.is_dir():
            return self._damaged(f"its manifest {self.pointer} is missing")
        return IndexMissingError(
            f"There is no index at {self.directory}; make one with `kzsearch index`."
        )

    def _damaged(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(
            f"The index at {self.directory} is damaged: {what}; run `kzsearch verify` to see what "
            "is broken and `kzsearch rebuild` to make it anew from its stored articles."
        )

    def committed(self, manifest: Manifest) -> dt.datetime:
        """When a generation was committed, in UTC to the second; now, should it be gone."""
        try:
            seconds = self.manifest_path(manifest.generation).stat().st_mtime
        except OSError:
            seconds = time.time()
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)

    def unused_bytes(self, manifest: Manifest) -> int:
        """Bytes of the segments that a generation does not name."""
        named = {segment.name for segment in manifest.segments}
        total = 0
        for directory in self.segments.iterdir():
            if directory.name not in named:
                with contextlib.suppress(OSError):  # being written or removed this moment
                    total += sum(path.stat().st_size for path in directory.iterdir())
        return total

    # Writing (under the writer lock only)

    def unused_generation(self) -> int:
        """A generation number above all that have left any trace here, whole or not."""
        return 1 + max(self._traces(), default=0)

    def _traces(self) -> Iterator[int]:
        for directory in (self.manifests, self.segments, self.damaged):
            if directory.is_dir():
                for path in directory.iterdir():
                    if numbered := NUMBERED.match(path.name):
                        yield from (int(number) for number in numbered.groups("0"))
        with contextlib.suppress(KzsearchError):
            yield int(self.pointer_state().split()[0])

    def sync_segments(self, names: Iterable[str]) -> None:
        """Force new segments to the disk."""
        for name in names:
            sync_tree(self.segment_path(name))
        sync_directory(self.segments)

    def publish(self, manifest: Manifest, after: bytes | None) -> bytes:
        """Make a manifest the current one; what it names must be on the disk already.

        after: the ``pointer_state`` this manifest was made from; None when it replaces whatever
            there is. Returns the new one.
        Raises IndexWriteError when another index has taken the place of that one meanwhile.
        """
        data = manifest.to_bytes()
        if after is not None and self._replaced(after):
            raise IndexWriteError(
                f"The index at {self.directory} was replaced by another while it was being "
                "written; the other was left as it is: run the command again to add to it."
            )
        self.manifest_path(manifest.generation).write_bytes(data)
        write_atomically(self.pointer, data)
        return first_line_of(data)

    def keep_aside(self, generation: int, segments: Iterable[str]) -> Path:
        """Keep the index as it is now, whole or not, in a folder that nothing removes.

        generation: the one that will take its place. segments: names of those to keep.
        Returns the folder; it is an index by itself.
        """
        import shutil  # here, as it loads the libraries of every kind of archive

        aside = self.damaged / f"{generation:08d}"
        make_directory(aside / self.manifests.name)
        for path in (self.pointer, *self.manifests.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(path, aside / path.relative_to(self.directory))
        for path in (self.tables, *map(self.segment_path, segments)):
            if path.is_dir():
                link_tree(path, aside / path.relative_to(self.directory))
        sync_directory(aside)
        return aside

    def _replaced(self, after: bytes) -> bool:
        try:
            return self.pointer_state() != after
        except KzsearchError:
            return True

    def clean(self) -> None:
        """Remove what no generation in use names: old generations and a killed writer's rest.

        Does nothing when the current generation cannot be made out.
        """
        try:
            current = self.current()
        except KzsearchError:
            return
        remove_tree(unfinished(self.pointer))
        kept = _named(current)
        keep_all = False
        for path in sorted(self.manifests.iterdir()):
            if path == self.manifest_path(current.generation):
                continue
            if self._remove_unleased(path):
                continue
            try:
                leased = Manifest.from_bytes(path.read_bytes(), path)
            except (OSError, KzsearchError):
                keep_all = True  # someone reads what we cannot: touch no segment
            else:
                kept |= _named(leased)
        if not keep_all:
            for directory in (self.segments, self.tables):
                for path in sorted(directory.iterdir()) if directory.is_dir() else ():
                    if path.name not in kept:
                        remove_tree(path)

    @staticmethod
    def _remove_unleased(path: Path) -> bool:
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
                return True
            finally:
                os.close(descriptor)
        return False


def _named(manifest: Manifest) -> set[str]:
    """Names of the segments and of the files of tables."""
    return {segment.name for segment in manifest.segments} | {
        file.name for _, file in manifest.tables
    }


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)
