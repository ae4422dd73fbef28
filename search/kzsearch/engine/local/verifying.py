"""Checking an index without trusting anything in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kzsearch.engine.interface import Damage
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.store.articles import LOG_NAME, ArticleFrame, BrokenFrame
from kzsearch.engine.local.store.files import file_digest
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import FileEntry, Manifest, SegmentEntry
from kzsearch.engine.local.store.scanning import read_frames
from kzsearch.engine.opening import default_codec
from kzsearch.errors import IndexMissingError, KzsearchError

__all__ = ["verify"]

REBUILD = "run `kzsearch rebuild` to make the index anew from its stored articles"


def verify(path: Path | str) -> list[Damage]:
    """Everything found damaged in the index in a directory; an empty list means whole.

    Checked: the manifest and its copy, the presence, size and digest of every file, every
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
        damages = [
            damage
            for entry in lease.manifest.segments
            for damage in _check_segment(generations.segment_path(entry), entry, codec)
        ]
        damages += _check_files(generations.tables, [file for _, file in lease.manifest.tables])
        return [*damages, *_check_copy(generations, lease.manifest)]
    finally:
        lease.release()


def _check_files(directory: Path, files: Iterable[FileEntry]) -> Iterator[Damage]:
    """Files must be there with their sizes and digests."""
    for file in files:
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
            yield Damage(str(path), f"The file {problem}; {REBUILD}.")


def _check_copy(generations: Generations, manifest: Manifest) -> Iterator[Damage]:
    """The copy of the manifest must be one."""
    path = generations.manifest_path(manifest.generation)
    try:
        whole = Manifest.from_bytes(path.read_bytes(), path) == manifest
    except (OSError, KzsearchError):
        whole = False
    if not whole:
        yield Damage(
            str(path),
            "This copy of the manifest is damaged; searches do not need it, and the next change "
            "of the index replaces it.",
        )


def _check_segment(directory: Path, entry: SegmentEntry, codec: SegmentCodec) -> Iterator[Damage]:
    damages = list(_check_files(directory, entry.files))
    log_path = directory / LOG_NAME
    stored: list[ArticleFrame] = []
    for frame in read_frames(log_path, entry.identity):
        if isinstance(frame, BrokenFrame):
            damages.append(
                Damage(
                    str(log_path),
                    f"The article log {frame.problem}; {REBUILD}, without what is damaged here.",
                )
            )
        elif isinstance(frame, ArticleFrame):
            stored.append(frame)
    if damages:
        yield from damages
        return
    try:
        reader = codec.reader(directory, entry.articles, entry.digest)
        try:
            digests = map(reader.digest, range(entry.articles))
            offsets = reader.columns.offset.tolist()
            indexed = list(zip(reader.ids(), digests, offsets, strict=True))
        finally:
            reader.close()
    except KzsearchError as error:
        yield Damage(str(directory), str(error))
        return
    wanted = [(frame.article.id, frame.article.content_digest, frame.offset) for frame in stored]
    if indexed != wanted or len(wanted) != entry.articles:
        yield Damage(
            str(directory),
            f"The segment stores {len(wanted)} articles, has indexed {len(indexed)} and should "
            f"hold {entry.articles}, and they do not agree; {REBUILD}.",
        )
