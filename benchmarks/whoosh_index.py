"""Measure a kzsearch index as a Whoosh index; writes results/whoosh_index.txt.

    python benchmarks/whoosh_index.py [--articles 2000]

What Whoosh's table of contents adds to a commit of one article, beside the time whoosh takes to be
imported. And Whoosh's own searcher over our codec, as a ratio to the same searcher over Whoosh's
own (W3) with the same analyzer: queries of one field, ten hits, the median of processor time in one
run. Articles are invented of the sentences in ``seeds/``, the same every time.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from unittest.mock import patch

from whoosh import query as q
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import ROOT, Report
from kzsearch import Article, open_index, open_whoosh
from kzsearch.analysis import KazakhAnalyzer
from kzsearch.documents import read_articles
from kzsearch.engine.local import writer
from kzsearch.engine.local.codec.whoosh.toc import update_toc
from kzsearch.engine.local.store.generations import Generations

COMMITS = 30
QUERIES = 40


def invented(count: int) -> list[Article]:
    """Articles of eight sentences each."""
    draw = random.Random(1)
    seeds = list(read_articles(ROOT / "seeds", on_problem=lambda problem: None))
    sentences = [part for seed in seeds for part in seed.body.split(". ") if part]
    return [
        Article(
            id=str(number),
            title=seeds[number % len(seeds)].title,
            body=". ".join(draw.choices(sentences, k=8)),
        )
        for number in range(count)
    ]


def seconds(act: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """How long something takes."""
    began = clock()
    act()
    return clock() - began


def commits(articles: list[Article], folder: Path) -> tuple[float, float]:
    """Seconds of a commit of one article, and of the table of contents in it; medians."""
    spent: list[float] = []

    def timed(generations: Generations) -> None:
        spent.append(seconds(lambda: update_toc(generations)))

    whole = []
    with patch.object(writer, "update_toc", timed), open_index(folder, create=True) as index:
        index.add(articles)
        for number in range(COMMITS):
            spent.clear()
            new = [Article(id=f"new {number}", title="Жаңа")]
            whole.append((seconds(partial(index.add, new)), sum(spent)))
    return statistics.median(w for w, _ in whole), statistics.median(t for _, t in whole)


def kinds(words: list[str]) -> dict[str, list[q.Query]]:
    """Queries of each kind, of stems that the articles have."""
    draw = random.Random(2)
    terms = [q.Term("body", word) for word in words]

    def some(count: int) -> list[q.Term]:
        return draw.sample(terms, count)

    return {
        "term": some(QUERIES),
        "OR of three": [q.Or(some(3)) for _ in range(QUERIES)],
        "AND of two": [q.And(some(2)) for _ in range(QUERIES)],
        "phrase of two": [
            q.Phrase("body", [term.text for term in some(2)]) for _ in range(QUERIES)
        ],
        "prefix": [q.Prefix("body", term.text[:3]) for term in some(QUERIES)],
    }


def median(searcher: object, queries: Iterable[q.Query]) -> float:
    """Median seconds of processor time of a query, each asked once before."""
    search = searcher.search  # type: ignore[attr-defined]
    found = []
    for query in queries:
        search(query, limit=10)
        found.append(seconds(partial(search, query, limit=10), process_time))
    return statistics.median(found)


def starting(code: str) -> float:
    """Least seconds of a process that runs some code, of five."""
    command = [sys.executable, "-c", code]
    return min(seconds(lambda: subprocess.run(command, check=True)) for _ in range(5))


def main() -> None:
    """Run it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=2_000)
    count = options.parse_args().articles
    articles = invented(count)
    report = Report(__file__)
    with tempfile.TemporaryDirectory() as work:
        ours, theirs = Path(work, "ours"), Path(work, "theirs")
        commit, table = commits(articles, ours)
        bare, imported = starting("pass"), starting("import whoosh.index, whoosh.fields")
        report.add(
            f"commit of one article                {commit * 1e3:8.2f} ms",
            f"Whoosh's table of contents in it     {table * 1e3:8.2f} ms",
            f"importing whoosh would take          {(imported - bare) * 1e3:8.2f} ms",
            "",
            "Whoosh's searcher over          our codec        W3   ours ÷ W3",
        )
        theirs.mkdir()
        stock = create_in(str(theirs), Schema(id=ID(stored=True), body=TEXT(KazakhAnalyzer())))
        with stock.writer() as adding:
            for article in articles:
                adding.add_document(id=article.id, body=article.body)
        with open_whoosh(ours).searcher() as mine, stock.searcher() as other:
            frequent = mine.reader().most_frequent_terms("body", 300)
            words = [text.decode() for _, text in frequent]
            for kind, queries in kinds(words).items():
                a, b = median(mine, queries), median(other, queries)
                report.add(f"  {kind:25} {a * 1e3:10.2f} ms {b * 1e3:8.2f} ms {a / b:8.2f}")
    report.keep()


if __name__ == "__main__":
    main()
