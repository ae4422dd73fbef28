"""What a search gives back: a page of hits with snippets, counts and timing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from kzsearch.documents.article import Article
from kzsearch.engine.interface import Facets, ScorePart
from kzsearch.query import Change, Note, Suggestion
from kzsearch.results.answers import (
    HitAnswer,
    NamedAnswer,
    PartAnswer,
    SearchAnswer,
    SuggestionAnswer,
)
from kzsearch.results.fields import FIELD_VALUES, chosen_fields, iso_date

__all__ = [
    "HIT_FIELDS",
    "Change",
    "Fragment",
    "Hit",
    "HitStream",
    "Note",
    "ResultPage",
    "Suggestion",
    "hit_fields",
]


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

    def to_json(self, fields: Sequence[str] = ()) -> HitAnswer:
        """The hit as a JSON object; an explanation only where there is one.

        fields: names out of ``hit_fields``; the usual ones where none is named.
        """
        names = fields or HIT_FIELDS
        named = {
            name: _VALUES[name](self) for name in names if name != "explanation" or self.explanation
        }
        return cast(HitAnswer, named)


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

    def to_json(self, fields: Sequence[str] = ()) -> SearchAnswer:
        """The JSON object that the command line and the web API print.

        fields: what it tells of each hit, see ``Hit.to_json``.
        """
        answer = SearchAnswer(
            query=self.query,
            total=self.total,
            articles=self.articles,
            complete=self.complete,
            took_ms=round(self.took_ms, 3),
            notes=[
                {"kind": note.kind, "typed": note.typed, "meant": note.meant, "undo": note.undo}
                for note in self.notes
            ],
            suggestion=_suggestion(self.suggestion) if self.suggestion else None,
            hits=[hit.to_json(fields) for hit in self.hits],
            facets={name: dict(counts) for name, counts in self.facets.items()},
            generation=self.generation,
        )
        if self.next is not None:
            answer["next"] = self.next or None
        return answer


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


def _suggestion(suggestion: Suggestion) -> SuggestionAnswer:
    changes = suggestion.changes
    return {
        "query": suggestion.query,
        "changes": [{"typed": change.typed, "meant": change.meant} for change in changes],
    }


def _named(article: Article) -> NamedAnswer:
    return {
        "id": article.id,
        "title": article.title,
        "date": iso_date(article),
        "source": article.source,
        "category": article.category,
        "url": article.url,
    }


def _explanation(hit: Hit) -> list[PartAnswer]:
    return [
        {
            "word": part.word,
            "what": part.what,
            "where": part.where,
            "score": round(part.score, 6),
        }
        for part in hit.explanation
    ]


_OWN_VALUES: Mapping[str, Callable[[Hit], object]] = {
    "snippet": lambda hit: hit.snippet,
    "copies": lambda hit: [_named(copy) for copy in hit.copies],
    "explanation": _explanation,
}

_VALUES = {
    name: (_OWN_VALUES.get(name) or FIELD_VALUES[name])
    for name in (
        "id", "title", "date", "source", "category", "url", "score", "snippet", "copy_count",
        "copies", "explanation", "day", "author", "language", "fallback", "body",
    )
}  # fmt: skip

HIT_FIELDS = tuple(_VALUES)[: tuple(_VALUES).index("day")]
"""What is told of a hit unasked; the rest only on demand."""


def hit_fields(names: Sequence[str]) -> tuple[str, ...]:
    """The fields with these names, in their order; none where none is named.

    Raises QueryError for a name that is none.
    """
    return chosen_fields(names, _VALUES)
