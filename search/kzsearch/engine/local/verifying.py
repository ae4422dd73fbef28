"""Checking an index without trusting anything in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kzsearch.engine.document import analyse_article
from kzsearch.engine.interface import Damage
from kzsearch.engine.local.codec.whoosh.toc import toc_bytes, toc_path
from kzsearch.engine.local.comparing import Comparison
from kzsearch.engine.local.opening import default_codec
from kzsearch.engine.local.segment_api import SegmentCodec, SegmentReader
from kzsearch.engine.local.store.articles import LOG_NAME, ArticleFrame, BrokenFrame
from kzsearch.engine.local.store.files import file_digest
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import FileEntry, Manifest, SegmentEntry
from kzsearch.engine.local.store.scanning import read_frames
from kzsearch.errors import IndexMissingError, KzsearchError
from kzsearch.morphology import Analyzer

__all__ = ["verify_local"]

REBUILD = "run `kzsearch rebuild` to make the index anew from its stored articles"


def verify_local(path: Path, *, analyzer: Analyzer | None = None) -> list[Damage]:
    """Everything found damaged in the index in a directory; an empty list means whole.

    Checked: the manifest and its copy, the presence, size and digest of every file, every
    stored article, and that log and index hold the same articles. Every article is analysed
    again, and columns, tokens, postings and positions are compared with that; only when the
    index was made by another analyzer, which opening it refuses, this is left out.
    analyzer: the default one when None.
    Whatever is wrong with it is reported, never raised. A generation that a commit replaces
    meanwhile stays until this is done with it.
    Raises IndexMissingError when there is no index at all.
    """
    generations = Generations(path)
    try:
        lease = generations.lease()
    except IndexMissingError:
        raise
    except KzsearchError as error:
        return [Damage(str(generations.directory), str(error))]
    try:
        codec, analyzer = default_codec(), analyzer or Analyzer()
        same = analyzer if analyzer.fingerprint == lease.manifest.analyzer else None
        damages = [
            damage
            for entry in lease.manifest.segments
            for damage in _check_segment(generations.segment_path(entry), entry, codec, same)
        ]
        damages += _check_files(generations.tables, [file for _, file in lease.manifest.tables])
        damages += _check_copy(generations, lease.manifest)
        return [*damages, *_check_toc(generations, lease.manifest)]
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


def _check_toc(generations: Generations, manifest: Manifest) -> Iterator[Damage]:
    """Whoosh's table of contents, where there is one, must be that of the manifest."""
    path = toc_path(generations.directory, manifest.generation)
    try:
        whole = path.read_bytes() == toc_bytes(manifest)
    except FileNotFoundError:
        return  # a killed writer has not come to it
    except OSError:
        whole = False
    if not whole:
        yield Damage(
            str(path),
            "Whoosh's table of contents is damaged; kzsearch does not need it, and the next "
            "change of the index replaces it.",
        )


def _check_segment(
    directory: Path, entry: SegmentEntry, codec: SegmentCodec, analyzer: Analyzer | None
) -> Iterator[Damage]:
    damages = list(_check_files(directory, entry.files))
    log_path = directory / LOG_NAME
    stored = 0
    for frame in read_frames(log_path, entry.identity):
        if isinstance(frame, BrokenFrame):
            damages.append(
                Damage(
                    str(log_path),
                    f"The article log {frame.problem}; {REBUILD}, without what is damaged here.",
                )
            )
        elif isinstance(frame, ArticleFrame):
            stored += 1
    if damages:
        yield from damages
        return
    if stored != entry.articles:
        yield _wrong(directory, f"log holds {stored} articles instead of {entry.articles}")
        return
    try:
        with contextlib.closing(codec.reader(directory, entry.articles, entry.digest)) as reader:
            for problem in _compare(reader, directory, analyzer):
                yield _wrong(directory, problem)
    except KzsearchError as error:
        yield Damage(str(directory), str(error))


def _compare(reader: SegmentReader, directory: Path, analyzer: Analyzer | None) -> Iterator[str]:
    """Everything that the index says of the stored articles must be what analysis says."""
    comparison = Comparison(reader)
    offsets, ids = reader.offsets(), reader.ids()
    for expected, frame in enumerate(
        frame for frame in read_frames(directory / LOG_NAME) if isinstance(frame, ArticleFrame)
    ):
        found = frame.number, frame.offset, frame.article.id
        if found != (expected, int(offsets[expected]), ids[expected]):
            yield f"log and index do not agree on article {expected}"
        elif analyzer:
            analysed = analyse_article(frame.article, analyzer)
            yield from comparison.article(expected, analysed)
    if analyzer:
        yield from comparison.finish()


def _wrong(directory: Path, problem: str) -> Damage:
    return Damage(str(directory), f"The segment's {problem}; {REBUILD}.")
