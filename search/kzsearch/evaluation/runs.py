"""Asking an index the judged queries, and writing down what it answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kzsearch.errors import EvaluationError
from kzsearch.evaluation.files import Judgements, Queries
from kzsearch.evaluation.measures import Measures, measure
from kzsearch.index import Index

__all__ = ["DEPTH", "Run", "evaluate", "write_run"]

DEPTH = 100
"""Hits asked for per query."""

Run = Mapping[str, Sequence[str]]
"""Ids of the hits, best first, by query id."""


def evaluate(
    index: Index, queries: Queries, judgements: Judgements
) -> tuple[Run, dict[str, Measures]]:
    """Ask every query that has judgements; returns the hits and the measures of each.

    Raises EvaluationError when no query has judgements.
    """
    judged = {query_id: text for query_id, text in queries.items() if query_id in judgements}
    if not judged:
        raise EvaluationError("No query has judgements; their ids must be the same in both files.")
    run = {query_id: index.rank(text, DEPTH) for query_id, text in judged.items()}
    measured = {query_id: measure(hits, judgements[query_id]) for query_id, hits in run.items()}
    return run, measured


def write_run(path: Path, run: Run) -> None:
    """Write the hits as a TREC run, the first with the greatest score. Raises EvaluationError."""
    rows = (
        f"{query_id} Q0 {article_id} {rank} {len(hits) - rank + 1} kzsearch\n"
        for query_id, hits in run.items()
        for rank, article_id in enumerate(hits, 1)
    )
    try:
        path.write_text("".join(rows), encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written: {error.strerror}.") from None
