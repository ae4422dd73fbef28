"""Tables: small files of other rooms that belong to an index and change with its generations.

The engine does not know what is in them. A table is written once, under a name that ends in its
digest, and named by the manifest, so it is as safe as a segment: a reader sees the old one or the
new one, a killed writer leaves the old one, and what is damaged is never handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kzsearch.engine.local.store.files import bytes_digest, make_directory, write_atomically
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import FileEntry, Manifest
from kzsearch.errors import IndexDamagedError

__all__ = ["read_table", "stray_tables", "with_table"]

NAME = re.compile(r"[a-z0-9_]{1,40}(\.[a-z0-9]{1,10})?")


def read_table(generations: Generations, manifest: Manifest, name: str) -> bytes | None:
    """What a generation keeps under a name, None if nothing. Raises IndexDamagedError."""
    for known, file in manifest.tables:
        if known == name:
            return _checked(generations.tables / file.name, file.digest)
    return None


def stray_tables(generations: Generations) -> Iterator[tuple[str, bytes]]:
    """Every table that is whole, the newest of a name last, for when no manifest tells."""
    if generations.tables.is_dir():
        for path in sorted(generations.tables.iterdir(), key=lambda path: path.stat().st_mtime_ns):
            name, _, digest = path.name.rpartition("-")
            try:
                yield name, _checked(path, digest)
            except IndexDamagedError:
                continue


def _checked(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
        problem = "" if bytes_digest(data) == digest else "does not hold what was kept"
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    if problem:
        raise IndexDamagedError(
            f"The table {path} {problem}; run `kzsearch rebuild` to go on without it, and then "
            "the command that made it."
        )
    return data


def with_table(
    generations: Generations, manifest: Manifest, name: str, data: bytes | None
) -> Manifest:
    """The manifest of the next generation, which keeps ``data`` under a name, or with None
    nothing. The table is written and synced; it is for the caller to publish the manifest.

    name: small Latin letters, digits and underscores, perhaps with an extension.
    Raises OSError, ValueError for another name.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a table")
    tables = [table for table in manifest.tables if table[0] != name]
    if data is not None:
        digest = bytes_digest(data)
        file = FileEntry(f"{name}-{digest}", len(data), digest)
        make_directory(generations.tables)
        write_atomically(generations.tables / file.name, data)
        tables.append((name, file))
    return replace(manifest, generation=manifest.generation + 1, tables=tuple(sorted(tables)))
