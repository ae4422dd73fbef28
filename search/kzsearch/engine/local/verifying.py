"""Checking an index without trusting anything in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kzsearch.engine.interface import Damage
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.store.articles import LOG_NAME, ArticleFrame, BrokenFrame, read_frames
from kzsearch.engine.local.store.files import file_digest
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import SegmentEntry
from kzsearch.engine.opening import default_codec
from kzsearch.errors import IndexMissingError, KzsearchError

__all__ = ["verify"]

REBUILD = "run `kzsearch rebuild` to make the index anew from its stored articles"


def verify(path: Path | str) -> list[Damage]:
    """Everything found damaged in the index in a directory; an empty list means whole.

    Checked: the pointer, the manifest, the presence, size and digest of every file, every
    stored article, and that log and index hold the same articles. Reads all of the index.
    Whatever is wrong with it is reported, never raised. A generation that a commit replaces
    meanwhile stays until this is done with it.
    Raises IndexMissingError when there is no index at all.
    """
    generations = Generations(Path(path))
    try:
        lease = generations.lease()
    except IndexMissingError:
        raise
    except KzsearchError as error:
        return [Damage(str(generations.directory), str(error))]
    try:
        codec = default_codec()
        return [
            damage
            for entry in lease.manifest.segments
            for damage in _check_segment(generations.segment_path(entry), entry, codec)
        ]
    finally:
        lease.release()


def _check_segment(directory: Path, entry: SegmentEntry, codec: SegmentCodec) -> Iterator[Damage]:
    whole = True
    for file in entry.files:
        path = directory / file.name
        try:
            size = path.stat().st_size
            problem = (
                f"has {size} bytes instead of {file.size}"
                if size != file.size
                else "does not hold what was written (its digest differs)"
                if file_digest(path) != file.digest
                else ""
            )
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
        if problem:
            whole = False
            yield Damage(str(path), f"The file {problem}; {REBUILD}.")
    log_path = directory / LOG_NAME
    stored: list[str] = []
    for frame in read_frames(log_path):
        if isinstance(frame, BrokenFrame):
            whole = False
            yield Damage(
                str(log_path),
                f"The article log {frame.problem}; {REBUILD}, without what is damaged here.",
            )
        elif isinstance(frame, ArticleFrame):
            stored.append(frame.article.id)
    if not whole:
        return
    try:
        reader = codec.reader(directory, entry.articles)
        try:
            indexed = list(reader.ids())
        finally:
            reader.close()
    except KzsearchError as error:
        yield Damage(str(directory), str(error))
        return
    if indexed != stored or len(stored) != entry.articles:
        yield Damage(
            str(directory),
            f"The segment stores {len(stored)} articles, has indexed {len(indexed)} and should "
            f"hold {entry.articles}, and they do not agree; {REBUILD}.",
        )
