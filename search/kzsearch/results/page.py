"""What a search gives back: a page of hits with snippets, counts and timing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kzsearch.documents.article import Article
from kzsearch.engine.interface import Facets, ScorePart
from kzsearch.query import Change, Note, Suggestion

__all__ = ["Change", "Fragment", "Hit", "Note", "ResultPage", "Suggestion"]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of an article with the spans to mark, both in code points of ``text``.

    before, after: whether its first (last) sentence was cut in front (behind), so that an
        ellipsis is due.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article.

    title: the title as a marked fragment.
    fragments: up to three pieces of the body, in the order of the text; none of an empty one.
    snippet: the fragments as HTML, escaped first, matches in ``<mark>``.
    fallback: matched only some of the words.
    """

    article: Article
    score: float
    title: Fragment
    fragments: tuple[Fragment, ...]
    snippet: str
    fallback: bool = False
    explanation: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results; ``page`` counts from 1, ``took_ms`` is wall time in milliseconds.

    notes: how the query was read where that is more than its words, each with a way back.
    suggestion: a query that may have been meant and finds more, «did you mean …?».
    """

    query: str
    total: int
    took_ms: float
    page: int
    limit: int
    hits: tuple[Hit, ...]
    facets: Facets = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    suggestion: Suggestion | None = None

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return -(-self.total // self.limit) if self.limit else 0

    def to_json(self) -> Mapping[str, object]:
        """The JSON object that the command line and the web API print."""
        return {
            "query": self.query,
            "total": self.total,
            "took_ms": round(self.took_ms, 3),
            "notes": [
                {"kind": note.kind, "typed": note.typed, "meant": note.meant, "undo": note.undo}
                for note in self.notes
            ],
            "suggestion": self.suggestion
            and {
                "query": self.suggestion.query,
                "changes": [
                    {"typed": change.typed, "meant": change.meant}
                    for change in self.suggestion.changes
                ],
            },
            "hits": [
                {
                    "id": hit.article.id,
                    "title": hit.article.title,
                    "date": hit.article.date.isoformat() if hit.article.date else None,
                    "source": hit.article.source,
                    "category": hit.article.category,
                    "url": hit.article.url,
                    "score": round(hit.score, 6),
                    "snippet": hit.snippet,
                    **(
                        {
                            "explanation": [
                                {
                                    "what": part.what,
                                    "where": part.where,
                                    "score": round(part.score, 6),
                                }
                                for part in hit.explanation
                            ]
                        }
                        if hit.explanation
                        else {}
                    ),
                }
                for hit in self.hits
            ],
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
        }
