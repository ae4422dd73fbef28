"""Analysing articles for the index, in this process or in several.

Analysis is most of what indexing costs, so it is what is shared out: workers get articles and
give back arrays. A few articles are analysed here: starting workers takes longer than that.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from kzsearch.documents.article import Article
from kzsearch.engine.document import AnalysedArticle, analyse_article
from kzsearch.engine.local.store.articles import article_payload
from kzsearch.morphology import Analyzer

__all__ = ["Analysing", "Prepared"]

CHUNK = 64
"""Articles handed to a worker at once."""

AHEAD = 3
"""Chunks that each worker has to do, so that none waits."""

ALONE = 1_000
"""Articles analysed in this process before workers are started."""

Prepared = tuple[AnalysedArticle, bytes]
"""What is indexed of an article, and the payload of its frame in the article log."""

Waiting = tuple[list[str], Future[list[Prepared | None]]]
"""The ids of some articles that a worker has, and what it will give back."""


class Analysing:
    """Prepares articles in their order, with so many worker processes; to be closed.

    Workers load an analyzer of their own, so with another than the default one there are none.
    """

    def __init__(self, analyzer: Analyzer, jobs: int = 1) -> None:
        self._analyzer = analyzer
        self._jobs = jobs if type(analyzer) is Analyzer else 1
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[Waiting] = deque()

    def prepare(
        self, articles: Iterable[Article], is_known: Callable[[Article], bool]
    ) -> Iterator[Prepared | None]:
        """What is made of articles, in their order; a few are read ahead.

        is_known: whether an article is in the index as it is; None is given back for it.
        When the iterable raises, so does this after all articles before.
        """
        iterator = iter(articles)
        alone = ALONE if self._jobs > 1 else None
        for article in islice(iterator, alone):
            yield None if is_known(article) else _prepared(article, self._analyzer)
        if alone:
            yield from self._shared(iterator, is_known)

    def _shared(
        self, articles: Iterator[Article], is_known: Callable[[Article], bool]
    ) -> Iterator[Prepared | None]:
        failure: BaseException | None = None
        more = True
        while more or self._waiting:
            if more and len(self._waiting) < AHEAD * self._jobs:
                chunk: list[Article] = []
                try:
                    chunk += islice(articles, CHUNK)
                except BaseException as error:
                    failure = error
                more = len(chunk) == CHUNK
                self._hand_out(chunk, is_known)
            else:
                _, done = self._waiting.popleft()
                yield from done.result()
        if failure:
            raise failure

    def _hand_out(self, articles: Sequence[Article], is_known: Callable[[Article], bool]) -> None:
        """Give articles to a worker, but for those that are known and have no newer version."""
        newer = {id for ids, _ in self._waiting for id in ids}
        wanted: list[Article | None] = []
        for article in articles:
            wanted.append(None if article.id not in newer and is_known(article) else article)
            newer.add(article.id)
        if wanted:
            future = self._workers().submit(_work, wanted)
            self._waiting.append(([article.id for article in articles], future))

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
    return analyse_article(article, analyzer), article_payload(article)


_analyzer: Analyzer


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _start() -> None:
    """Begin a worker, which ends when the process that began it does, even if that is killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _analyzer
    _analyzer = Analyzer()


def _work(articles: Sequence[Article | None]) -> list[Prepared | None]:
    return [_prepared(article, _analyzer) if article else None for article in articles]
