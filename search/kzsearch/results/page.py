"""What a search gives back: a page of hits with snippets, counts and timing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kzsearch.documents.article import Article
from kzsearch.engine.interface import Facets, ScorePart
from kzsearch.query import Change, Note, Suggestion

__all__ = ["Change", "Fragment", "Hit", "HitStream", "Note", "ResultPage", "Suggestion"]


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

    title: the title as a marked fragment, cut where it only repeats a long first sentence.
    fragments: up to three pieces of the body, in the order of the text; none of an empty one.
    snippet: the fragments as HTML, escaped first, matches in ``<mark>``.
    fallback: matched only some of the words.
    copies: reprints of it that match too, oldest first, a hundred at most.
    copy_count: how many such reprints there are.
    """

    article: Article
    score: float
    title: Fragment
    fragments: tuple[Fragment, ...]
    snippet: str
    fallback: bool = False
    explanation: tuple[ScorePart, ...] = ()
    copies: tuple[Article, ...] = ()
    copy_count: int = 0

    def to_json(self) -> dict[str, object]:
        """The hit as a JSON object; an explanation only where there is one."""
        explanation = [
            {
                "word": part.word,
                "what": part.what,
                "where": part.where,
                "score": round(part.score, 6),
            }
            for part in self.explanation
        ]
        return {
            **_named(self.article),
            "score": round(self.score, 6),
            "snippet": self.snippet,
            "copy_count": self.copy_count,
            "copies": [_named(copy) for copy in self.copies],
            **({"explanation": explanation} if explanation else {}),
        }


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results; ``page`` counts from 1, ``took_ms`` is wall time in milliseconds.

    total: how many hits there are.
    articles: how many articles match; more than hits where reprints are folded.
    complete: how many of the hits have all of the words.
    notes: how the query was read where that is more than its words, each with a way back.
    suggestion: a query that may have been meant and finds more, «did you mean …?».
    generation: names the state of the index that answered.
    next: the cursor of the hits after these; '' at the end, None where none was asked for.
    """

    query: str
    total: int
    took_ms: float
    page: int
    limit: int
    hits: tuple[Hit, ...]
    facets: Facets = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    articles: int = 0
    suggestion: Suggestion | None = None
    complete: int = 0
    generation: str = ""
    next: str | None = None

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return -(-self.total // self.limit) if self.limit else 0

    def to_json(self) -> Mapping[str, object]:
        """The JSON object that the command line and the web API print."""
        return {
            "query": self.query,
            "total": self.total,
            "articles": self.articles,
            "complete": self.complete,
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
            "hits": [hit.to_json() for hit in self.hits],
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "generation": self.generation,
            **({} if self.next is None else {"next": self.next or None}),
        }


@dataclass(frozen=True, slots=True)
class HitStream:
    """All hits of a search, read one by one; what is held of them is a few numbers each.

    total, articles, generation: see ``ResultPage``. Whatever is added while they are read, all
    hits are of that generation.
    hits: to be gone through once. They count their copies and do not name them.
    """

    query: str
    total: int
    articles: int
    generation: str
    hits: Iterator[Hit]


def _named(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "category": article.category,
        "url": article.url,
    }
