"""Making an index anew from nothing but its article logs.

The old index files are never opened, so it does not matter what is wrong with
them. The manifest tells which stored articles are current; when it cannot be
read either, all logs found are replayed in commit order. The old index stays
the current one until the new one is whole.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from kzsearch.documents.article import Article
from kzsearch.engine.interface import Progress
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.articles import (
    LOG_NAME,
    ArticleFrame,
    BrokenFrame,
    DeletionFrame,
    read_frames,
)
from kzsearch.engine.local.store.files import writing_to
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import writer_lock
from kzsearch.engine.local.store.manifest import Manifest
from kzsearch.engine.local.writer import Writer
from kzsearch.engine.opening import default_codec
from kzsearch.errors import IndexMissingError, KzsearchError
from kzsearch.morphology import Analyzer

__all__ = ["rebuild"]

logger = logging.getLogger("kzsearch")


def rebuild(
    path: Path | str, *, analyzer: Analyzer | None = None, progress: Progress | None = None
) -> int:
    """Make the index in a directory anew from its stored articles; returns how many.

    Stored articles that are damaged beyond reading are left out, with a warning in the log.
    Raises IndexMissingError, IndexLockedError, IndexWriteError.
    """
    generations = Generations(Path(path))
    if not generations.segments.is_dir():
        raise IndexMissingError(
            f"There is no index at {generations.directory}, so there is nothing to rebuild."
        )
    codec, analyzer = default_codec(), analyzer or Analyzer()
    with writer_lock(generations.directory):
        with writing_to(generations.directory):
            generations.create()
            start = Manifest(generations.unused_generation(), codec.name, analyzer.fingerprint)
        opened = OpenSegments(generations, codec)
        writer = Writer(generations, codec, analyzer, opened, start, publishing=False)
        writer.add(_stored_articles(generations), progress)
        with writing_to(generations.directory):
            generations.publish(writer.manifest)
            generations.clean()
    return writer.manifest.articles


def _stored_articles(generations: Generations) -> Iterator[Article]:
    """The current version of every stored article, oldest segment first."""
    try:
        manifest = generations.current()
    except KzsearchError:
        yield from _replayed(generations)
        return
    for entry in manifest.segments:
        path = generations.segment_path(entry) / LOG_NAME
        for number, frame in enumerate(_without_deletions(path)):
            if number in entry.deleted:
                continue
            if isinstance(frame, ArticleFrame):
                yield frame.article
            else:
                _warn(path, frame)


def _replayed(generations: Generations) -> Iterator[Article]:
    """What all logs together leave, when no manifest says which versions are current."""
    paths = sorted(generations.segments.glob(f"*/{LOG_NAME}"), key=_commit_order)
    newest: dict[str, tuple[Path, int]] = {}
    for path in paths:
        for frame in read_frames(path):
            match frame:
                case DeletionFrame(_, ids):
                    for article_id in ids:
                        newest.pop(article_id, None)
                case ArticleFrame(offset, article):
                    newest[article.id] = path, offset
    for path in paths:
        for frame in _without_deletions(path):
            if isinstance(frame, BrokenFrame):
                _warn(path, frame)
            elif newest.get(frame.article.id) == (path, frame.offset):
                yield frame.article


def _commit_order(log_path: Path) -> tuple[list[str], str]:
    """Segments are named first-last-written: order by the newest commit covered."""
    name = log_path.parent.name
    return name.split("-")[1:], name


def _without_deletions(path: Path) -> Iterator[ArticleFrame | BrokenFrame]:
    """Frames of articles, whole or broken: their order is the articles' numbering."""
    for frame in read_frames(path):
        if not isinstance(frame, DeletionFrame):
            yield frame


def _warn(path: Path, frame: BrokenFrame) -> None:
    logger.warning("The article log %s %s; what was there is lost.", path, frame.problem)
