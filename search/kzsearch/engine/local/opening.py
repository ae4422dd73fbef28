"""Opening and making an index in a folder."""

from __future__ import annotations

from pathlib import Path

from kzsearch.engine.local.codec.whoosh.toc import update_toc
from kzsearch.engine.local.engine import LocalEngine
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.store.files import make_directory, writing_to
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import writer_lock
from kzsearch.engine.local.store.manifest import Manifest, new_identity
from kzsearch.morphology import Analyzer

__all__ = ["default_codec", "open_local"]


def default_codec() -> SegmentCodec:
    """The codec new indexes are written with."""
    from kzsearch.engine.local.codec import ColumnarCodec  # not before an index is opened

    return ColumnarCodec()


def open_local(
    path: Path, *, create: bool = False, analyzer: Analyzer | None = None
) -> LocalEngine:
    """Open the index in a directory.

    create: make an empty one when there is none; other files there are left alone.
    analyzer: the one that makes its terms; the default one when None.
    Raises IndexMissingError, IndexMismatchError, IndexDamagedError, and with ``create``
    IndexLockedError and IndexWriteError.
    """
    generations = Generations(path)
    analyzer = analyzer or Analyzer()
    codec = default_codec()
    if create and not generations.exists():
        _create(generations, codec, analyzer)
    return LocalEngine(generations, codec, analyzer)


def _create(generations: Generations, codec: SegmentCodec, analyzer: Analyzer) -> None:
    with writing_to(generations.directory):
        make_directory(generations.directory)
    with writer_lock(generations.directory), writing_to(generations.directory):
        if not generations.exists():  # nobody else was quicker
            generations.create()
            manifest = Manifest(1, new_identity(), codec.name, analyzer.fingerprint)
            generations.publish(manifest, after=None)
            update_toc(generations)
