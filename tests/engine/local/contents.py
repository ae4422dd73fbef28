"""What an index holds."""

from __future__ import annotations

from pathlib import Path

from kzsearch.documents import Article
from kzsearch.engine import Everything, SearchRequest, open_engine
from kzsearch.morphology import Analyzer


def held(path: Path, analyzer: Analyzer) -> list[Article]:
    """The articles a search of a freshly opened index finds, by id."""
    engine = open_engine(path, analyzer=analyzer)
    hits = engine.search(SearchRequest(Everything(), limit=100)).hits
    engine.close()
    return sorted((hit.article for hit in hits), key=lambda article: article.id)
