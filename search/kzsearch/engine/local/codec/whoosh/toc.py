"""Whoosh's table of contents, written beside ``CURRENT`` at each commit, without whoosh.

It is what ``whoosh.index.exists_in`` and ``open_dir`` look for; kzsearch itself never reads it.
Importing whoosh takes longer than a small commit, so its file is put together here, and where
Whoosh pickles schema and segments stand calls of the two ``restore_`` functions below, the second
with our manifest: they import whoosh when it is Whoosh that reads the file.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import Manifest
from kzsearch.errors import KzsearchError
from kzsearch.morphology import Analyzer

__all__ = [
    "INDEX_NAME",
    "restore_schema",
    "restore_segments",
    "toc_bytes",
    "toc_path",
    "update_toc",
]

INDEX_NAME = "MAIN"
"""What Whoosh calls an index that nobody gave a name."""

FORMAT = -111
RELEASE = (3, 54, 0)
"""Of the whoosh3 whose format this is."""

SCHEMA_VERSION = 1
"""Of the schema in ``schema.py``."""

SIZES = bytes([4, 8, 4])
"""Of an int, a long and a float in bytes; Whoosh refuses to read others."""

BYTE_ORDER = -12345
NAME = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc(\..*)?")


def toc_path(folder: Path, generation: int) -> Path:
    """The table of contents of a generation."""
    return folder / f"_{INDEX_NAME}_{generation}.toc"


def update_toc(generations: Generations) -> None:
    """Write the table of contents of the current generation, unless it is there, and remove others.

    For the writer, after publishing and before what is no longer used is removed. It is not
    synced. Never fails: where it cannot be written there is none, and the next writer makes one.
    """
    try:
        manifest = generations.current()
    except KzsearchError:
        return
    folder = generations.directory
    path = toc_path(folder, manifest.generation)
    temporary = path.with_name(f"{path.name}.tmp")
    with contextlib.suppress(OSError):
        data = toc_bytes(manifest)
        if not path.exists() or path.read_bytes() != data:
            temporary.write_bytes(data)
            os.replace(temporary, path)
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if NAME.fullmatch(name) and name != path.name:
                (folder / name).unlink(missing_ok=True)


def toc_bytes(manifest: Manifest) -> bytes:
    """The table of contents of a generation, as ``whoosh.index.TOC.read`` wants it."""
    schema = pickle.dumps(_Call(restore_schema, SCHEMA_VERSION), protocol=4)
    return b"".join(
        [
            SIZES,
            struct.pack("!ii", BYTE_ORDER, FORMAT),
            bytes(RELEASE),
            _varint(len(schema)),
            schema,
            struct.pack("!ii", manifest.generation, 0),
            pickle.dumps(_Call(restore_segments, manifest.to_bytes()), protocol=4),
        ]
    )


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; all but the last byte have the eighth."""
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


class _Call:
    """Pickled as the result of a call."""

    def __init__(self, function: Callable[[Any], Any], argument: Any) -> None:
        self._call = function, (argument,)

    def __reduce__(self) -> tuple[Callable[[Any], Any], tuple[Any]]:
        return self._call


def restore_schema(version: int) -> Any:
    """The schema of a kzsearch index, for Whoosh. Raises ValueError for one of another kzsearch."""
    from kzsearch.engine.local.codec.whoosh.schema import kzsearch_schema

    if version != SCHEMA_VERSION:
        raise ValueError(
            f"This kzsearch index has Whoosh schema {version}, this kzsearch knows "
            f"{SCHEMA_VERSION}; run `kzsearch rebuild` to make the index anew."
        )
    return kzsearch_schema()


def restore_segments(manifest: bytes) -> Any:
    """The segments of a generation, for Whoosh.

    Raises IndexDamagedError for bytes that are not what was written, IndexMismatchError for an
    index of another kzsearch.
    """
    from kzsearch.engine.local.codec.columnar import ColumnarCodec
    from kzsearch.engine.local.codec.whoosh.segment import KzsearchSegments
    from kzsearch.engine.local.codec.whoosh.writer import claim_writers

    claim_writers()
    found = Manifest.from_bytes(manifest, Path(f"in _{INDEX_NAME}_*.toc"))
    path = toc_path(Path(), found.generation)
    found.check_made_by(ColumnarCodec.name, Analyzer().fingerprint, path)
    return KzsearchSegments.of(found, INDEX_NAME)
