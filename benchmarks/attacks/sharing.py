"""Many readers beside a writer: every answer is one whole generation, never an older one again."""

from __future__ import annotations

import json
import os
import threading
import time
import traceback
from pathlib import Path

from kzsearch.documents import Article
from kzsearch.engine import Everything, SearchRequest, Word, open_engine, verify
from kzsearch.morphology import Analyzer

PROCESSES, THREADS = 4, 4
ARTICLES = 40
WORD = Word("нұсқа", ("нұсқа",))


def share(path: Path, analyzer: Analyzer, seconds: float) -> dict[str, int]:
    """Sixteen readers in four processes while a writer replaces all articles again and again."""
    engine = open_engine(path, create=True, analyzer=analyzer)
    engine.add(_version(0))
    engine.close()
    end = time.monotonic() + seconds
    pipes = []
    children = []
    for _ in range(PROCESSES):
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                told = _read(path, analyzer, end)
                os.write(write_end, json.dumps(told).encode())
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(write_end)
        pipes.append(read_end)
        children.append(child)
    writer = open_engine(path, analyzer=analyzer)
    version = 0
    while time.monotonic() < end:
        version += 1
        writer.add(_version(version))
    writer.close()
    answers = versions = 0
    for child, pipe in zip(children, pipes, strict=True):
        with open(pipe, "rb") as told_by:
            written = told_by.read()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        counts = json.loads(written)
        answers += counts["answers"]
        versions = max(versions, counts["versions"])
    assert verify(path, analyzer=analyzer) == []
    return {
        "readers": PROCESSES * THREADS,
        "seconds": round(seconds),
        "generations written": version,
        "answers, each of one whole generation": answers,
        "most generations one reader saw": versions,
    }


def _version(version: int) -> list[Article]:
    return [
        Article(id=f"{number:02d}", title=f"нұсқа {version}", body=f"мәтін {version} " * 5)
        for number in range(ARTICLES)
    ]


def _read(path: Path, analyzer: Analyzer, end: float) -> dict[str, int]:
    """Readers that share one engine, as the threads of a server do."""
    engine = open_engine(path, analyzer=analyzer)
    counts = {"answers": 0, "versions": 0}
    wrong: list[object] = []
    lock = threading.Lock()

    def read(number: int) -> None:
        seen = newest = answers = 0
        try:
            while time.monotonic() < end and not wrong:
                query = WORD if answers % 2 else Everything()
                result = engine.search(SearchRequest(query, limit=100, facets=number % 2 == 0))
                titles = {hit.article.title for hit in result.hits}
                bodies = {hit.article.body.split()[1] for hit in result.hits}
                assert (result.total, len(result.hits), len(titles)) == (ARTICLES, ARTICLES, 1)
                version = int(titles.pop().split()[1])
                assert bodies == {str(version)}
                assert version >= newest, (version, newest)
                seen += version > newest
                newest = version
                answers += 1
        except BaseException as error:
            traceback.print_exc()
            wrong.append(error)
        with lock:
            counts["answers"] += answers
            counts["versions"] = max(counts["versions"], seen)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong
    return counts
