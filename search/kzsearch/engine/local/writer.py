"""Adding and deleting, one commit after another. Runs under the writer lock."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator

from kzsearch.documents.article import Article
from kzsearch.engine.interface import AddReport, Progress
from kzsearch.engine.local.commit import Batch, Outcome
from kzsearch.engine.local.segment_api import Codec
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.files import writing_to
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import WriterLock
from kzsearch.engine.local.store.manifest import Manifest
from kzsearch.engine.local.store.tables import with_table
from kzsearch.morphology import Analyzer

__all__ = ["Writer"]


class Writer:
    """Writes generation after generation, beginning from ``manifest``.

    Whatever a killed writer has left behind is removed first.

    lock: the writer lock, which is held.
    pointer: the ``Generations.pointer_state`` the manifest was read with.
    publishing: make each of them current as it is finished. A rebuild does not: until its
        last article is written, the old index stays the current one.
    """

    def __init__(
        self,
        generations: Generations,
        codec: Codec,
        analyzer: Analyzer,
        opened: OpenSegments,
        manifest: Manifest,
        *,
        lock: WriterLock,
        pointer: bytes | None,
        publishing: bool = True,
    ) -> None:
        self.manifest = manifest
        self._generations = generations
        self._codec = codec
        self._analyzer = analyzer
        self._opened = opened
        self._lock = lock
        self._pointer = pointer
        self._publishing = publishing
        self._clean()

    def add(self, articles: Iterable[Article], progress: Progress | None = None) -> AddReport:
        """See ``Engine.add``."""
        counts: Counter[Outcome] = Counter()
        iterator = iter(articles)
        finished = False
        while not finished:
            written = counts[Outcome.ADDED] + counts[Outcome.UPDATED]
            with self._batch(written_before=written) as batch:
                while not batch.is_full:
                    try:
                        article = next(iterator)
                    except StopIteration:
                        finished = True
                        break
                    except BaseException:
                        self._commit(batch)
                        raise
                    with writing_to(self._generations.directory):
                        counts[batch.add(article)] += 1
                    if progress:
                        progress(counts.total())
                self._commit(batch)
        return AddReport(**{outcome.value: counts[outcome] for outcome in Outcome})

    def delete(self, ids: Iterable[str]) -> int:
        """See ``Engine.delete``."""
        wanted = list(ids)
        with self._batch(written_before=0) as batch:
            with writing_to(self._generations.directory):
                count = batch.delete(wanted)
            self._commit(batch)
        return count

    def put_table(self, name: str, data: bytes | None) -> None:
        """See ``Engine.put_table``."""
        try:
            with writing_to(self._generations.directory):
                self._publish(with_table(self._generations, self.manifest, name, data))
        finally:
            self._clean()

    def _commit(self, batch: Batch) -> None:
        with writing_to(self._generations.directory):
            manifest = batch.finish()
            if self._publishing and manifest is not self.manifest:
                self._publish(manifest)
        self.manifest = manifest

    def _publish(self, manifest: Manifest) -> None:
        self._lock.check()
        self._pointer = self._generations.publish(manifest, after=self._pointer)
        self.manifest = manifest

    def _clean(self) -> None:
        if self._publishing and self._lock.holds:
            self._generations.clean()

    @contextlib.contextmanager
    def _batch(self, *, written_before: int) -> Iterator[Batch]:
        """A commit in the making; afterwards the rest of one that failed is removed."""
        batch = Batch(
            self._generations,
            self._codec,
            self._analyzer,
            self._opened,
            self.manifest,
            written_before,
        )
        try:
            yield batch
        finally:
            batch.close()
            self._clean()
