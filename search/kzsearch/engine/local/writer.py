"""Adding and deleting, one commit after another. Runs under the writer lock."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator

from kzsearch.documents.article import Article
from kzsearch.engine.interface import AddReport, Progress
from kzsearch.engine.local.commit import Commit, Outcome
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.files import writing_to
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import Manifest
from kzsearch.morphology import Analyzer

__all__ = ["Writer"]


class Writer:
    """Writes generation after generation, beginning from ``manifest``.

    Whatever a killed writer has left behind is removed first.


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
        publishing: bool = True,
    ) -> None:
        self.manifest = manifest
        self._generations = generations
        self._codec = codec
        self._analyzer = analyzer
        self._opened = opened
        self._publishing = publishing
        if publishing:
            generations.clean()

    def add(self, articles: Iterable[Article], progress: Progress | None = None) -> AddReport:
        """See ``Engine.add``."""
        counts: Counter[Outcome] = Counter()
        iterator = iter(articles)
        finished = False
        while not finished:
            written = counts[Outcome.ADDED] + counts[Outcome.UPDATED]
            with self._new_commit(written_before=written) as commit:
                while not commit.is_full:
                    try:
                        article = next(iterator)
                    except StopIteration:
                        finished = True
                        break
                    except BaseException:
                        self._commit(commit)
                        raise
                    with writing_to(self._generations.directory):
                        counts[commit.add(article)] += 1
                    if progress:
                        progress(counts.total())
                self._commit(commit)
        return AddReport(**{outcome.value: counts[outcome] for outcome in Outcome})

    def delete(self, ids: Iterable[str]) -> int:
        """See ``Engine.delete``."""
        wanted = list(ids)
        with self._new_commit(written_before=0) as commit:
            with writing_to(self._generations.directory):
                count = commit.delete(wanted)
            self._commit(commit)
        return count

    def _commit(self, commit: Commit) -> None:
        with writing_to(self._generations.directory):
            manifest = commit.finish()
            if self._publishing and manifest is not self.manifest:
                self._generations.publish(manifest)
        self.manifest = manifest

    @contextlib.contextmanager
    def _new_commit(self, *, written_before: int) -> Iterator[Commit]:
        """A commit in the making; afterwards the rest of one that failed is removed."""
        commit = Commit(
            self._generations,
            self._codec,
            self._analyzer,
            self._opened,
            self.manifest,
            written_before,
        )
        try:
            yield commit
        finally:
            commit.close()
            if self._publishing:
                self._generations.clean()
