"""The judged sets of ../shared, each with the articles to index for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kzsearch.documents import Article
from kzsearch.evaluation import Judgements, Queries, read_judgements, read_queries

__all__ = ["JudgedSet", "judged_sets"]

NOT_ORDINARY = frozenset({"d18", "d39", "d40", "d41", "d42", "d43", "d44", "d45"})
"""Topics typed in Latin, without Kazakh letters or in Russian: plain BM25 cannot find them."""


@dataclass(frozen=True)
class JudgedSet:
    """Queries with judgements, and the articles they are asked of."""

    name: str
    articles: Iterable[Article]
    directory: Path

    def queries(self) -> Queries:
        """Query text by query id."""
        return read_queries(self.directory / "queries.tsv")

    def judgements(self) -> Judgements:
        """What is relevant; where no file says so, the article whose id the query bears."""
        path = self.directory / "qrels.txt"
        if path.exists():
            return read_judgements(path)
        return {query_id: {query_id: 1} for query_id in self.queries()}

    @property
    def subsets(self) -> dict[str, frozenset[str]]:
        """Ids of the queries by the name of what is reported: all, and the ordinary topics."""
        ids = frozenset(self.queries())
        if self.name != "topics":
            return {self.name: ids}
        return {"topics": ids, "topics, ordinary": ids - NOT_ORDINARY}


def judged_sets(shared: Path) -> Iterator[JudgedSet]:
    """The five sets, each with what ../shared/README.md says to index for it."""
    relevance = shared / "eval/relevance"
    corpus = shared / "corpora/articles.jsonl"
    kazqad, akorda = relevance / "kazqad", relevance / "akorda"
    with_distractors = chain(_read(kazqad / "documents.jsonl"), _read(corpus))
    yield JudgedSet("kazqad", with_distractors, kazqad)
    yield JudgedSet("akorda", _read(akorda / "documents.jsonl", titles=False), akorda)
    for name in ("known_item", "russian_query"):
        yield JudgedSet(name, _read(corpus, titles=False), relevance / name)
    yield JudgedSet("topics", _read(corpus), relevance / "topics")


def _read(path: Path, *, titles: bool = True) -> Iterator[Article]:
    """Articles of a JSONL file; without titles where the headline is the query."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            title = (record["title"] or "") if titles else ""
            yield Article(id=record["id"], title=title, body=record["body"] or "")
