"""Analysing articles for the index, in this process or in several.

Analysis is most of what indexing costs, so it is what is shared out: workers get articles and
give back arrays. The first articles are analysed here: starting workers takes longer than that.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from kzsearch.documents.article import Article
from kzsearch.engine.document import (
    AnalysedArticle,
    AnalysedWord,
    Tokens,
    analyse_article,
    analyse_articles,
    text_numberer,
)
from kzsearch.engine.local.store.articles import article_payload
from kzsearch.morphology import Analyzer

__all__ = ["Analysing", "Prepared", "less_garbage"]

CHUNK = 64
"""Articles analysed together, and handed to a worker at once."""

AHEAD = 3
"""Chunks that each worker has to do, so that none waits."""

ALONE = 256
"""Articles analysed in this process before workers are started."""

Prepared = tuple[AnalysedArticle, bytes]
"""What is indexed of an article, and the payload of its frame in the article log."""

Analyse = Callable[[Sequence[Article]], list[AnalysedArticle]]
"""What analyses articles."""

Waiting = tuple[list[str], Callable[[], Sequence[Prepared | None]]]
"""The ids of some articles that are being analysed, and what gives the result."""


SELDOM = (100_000, 50, 100)
"""How seldom cycles are looked for while indexing, which makes many objects and no cycles."""

_usual: list[tuple[int, int, int]] = []
_changing = threading.Lock()


@contextlib.contextmanager
def less_garbage() -> Iterator[None]:
    """Have the collector look for cycles seldom, until the last thread that asks is done."""
    with _changing:
        _usual.append(gc.get_threshold())
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        with _changing:
            usual = _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)


class Analysing:
    """Prepares articles in their order, with so many worker processes; to be closed.

    Workers load an analyzer of their own, so with another than the default one there are none.
    """

    def __init__(self, analyzer: Analyzer, jobs: int = 1) -> None:
        ours = type(analyzer) is Analyzer
        self._jobs = jobs if ours else 1
        self._chunk = CHUNK if ours else 1
        self._analyse = _together(analyzer) if ours else _one_by_one(analyzer)
        self._receiver = Receiver()
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[Waiting] = deque()

    def prepare(
        self, articles: Iterable[Article], is_known: Callable[[Article], bool]
    ) -> Iterator[Prepared | None]:
        """What is made of articles, in their order; some are read ahead.

        is_known: whether an article is in the index as it is; None is given back for it.
        When the iterable raises, so does this after all articles before.
        """
        iterator = iter(articles)
        failure: BaseException | None = None
        read, more = 0, True
        while more or self._waiting:
            alone = self._jobs == 1 or read < ALONE
            if more and len(self._waiting) < (1 if alone else AHEAD * self._jobs):
                chunk: list[Article] = []
                try:
                    chunk += islice(iterator, self._chunk)
                except BaseException as error:
                    failure = error
                more = len(chunk) == self._chunk
                read += len(chunk)
                self._hand_out(chunk, is_known, alone=alone)
            else:
                _, result = self._waiting.popleft()
                yield from result()
        if failure:
            raise failure

    def _hand_out(
        self, articles: Sequence[Article], is_known: Callable[[Article], bool], *, alone: bool
    ) -> None:
        """Have articles analysed, but for those that are known and have no newer version."""
        newer = {id for ids, _ in self._waiting for id in ids}
        wanted: list[Article | None] = []
        for article in articles:
            wanted.append(None if article.id not in newer and is_known(article) else article)
            newer.add(article.id)
        ids = [article.id for article in articles]
        if alone:
            prepared = _prepared(wanted, self._analyse)
            self._waiting.append((ids, lambda: prepared))
        else:
            future = self._workers().submit(_work, wanted)
            self._waiting.append((ids, lambda: self._receiver.unpack(future.result())))

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


def _together(analyzer: Analyzer) -> Analyse:
    numberer = text_numberer(analyzer)
    return lambda articles: analyse_articles(articles, numberer)


def _one_by_one(analyzer: Analyzer) -> Analyse:
    """Of another analyzer nothing is known but the terms it gives."""
    return lambda articles: [analyse_article(article, analyzer) for article in articles]


def _prepared(articles: Sequence[Article | None], analyse: Analyse) -> list[Prepared | None]:
    """What is made of articles; None for None."""
    wanted = [article for article in articles if article]
    analysed = iter(analyse(wanted) if wanted else ())
    return [(next(analysed), article_payload(article)) if article else None for article in articles]


NO_ROWS = np.zeros(0, np.uint32)
NO_TOKENS = Tokens(NO_ROWS, NO_ROWS, NO_ROWS, NO_ROWS)


@dataclass(frozen=True, slots=True)
class Packed:
    """What is made of some articles as it is sent: big arrays and each word only once.

    worker: its process; words are numbered for each.
    known: how many words the worker has sent before; 0 begins them anew.
    fresh: the words that follow them.
    rows: the tokens of all titles and bodies one behind another.
    ends: of each title and body among them.
    articles: the articles without tokens and words.
    """

    worker: int
    known: int
    fresh: Sequence[AnalysedWord]
    rows: NDArray[np.uint32]
    ends: list[int]
    articles: list[Prepared | None]


class Sender:
    """Packs what a worker sends."""

    def __init__(self) -> None:
        self._words: Sequence[AnalysedWord] = ()
        self._sent = 0

    def pack(self, prepared: Sequence[Prepared | None]) -> Packed:
        """Pack what is made of some articles, which share their words."""
        found = [each for each in prepared if each]
        if found and found[0][0].words is not self._words:
            self._words, self._sent = found[0][0].words, 0
        known, self._sent = self._sent, len(self._words)
        texts = [text for article, _ in found for text in (article.title, article.body)]
        columns = [
            np.concatenate([NO_ROWS, *column])
            for column in (
                [text.words for text in texts],
                [text.positions for text in texts],
                [text.starts for text in texts],
                [text.ends for text in texts],
            )
        ]
        return Packed(
            os.getpid(),
            known,
            self._words[known:],
            np.stack(columns),
            np.cumsum([len(text) for text in texts], dtype=np.int64).tolist(),
            [
                (replace(each[0], words=(), title=NO_TOKENS, body=NO_TOKENS), each[1])
                if each
                else None
                for each in prepared
            ],
        )


class Receiver:
    """Unpacks what workers send; of each worker in the order it was sent."""

    def __init__(self) -> None:
        self._words: dict[int, list[AnalysedWord]] = {}

    def unpack(self, packed: Packed) -> list[Prepared | None]:
        """What was packed."""
        if not packed.known:
            self._words[packed.worker] = []
        words = self._words[packed.worker]
        words += packed.fresh
        bounds = iter(pairwise([0, *packed.ends]))
        prepared: list[Prepared | None] = []
        for each in packed.articles:
            if each is None:
                prepared.append(None)
                continue
            bare, payload = each
            title, body = (_text(packed.rows, *next(bounds)) for _ in range(2))
            prepared.append((replace(bare, words=words, title=title, body=body), payload))
        return prepared


def _text(rows: NDArray[np.uint32], begin: int, end: int) -> Tokens:
    words, positions, starts, ends = rows[:, begin:end]
    return Tokens(words, positions, starts, ends)


_analyse: Analyse
_sender: Sender


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _start() -> None:
    """Begin a worker, which ends when the process that began it does, even if that is killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _analyse, _sender
    _analyse = _together(Analyzer())
    _sender = Sender()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def _work(articles: Sequence[Article | None]) -> Packed:
    return _sender.pack(_prepared(articles, _analyse))
