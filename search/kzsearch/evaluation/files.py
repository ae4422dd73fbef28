"""Queries and judgements as others write them down: TSV, and the qrels of TREC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kzsearch.errors import EvaluationError

__all__ = ["Judgements", "Queries", "read_judgements", "read_queries"]

Queries = Mapping[str, str]
"""Query text by query id."""

Judgements = Mapping[str, Mapping[str, int]]
"""Grade by article id, by query id."""


def read_queries(path: Path) -> Queries:
    """Read ``id<TAB>text`` lines. Raises EvaluationError."""
    queries: dict[str, str] = {}
    for number, line in _lines(path):
        query_id, tab, text = line.partition("\t")
        if not (query_id and tab and text.strip()):
            raise EvaluationError(f"Line {number} of {path} must hold a query id, a tab and text.")
        if query_id in queries:
            raise EvaluationError(f"Line {number} of {path} repeats the query id {query_id!r}.")
        queries[query_id] = text
    if not queries:
        raise EvaluationError(f"{path} holds no queries; write lines of an id, a tab and text.")
    return queries


def read_judgements(path: Path) -> Judgements:
    """Read TREC qrels: ``query-id 0 article-id grade`` lines. Raises EvaluationError."""
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        try:
            query_id, _, article_id, grade = line.split()
            judgements.setdefault(query_id, {})[article_id] = int(grade)
        except ValueError:
            raise EvaluationError(
                f"Line {number} of {path} must hold a query id, 0, an article id and a whole "
                "number, with spaces between them."
            ) from None
    if not judgements:
        raise EvaluationError(f"{path} holds no judgements.")
    return judgements


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, empty ones left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise EvaluationError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror}.") from None
    return ((number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())
