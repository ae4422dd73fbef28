"""Adding and deleting, one commit after another. Runs under the writer lock."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator

from kzsearch.documents.article import Article
from kzsearch.engine.interface import AddReport, Progress
from kzsearch.engine.local.analysing import Analysing, less_garbage
from kzsearch.engine.local.codec.whoosh.toc import update_toc
from kzsearch.engine.local.commit import Commit, Outcome
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.files import writing_to
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import WriterLock
from kzsearch.engine.local.store.manifest import Manifest
from kzsearch.engine.local.store.tables import with_table
from kzsearch.errors import IndexDamagedError
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
        codec: SegmentCodec,
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

    def add(
        self,
        articles: Iterable[Article],
        progress: Progress | None = None,
        jobs: int = 1,
        *,
        deleting: Iterable[str] = (),
    ) -> AddReport:
        """See ``Engine.add``. deleting: ids of articles to delete in the same commit, first."""
        deleted = list(deleting)
        counts: Counter[Outcome] = Counter()
        finished = False
        with less_garbage(), contextlib.closing(Analysing(self._analyzer, jobs)) as analysing:
            prepared = analysing.prepare(articles, lambda article: commit.holds(article))
            while not finished:
                written = counts[Outcome.ADDED] + counts[Outcome.UPDATED]
                with self._new_commit(written_before=written) as commit:
                    if deleted:
                        with self._writing():
                            commit.delete(deleted)
                        deleted.clear()
                    while not commit.is_full:
                        try:
                            found = next(prepared)
                        except StopIteration:
                            finished = True
                            break
                        except BaseException:
                            self._commit(commit)
                            raise
                        with self._writing():
                            counts[commit.add(found) if found else Outcome.UNCHANGED] += 1
                        if progress:
                            progress(counts.total())
                    self._commit(commit, last=finished)
        return AddReport(**{outcome.value: counts[outcome] for outcome in Outcome})

    def delete(self, ids: Iterable[str]) -> int:
        """See ``Engine.delete``."""
        wanted = list(ids)
        with self._new_commit(written_before=0) as commit:
            with self._writing():
                count = commit.delete(wanted)
            self._commit(commit)
        return count

    def put_table(self, name: str, data: bytes | None) -> None:
        """See ``Engine.put_table``."""
        try:
            with self._writing():
                self._publish(with_table(self._generations, self.manifest, name, data))
        finally:
            self._clean()

    def _commit(self, commit: Commit, *, last: bool = False) -> None:
        with self._writing():
            manifest = commit.finish(last=last)
            if self._publishing and manifest is not self.manifest:
                self._publish(manifest)
        self.manifest = manifest

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Say in one sentence what went wrong, first of all that the index is gone."""
        with writing_to(self._generations.directory):
            try:
                yield
            except (OSError, IndexDamagedError):
                self._lock.check()
                raise

    def _publish(self, manifest: Manifest) -> None:
        self._lock.check()
        self._pointer = self._generations.publish(manifest, after=self._pointer)
        self.manifest = manifest

    def _clean(self) -> None:
        if self._publishing and self._lock.holds:
            update_toc(self._generations)
            self._generations.clean()

    @contextlib.contextmanager
    def _new_commit(self, *, written_before: int) -> Iterator[Commit]:
        """A commit in the making; afterwards the rest of one that failed is removed."""
        commit = Commit(
            self._generations,
            self._codec,
            self._opened,
            self.manifest,
            written_before,
        )
        try:
            yield commit
        finally:
            commit.close()
            self._clean()
