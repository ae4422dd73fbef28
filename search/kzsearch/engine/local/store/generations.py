"""Generations: how an index changes from one whole state to the next.

An index directory holds::

    CURRENT                  the pointer: number and digest of the newest manifest
    generations/00000007     manifests (JSON), one per generation still in use
    segments/<name>/         immutable segments, shared by the generations that name them
    writer.lock, writer.json the writer's lock and who holds it

A commit writes new segment directories and a new manifest, syncs them, and then
replaces ``CURRENT`` in one atomic step. Whatever a killed writer leaves behind
is named by no manifest, so no reader sees it and the next writer removes it.
A small commit writes only its own small segment: the others are shared.

A reader holds a shared ``flock`` (a lease) on its manifest file for as long as
it reads; a writer removes a manifest, and then segments that none names, only
when it gets that lock for itself. Files not named here are never touched.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kzsearch.engine.local.store.files import (
    bytes_digest,
    remove_tree,
    sync_directory,
    write_atomically,
)
from kzsearch.engine.local.store.manifest import Manifest, SegmentEntry
from kzsearch.errors import IndexDamagedError, IndexMissingError, KzsearchError

__all__ = ["Generations", "Lease"]

POINTER_NAME = "CURRENT"
POINTER = re.compile(r"(\d{1,20}) ([0-9a-f]{32})\n")
NUMBER = re.compile(r"\d{8,}")
RETRIES = 1000
"""How often a reader that loses the race with a commit looks again; once is the rule."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A generation held for reading, until ``release`` is called."""

    manifest: Manifest
    pointer: tuple[int, int, int]
    release: Callable[[], None]


class Generations:
    """The generations of one index directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.pointer = directory / POINTER_NAME
        self.manifests = directory / "generations"
        self.segments = directory / "segments"

    def exists(self) -> bool:
        """Whether there is an index here, whole or damaged."""
        return self.pointer.exists() or self.segments.is_dir()

    def create(self) -> None:
        """Make the directories of an empty index."""
        self.manifests.mkdir(parents=True, exist_ok=True)
        self.segments.mkdir(exist_ok=True)
        sync_directory(self.directory)

    def segment_path(self, segment: SegmentEntry | str) -> Path:
        """Directory of a segment."""
        return self.segments / (segment if isinstance(segment, str) else segment.name)

    def manifest_path(self, generation: int) -> Path:
        """File of a manifest."""
        return self.manifests / f"{generation:08d}"

    # Reading

    def pointer_state(self) -> tuple[int, int, int]:
        """Something that differs after every commit, for the price of one ``stat``.

        Raises IndexMissingError, IndexDamagedError.
        """
        try:
            state = self.pointer.stat()
        except OSError as error:
            raise self._no_pointer() from error
        return state.st_ino, state.st_mtime_ns, state.st_size

    def current(self) -> Manifest:
        """The newest manifest, without a lease (for the writer, who needs none).

        Raises IndexMissingError, IndexDamagedError, IndexMismatchError.
        """
        generation, digest = self._read_pointer()
        path = self.manifest_path(generation)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise self._damaged(f"its manifest {path} cannot be read") from error
        return self._checked(data, digest, path)

    def lease(self) -> Lease:
        """Hold the newest generation for reading.

        Raises IndexMissingError, IndexDamagedError, IndexMismatchError.
        """
        for _ in range(RETRIES):
            state = self.pointer_state()
            generation, digest = self._read_pointer()
            path = self.manifest_path(generation)
            try:
                descriptor = os.open(path, os.O_RDONLY)
            except OSError as error:
                if self.pointer_state() != state:
                    continue  # a commit came between: look again
                raise self._damaged(f"its manifest {path} cannot be read") from error
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
                if os.fstat(descriptor).st_nlink == 0:
                    os.close(descriptor)
                    continue  # removed before the lock was ours: look again
                with open(descriptor, "rb", closefd=False) as file:
                    manifest = self._checked(file.read(), digest, path)
            except BaseException:
                os.close(descriptor)
                raise
            return Lease(manifest, state, partial(os.close, descriptor))
        raise self._damaged("its pointer keeps changing")

    def _read_pointer(self) -> tuple[int, str]:
        try:
            pointer = POINTER.fullmatch(self.pointer.read_text(encoding="ascii"))
        except FileNotFoundError as error:
            raise self._no_pointer() from error
        except (OSError, ValueError) as error:
            raise self._damaged(f"its pointer {self.pointer} cannot be read") from error
        if pointer is None:
            raise self._damaged(f"its pointer {self.pointer} is not what was written")
        return int(pointer[1]), pointer[2]

    def _checked(self, data: bytes, digest: str, path: Path) -> Manifest:
        if bytes_digest(data) != digest:
            raise self._damaged(f"its manifest {path} is not the one {self.pointer} names")
        return Manifest.from_bytes(data, path)

    def _no_pointer(self) -> KzsearchError:
        if self.segments.is_dir():
            return self._damaged(f"its pointer {self.pointer} is missing")
        return IndexMissingError(
            f"There is no index at {self.directory}; make one with `kzsearch index`."
        )

    def _damaged(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(
            f"The index at {self.directory} is damaged: {what}; run `kzsearch verify` to see what "
            "is broken and `kzsearch rebuild` to make it anew from its stored articles."
        )

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
        names = [path.name for path in (*self.manifests.glob("*"), *self.segments.glob("*"))]
        return 1 + max(
            (int(number) for name in names for number in NUMBER.findall(name)), default=0
        )

    def publish(self, manifest: Manifest) -> None:
        """Make a manifest the current one, once its segments are on the disk."""
        data = manifest.to_bytes()
        sync_directory(self.segments)
        write_atomically(self.manifest_path(manifest.generation), data)
        pointer = f"{manifest.generation} {bytes_digest(data)}\n"
        write_atomically(self.pointer, pointer.encode("ascii"))

    def clean(self) -> None:
        """Remove what no generation in use names: old generations and a killed writer's rest.

        Does nothing when the current generation cannot be made out.
        """
        try:
            current = self.current()
        except KzsearchError:
            return
        kept = {segment.name for segment in current.segments}
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
                kept.update(segment.name for segment in leased.segments)
        if not keep_all:
            for path in sorted(self.segments.iterdir()):
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
