"""Analysing articles for the index, in this process or in several.

Analysis is most of what indexing costs, so it is what is shared out: workers get articles and
give back arrays. A few articles are analysed here: starting workers takes longer than that.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from kzsearch.documents.article import Article
from kzsearch.engine.document import AnalysedArticle, analyse_article
from kzsearch.engine.local.store.articles import article_payload
from kzsearch.morphology import Analyzer

__all__ = ["Analysing", "Prepared"]

CHUNK = 64
"""Articles handed to a worker at once."""

ALONE = 1_000
"""Articles analysed in this process before workers are started."""

Prepared = tuple[Article, AnalysedArticle, bytes]
"""An article, what is indexed of it, and the payload of its frame in the article log."""


class Analysing:
    """Prepares articles in their order, with so many worker processes; a context manager.

    Workers load an analyzer of their own, so with another than the default one there are none.
    """

    def __init__(self, analyzer: Analyzer, jobs: int = 1) -> None:
        self._analyzer = analyzer
        self._jobs = jobs if type(analyzer) is Analyzer else 1
        self._alone = ALONE
        self._pool: ProcessPoolExecutor | None = None

    def prepare(self, articles: Iterable[Article]) -> Iterator[Prepared]:
        """Articles with what is indexed of them, in order; few are read ahead."""
        iterator = iter(articles)
        if self._jobs > 1:
            for article in islice(iterator, self._alone):
                self._alone -= 1
                yield _prepared(article, self._analyzer)
            yield from self._shared(iterator)
        else:
            for article in iterator:
                yield _prepared(article, self._analyzer)

    def _shared(self, articles: Iterator[Article]) -> Iterator[Prepared]:
        waiting: deque[tuple[list[Article], Future[list[tuple[AnalysedArticle, bytes]]]]] = deque()
        while True:
            chunk = list(islice(articles, CHUNK)) if len(waiting) <= 2 * self._jobs else []
            if chunk:
                waiting.append((chunk, self._workers().submit(_work, chunk)))
            elif not waiting:
                return
            if len(waiting) > 2 * self._jobs or not chunk:
                done, future = waiting.popleft()
                for article, (analysed, payload) in zip(done, future.result(), strict=True):
                    yield article, analysed, payload

    def _workers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # forking a server is not safe
            self._pool = ProcessPoolExecutor(self._jobs, context, _start)
        return self._pool

    def close(self) -> None:
        """End the workers."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _prepared(article: Article, analyzer: Analyzer) -> Prepared:
    return article, analyse_article(article, analyzer), article_payload(article)


_analyzer: Analyzer


def _start() -> None:
    """Begin a worker."""
    global _analyzer
    _analyzer = Analyzer()


def _work(articles: list[Article]) -> list[tuple[AnalysedArticle, bytes]]:
    return [_prepared(article, _analyzer)[1:] for article in articles]
