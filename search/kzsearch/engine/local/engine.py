"""The engine that ``open_engine`` opens: snapshots for reading, one writer at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kzsearch.documents.article import Article
from kzsearch.engine.interface import (
    AddReport,
    EngineHit,
    EngineResult,
    EngineScan,
    IndexStats,
    OwnerList,
    Period,
    PhraseCount,
    Progress,
    SearchRequest,
    SignificantTerms,
    TermCount,
    Timeline,
)
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.statistics import index_stats
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import writer_lock
from kzsearch.engine.local.store.owner_lists import read_owner_list
from kzsearch.engine.local.store.tables import read_table
from kzsearch.engine.local.views import View, Views
from kzsearch.engine.nodes import Node
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.errors import QueryError
from kzsearch.morphology import Analyzer
from kzsearch.text import fold, normalize_text

if TYPE_CHECKING:
    from kzsearch.engine.local.writer import Writer

__all__ = ["LocalEngine"]


class LocalEngine:
    """An engine over immutable segments (``Engine`` in interface.py)."""

    def __init__(self, generations: Generations, codec: SegmentCodec, analyzer: Analyzer) -> None:
        self._generations = generations
        self._codec = codec
        self._analyzer = analyzer
        self._views = Views(generations, codec, analyzer)
        self._writing = threading.Lock()
        self._newest()

    # Reading

    def search(self, request: SearchRequest) -> EngineResult:
        """Answer a request, see ``Engine.search``."""
        return self._views.asked(request.generation, hold=request.hold).searcher.search(request)

    def scan(self, request: SearchRequest) -> EngineScan:
        """All hits of a request, see ``Engine.scan``."""
        view = self._newest()
        found = view.searcher.scan(request)
        return replace(found, hits=_kept_alive(view, found.hits))

    def rank(self, request: SearchRequest) -> list[tuple[str, float]]:
        """Ids and scores of the hits, see ``Engine.rank``."""
        return self._newest().searcher.rank(request)

    def count(self, query: Node) -> int:
        """How many articles match a query."""
        return self._newest().searcher.count(query)

    def timeline(self, request: SearchRequest, unit: Period | None, most: int) -> Timeline:
        """How all hits lie in time, see ``Engine.timeline``."""
        return self._newest().searcher.timeline(request, unit, most)

    def significant_terms(
        self, request: SearchRequest, most: int, wanted: Callable[[str], bool]
    ) -> SignificantTerms:
        """What marks the first hits, see ``Engine.significant_terms``."""
        return self._newest().searcher.significant_terms(request, most, wanted)

    def get(self, article_id: str) -> Article | None:
        """The stored article, or None."""
        return self._newest().searcher.get(article_id)

    def articles(self) -> Iterator[Article]:
        """All stored articles, see ``Engine.articles``."""
        view = self._newest()  # kept alive, and with it its files
        snapshot = view.searcher.snapshot
        for document in snapshot.everything.tolist():
            yield snapshot.article(document)

    def ids(self) -> Iterator[str]:
        """Ids of all articles, see ``Engine.ids``."""
        view = self._newest()
        yield from view.searcher.snapshot.live_ids()

    def matching(self, query: Node, ids: Iterable[str]) -> list[Article]:
        """Those of some articles that match, see ``Engine.matching``."""
        return self._newest().searcher.matching(query, ids)

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

    def follow(self) -> None:
        """Prepare new generations in the background, see ``Engine.follow``."""
        self._views.follow()

    def _newest(self) -> View:
        return self._views.newest()

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
            view = self._views.current()
            manifest, pointer = view.searcher.snapshot.manifest, view.pointer
            del view
            yield Writer(
                self._generations,
                self._codec,
                self._analyzer,
                self._views.segments,
                manifest,
                lock=lock,
                pointer=pointer,
            )
            self._views.current()  # lets go of the one before, so that it can be removed
            if lock.holds:
                self._generations.clean()

    def close(self) -> None:
        """Let go of files and locks. Closing twice does nothing."""
        self._views.close()


def _kept_alive(view: View, hits: Iterator[EngineHit]) -> Iterator[EngineHit]:
    """The hits; their view, and with it its files, is held until the last one is read."""
    yield from hits
    del view
