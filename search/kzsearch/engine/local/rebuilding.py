"""Making an index anew from nothing but its article logs.

The old index files are only opened to name what is lost, so it does not matter what is wrong
with them. Which stored articles are current is found out by ``store/salvaging.py``. The old
index stays the current one until the new one is whole; when articles are lost it is kept
besides, whole and untouched, in a folder that nothing removes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kzsearch.engine.interface import Progress
from kzsearch.engine.local.codec.whoosh.toc import update_toc
from kzsearch.engine.local.opening import default_codec
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.files import writing_to
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import writer_lock
from kzsearch.engine.local.store.manifest import Manifest, SegmentEntry, new_identity
from kzsearch.engine.local.store.salvaging import Salvage
from kzsearch.engine.local.store.tables import read_table, stray_tables, with_table
from kzsearch.engine.local.writer import Writer
from kzsearch.errors import ArticlesLostError, IndexDamagedError, IndexMissingError, KzsearchError
from kzsearch.morphology import Analyzer

__all__ = ["rebuild_local"]

OLD_TABLES = ("associations.tsv",)
"""What the format before kept in the folder itself."""


def rebuild_local(
    path: Path,
    *,
    analyzer: Analyzer | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
) -> int:
    """Make the index in a directory anew from its stored articles; returns how many.

    jobs: processes that analyse articles, with the default analyzer.
    The index keeps its identity. Raises IndexMissingError, IndexLockedError, IndexWriteError;
    ArticlesLostError when the index is rebuilt but for articles that are damaged beyond
    reading, which it names; IndexDamagedError when no article at all can be read, or one file
    may not be: then the index is left as it was.
    """
    generations = Generations(path)
    if not generations.segments.is_dir():
        raise IndexMissingError(
            f"There is no index at {generations.directory}, so there is nothing to rebuild."
        )
    codec, analyzer = default_codec(), analyzer or Analyzer()
    with writer_lock(generations.directory) as lock:
        with writing_to(generations.directory):
            generations.create()
        salvage = Salvage(generations, partial(_ids_of, codec, generations))
        identity = (salvage.manifest and salvage.manifest.identity) or new_identity()
        start = Manifest(
            generations.unused_generation(), identity, codec.name, analyzer.fingerprint
        )
        writer = Writer(
            generations,
            codec,
            analyzer,
            OpenSegments(generations, codec),
            start,
            lock=lock,
            pointer=None,
            publishing=False,
        )
        tables = _tables(generations, salvage.manifest)
        old = [path.name for path in generations.segments.iterdir()]
        writer.add(salvage.articles(), progress, jobs)
        rebuilt = writer.manifest
        if salvage.lost and not rebuilt.articles:
            generations.clean()
            raise IndexDamagedError(
                f"Not one of the {len(salvage.lost)} articles stored in {generations.directory} "
                "can be read, so the index was left as it was: index them anew, or copy its "
                "files from a backup."
            )
        lock.check()
        with writing_to(generations.directory):
            for name, data in tables.items():
                rebuilt = with_table(generations, rebuilt, name, data)
            lost = [*salvage.lost, *(f"table {name}" for name in tables if tables[name] is None)]
            aside = generations.keep_aside(rebuilt.generation, old) if lost else None
            generations.publish(rebuilt, after=None)
            update_toc(generations)
            generations.clean()
    if aside:
        raise ArticlesLostError(rebuilt.articles, tuple(lost), aside)
    return rebuilt.articles


def _tables(generations: Generations, manifest: Manifest | None) -> dict[str, bytes | None]:
    """The tables by name, None for one that cannot be read."""
    found: dict[str, bytes | None] = {}
    if manifest is None or not manifest.identity:
        for name in OLD_TABLES:
            with contextlib.suppress(OSError):
                found[name] = (generations.directory / name).read_bytes()
        return found | dict(stray_tables(generations))
    for name, _ in manifest.tables:
        found[name] = None
        with contextlib.suppress(IndexDamagedError):
            found[name] = read_table(generations, manifest, name)
    return found


def _ids_of(
    codec: SegmentCodec, generations: Generations, entry: SegmentEntry
) -> Sequence[str] | None:
    """Ids of a segment's articles by number, as far as its index files still tell."""
    with contextlib.suppress(KzsearchError, OSError):
        directory = generations.segment_path(entry)
        with contextlib.closing(codec.reader(directory, entry.articles)) as reader:
            ids = list(reader.ids())
        return ids if len(ids) == entry.articles else None
    return None
