"""Where the time goes: ``python -m benchmarks.speed.profiling`` prints two cProfile summaries.

One of indexing raw articles, one of whole searches on them.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import io
import pstats
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.speed.corpus import SENTENCES, Corpus
from benchmarks.speed.preparing import SHARED, prepare_sentences
from benchmarks.speed.queries import sample_queries
from benchmarks.speed.whole_worker import query_text
from kzsearch import Article, Index, open_index

__all__ = ["main", "profile", "to_article"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Index some articles and search them, each under the profiler."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.profiling", description=__doc__
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--queries", type=int, default=50, help="queries a mode")
    parser.add_argument("--lines", type=int, default=25, help="lines of each summary")
    parser.add_argument("--sort", default="tottime", help="column of pstats to sort by")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder ../shared")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kzsearch-profile-") as name:
        folder = Path(name)
        prepare_sentences(folder / SENTENCES, options.shared)
        corpus = Corpus(folder, options.articles)
        articles = [to_article(record) for record in corpus.raw_articles()]
        texts = [
            query_text(mode, words)
            for mode, rows in sample_queries(corpus, options.queries).items()
            for words in rows
        ]
        with open_index(folder / "index", create=True) as index:
            print(f"Indexing {len(articles):,} articles\n")
            print(profile(lambda: index.add(articles), options.sort, options.lines))
            searching = partial(_search_all, index, texts)
            searching()  # what is read and computed once is not of interest
            print(f"{len(texts)} searches, each for the second time\n")
            print(profile(searching, options.sort, options.lines))


def to_article(record: Mapping[str, str]) -> Article:
    """A raw article of the corpus as one of kzsearch."""
    texts = {name: value for name, value in record.items() if name != "date"}
    return Article(date=dt.date.fromisoformat(record["date"]), **texts)


def _search_all(index: Index, texts: Sequence[str]) -> None:
    for text in texts:
        index.search(text)


def profile(call: Callable[[], object], sort: str, lines: int) -> str:
    """The summary of one call."""
    profiler = cProfile.Profile()
    profiler.runcall(call)
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).strip_dirs().sort_stats(sort).print_stats(lines)
    return text.getvalue()


if __name__ == "__main__":
    main()
