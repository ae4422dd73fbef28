"""The engine that ``open_engine`` opens: snapshots for reading, one writer at a time."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
import weakref
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kzsearch.documents.article import Article
from kzsearch.engine.interface import (
    AddReport,
    EngineHit,
    EngineResult,
    IndexStats,
    OwnerList,
    PhraseCount,
    Progress,
    SearchRequest,
    TermCount,
)
from kzsearch.engine.local.search import Searcher, Snapshot
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.statistics import index_stats
from kzsearch.engine.local.store.generations import Generations, Lease, PointerStamp
from kzsearch.engine.local.store.lock import writer_lock
from kzsearch.engine.local.store.owner_lists import read_owner_list
from kzsearch.engine.local.store.tables import read_table
from kzsearch.engine.local.suggest import Completer
from kzsearch.engine.local.vocabulary import LocalVocabulary
from kzsearch.engine.nodes import Node
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.errors import IndexDamagedError, KzsearchError, QueryError
from kzsearch.morphology import Analyzer
from kzsearch.text import fold, normalize_text

if TYPE_CHECKING:
    from kzsearch.engine.local.writer import Writer

__all__ = ["LocalEngine"]


LOOK_SECONDS = 1.0
"""How often to look whether somebody has changed the files of open segments."""


class LocalEngine:
    """An engine over immutable segments (``Engine`` in interface.py)."""

    def __init__(self, generations: Generations, codec: SegmentCodec, analyzer: Analyzer) -> None:
        self._generations = generations
        self._codec = codec
        self._analyzer = analyzer
        self._opened = OpenSegments(generations, codec)
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._view: View | None = None
        self._stamp = PointerStamp(None, False)
        self._numbers = itertools.count(1)
        self._next_look = 0.0
        self._closed = False
        self._newest()

    # Reading

    def search(self, request: SearchRequest) -> EngineResult:
        """Answer a request on the newest committed generation."""
        return self._newest().searcher.search(request)

    def rank(self, request: SearchRequest) -> list[tuple[str, float]]:
        """Ids and scores of the hits, see ``Engine.rank``."""
        return self._newest().searcher.rank(request)

    def count(self, query: Node) -> int:
        """How many articles match a query."""
        return self._newest().searcher.count(query)

    def get(self, article_id: str) -> Article | None:
        """The stored article, or None."""
        return self._newest().searcher.get(article_id)

    def articles(self) -> Iterator[Article]:
        """All stored articles, see ``Engine.articles``."""
        view = self._newest()  # kept alive, and with it its files
        snapshot = view.searcher.snapshot
        for document in snapshot.everything.tolist():
            yield snapshot.article(document)

    def suggest(self, start: str, limit: int = 10) -> list[TermCount]:
        """Words of titles that begin so, see ``Engine.suggest``."""
        return self._newest().completer.suggest(fold(normalize_text(start)), limit)

    def complete(
        self, context: Sequence[str], start: str, limit: int, beside: Sequence[str] = ()
    ) -> list[PhraseCount]:
        """Noun phrases of titles, see ``Engine.complete``."""
        return self._newest().completer.complete(context, start, limit, beside)

    def more_like_this(self, article_id: str, limit: int) -> tuple[EngineHit, ...]:
        """Articles on the same matter, see ``Engine.more_like_this``."""
        searcher = self._newest().searcher
        document = searcher.snapshot.find(article_id)
        if document is None:
            raise QueryError(f"There is no article with the id {article_id!r} in the index.")
        return searcher.more_like_this(document, limit)

    def vocabulary(self) -> Vocabulary:
        """The words of the newest generation, see ``Engine.vocabulary``."""
        return self._newest().vocabulary

    @property
    def generation(self) -> int:
        """How many generations this engine has opened, the newest one included.

        Their own numbers may be the same in an index that has taken the place of another.
        """
        return self._newest().number

    def owner_list(self, name: str) -> OwnerList | None:
        """A list of the owner's in the folder, see ``Engine.owner_list``."""
        return read_owner_list(self._generations.directory, name)

    def table(self, name: str) -> bytes | None:
        """A table of the newest committed generation, see ``Engine.table``."""
        view = self._newest()
        return read_table(self._generations, view.searcher.snapshot.manifest, name)

    def stats(self, *, count_terms: bool = False) -> IndexStats:
        """Sizes and counts, see ``Engine.stats``."""
        snapshot = self._newest().searcher.snapshot
        return index_stats(self._generations, snapshot, count_terms=count_terms)

    def _newest(self) -> View:
        """The newest generation, opened when the pointer shows a change."""
        with self._lock:
            if self._closed:
                raise KzsearchError("This index has been closed; open it again to use it.")
            if self._files_changed():
                self._view = None
            view = self._view
            if view and self._generations.is_still(self._stamp):
                return view
            stamp = self._generations.pointer_stamp()
            if view and self._generations.pointer_state() == view.pointer:
                self._stamp = stamp
                return view
            while True:
                lease = self._generations.lease()
                try:
                    lease.manifest.check_made_by(
                        self._codec.name,
                        self._analyzer.fingerprint,
                        self._generations.directory,
                    )
                    segments = self._opened.of(lease.manifest)
                except BaseException as error:
                    lease.release()
                    replaced = self._generations.pointer_state() != lease.pointer
                    if isinstance(error, IndexDamagedError) and replaced:
                        continue  # another index took its place while it was opened
                    raise
                snapshot = Snapshot(lease.manifest, segments)
                self._view = View(lease, snapshot, next(self._numbers))
                return self._view

    def _files_changed(self) -> bool:
        """Whether files were changed under the open segments; looked at now and then."""
        now = time.monotonic()
        if now < self._next_look:
            return False
        self._next_look = now + LOOK_SECONDS
        return self._opened.forget_changed()

    # Writing

    def add(
        self, articles: Iterable[Article], *, progress: Progress | None = None, jobs: int = 1
    ) -> AddReport:
        """Add or replace articles, see ``Engine.add``."""
        with self._writer() as writer:
            return writer.add(articles, progress, jobs)

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles by id and commit; returns how many there were."""
        with self._writer() as writer:
            return writer.delete(ids)

    def put_table(self, name: str, data: bytes | None) -> None:
        """Keep a table and commit, see ``Engine.put_table``."""
        with self._writer() as writer:
            writer.put_table(name, data)

    @contextlib.contextmanager
    def _writer(self) -> Iterator[Writer]:
        from kzsearch.engine.local.writer import Writer  # most engines only read

        with self._writing, writer_lock(self._generations.directory) as lock:
            view = self._newest()
            manifest, pointer = view.searcher.snapshot.manifest, view.pointer
            del view
            yield Writer(
                self._generations,
                self._codec,
                self._analyzer,
                self._opened,
                manifest,
                lock=lock,
                pointer=pointer,
            )
            self._newest()  # lets go of the generation before, so that it can be removed
            if lock.holds:
                self._generations.clean()

    def close(self) -> None:
        """Let go of files and locks. Closing twice does nothing."""
        with self._lock:
            self._closed = True
            self._view = None


class View:
    """A generation being read. Its lease ends when nobody reads it any more.

    number: counts the generations that an engine has opened.
    """

    def __init__(self, lease: Lease, snapshot: Snapshot, number: int) -> None:
        self.pointer = lease.pointer
        self.number = number
        self.searcher = Searcher(snapshot)
        self.completer = Completer(
            [
                (segment.titles, entry.deleted)
                for segment, entry in zip(
                    snapshot.segments, snapshot.manifest.segments, strict=True
                )
            ]
        )
        self.vocabulary = LocalVocabulary(snapshot, self.completer, number)
        weakref.finalize(self, lease.release)
