"""Measure whether articles in Latin and Arabic script are found as their Cyrillic counterparts are.

    python benchmarks/scripts_in_documents.py [--shared ../shared] [--queries 200]

Writes results/scripts_in_documents.txt. Queries are Cyrillic headlines; articles are indexed
without titles, or finding them would be no art.

* real: the articles of Kazinform's Latin edition as written, against the same articles in
  Cyrillic, each among the rest of ``corpora/articles.jsonl``. A program made that Cyrillic
  (../shared/README.md), and the headlines.
* generated: the articles of ``eval/relevance/known_item`` that are asked for, written in each
  script by its rule, among the rest in Cyrillic.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import SHARED, Report
from kzsearch.documents import Article
from kzsearch.evaluation import read_queries
from kzsearch.index import Index, open_index
from kzsearch.text.scripts import Script, from_cyrillic
from kzsearch.text.scripts.script import LATIN_ALPHABETS

HITS = 10
TARGET = 0.02
"""What other scripts may fall behind Cyrillic, of the share of articles among the first ten."""

_REAL, _IN_CYRILLIC = "qz-", "qzc-"
"""How the ids of the Latin edition and of its articles in Cyrillic begin."""


def main() -> None:
    """Measure both, print the table and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--queries", type=int, default=200, help="generated: how many")
    arguments = parser.parse_args()
    corpora = arguments.shared / "corpora"
    cyrillic = read(corpora / "articles.jsonl")
    latin = read(corpora / "articles_latin.jsonl")
    report = Report(__file__)
    report.add(
        f"{'articles in':<26}{'articles':>9}{'hit@10':>9}{'MRR':>9}   behind Cyrillic (wanted: "
        f"{TARGET:.0%} at most)"
    )
    with tempfile.TemporaryDirectory() as folder, open_index(folder, create=True) as index:
        index.add(without_title(article) for article in cyrillic.values())
        report.extend(real(index, cyrillic, latin))
        queries = arguments.shared / "eval/relevance/known_item/queries.tsv"
        report.extend(generated(index, cyrillic, read_queries(queries), arguments.queries))
    report.keep()


def real(index: Index, cyrillic: Mapping[str, Article], latin: Mapping[str, Article]) -> list[str]:
    """The Latin edition against its Cyrillic; leaves the index as it was."""
    pairs = {id: id.replace(_IN_CYRILLIC, _REAL) for id in cyrillic if id.startswith(_IN_CYRILLIC)}
    pairs = {id: original for id, original in pairs.items() if original in latin}
    queries = {id: cyrillic[id].title for id in pairs}
    before = search_all(index, queries)
    index.delete(pairs)
    index.add(without_title(latin[original]) for original in pairs.values())
    after = search_all(index, {pairs[id]: query for id, query in queries.items()})
    index.delete(pairs.values())
    index.add(without_title(cyrillic[id]) for id in pairs)
    return ["real", row("cyrillic", before), row("latin-2018", after, before)]


def generated(
    index: Index, cyrillic: Mapping[str, Article], queries: Mapping[str, str], count: int
) -> Iterator[str]:
    """Articles rewritten by rule, in one script after another."""
    kept = [id for id in queries if not id.startswith(_IN_CYRILLIC)]
    asked = {id: queries[id] for id in kept[:: -(-len(kept) // count)]}
    before = search_all(index, asked)
    yield from ("", "generated", row("cyrillic", before))
    for script in (*LATIN_ALPHABETS, Script.ARABIC):
        index.add(
            replace(article, title="", body=from_cyrillic(article.body, script))
            for article in map(cyrillic.__getitem__, asked)
        )
        yield row(script, search_all(index, asked), before)


def read(path: Path) -> dict[str, Article]:
    """The articles of a JSONL file by id."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        record["id"]: Article(
            id=record["id"], title=record["title"] or "", body=record["body"] or ""
        )
        for record in records
    }


def without_title(article: Article) -> Article:
    """The article with its headline taken away."""
    return replace(article, title="")


def search_all(index: Index, queries: Mapping[str, str]) -> list[int | None]:
    """For each query the rank of the article it belongs to, from 1; None if not among the hits."""
    ranks: list[int | None] = []
    for wanted, query in queries.items():
        ids = [hit.article.id for hit in index.search(query, limit=HITS, facets=False).hits]
        ranks.append(ids.index(wanted) + 1 if wanted in ids else None)
    return ranks


def row(name: str, ranks: list[int | None], cyrillic: list[int | None] | None = None) -> str:
    """A line of the table."""
    line = f"  {name:<24}{len(ranks):>9}{hit_rate(ranks):>9.1%}{mrr(ranks):>9.3f}"
    return line if cyrillic is None else f"{line}   {hit_rate(cyrillic) - hit_rate(ranks):+.1%}"


def hit_rate(ranks: list[int | None]) -> float:
    """The share of queries whose article is among the hits."""
    return sum(rank is not None for rank in ranks) / len(ranks)


def mrr(ranks: Iterable[int | None]) -> float:
    """The mean reciprocal rank."""
    found = list(ranks)
    return sum(1 / rank for rank in found if rank) / len(found)


if __name__ == "__main__":
    main()
