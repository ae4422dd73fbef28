"""The JSON objects that the command line and the web API print, as types.

The description of the API (``kzsearch_web.openapi``) is made of them, so each field says what
it is.
"""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from kzsearch.engine.interface import Timeline

__all__ = [
    "ChangeAnswer",
    "CompletionAnswer",
    "CompletionsAnswer",
    "HitAnswer",
    "NamedAnswer",
    "NoteAnswer",
    "PartAnswer",
    "SearchAnswer",
    "SimilarAnswer",
    "SuggestionAnswer",
    "TermAnswer",
    "TermsAnswer",
    "TimelineAnswer",
    "timeline_answer",
]


class ChangeAnswer(TypedDict):
    """A word read otherwise than it was typed."""

    typed: Annotated[str, "as it was typed"]
    meant: Annotated[str, "as it was read"]


class NoteAnswer(TypedDict):
    """How a part of the query was read where that is more than its words."""

    kind: Annotated[str, "what was read into it, such as date or number"]
    typed: Annotated[str, "as it was typed"]
    meant: Annotated[str, "as it was read"]
    undo: Annotated[str, "the query without that reading"]


class SuggestionAnswer(TypedDict):
    """A query that may have been meant and finds more."""

    query: Annotated[str, "the query to ask instead"]
    changes: Annotated[list[ChangeAnswer], "what is other in it"]


class PartAnswer(TypedDict):
    """One share of a score."""

    word: Annotated[str, "the word of the query"]
    what: Annotated[str, "what of it was found, such as a stem"]
    where: Annotated[str, "where it stands and by what it was found: title stem"]
    score: Annotated[float, "how much it adds"]


class NamedAnswer(TypedDict):
    """An article without its text."""

    id: Annotated[str, "id of the article"]
    title: Annotated[str, "its title"]
    date: Annotated[str | None, "when it appeared, with the time where it is known"]
    source: Annotated[str, "where it appeared"]
    category: Annotated[str, "its categories, parted by “; ”"]
    url: Annotated[str, "its address"]


class HitAnswer(TypedDict, total=False):
    """One found article: what ``fields`` asks for, else all but the last five."""

    id: Annotated[str, "id of the article"]
    title: Annotated[str, "its title"]
    date: Annotated[str | None, "when it appeared, with the time where it is known"]
    source: Annotated[str, "where it appeared"]
    category: Annotated[str, "its categories, parted by “; ”"]
    url: Annotated[str, "its address"]
    score: Annotated[float, "how well it matches"]
    snippet: Annotated[str, "pieces of its text as HTML: escaped, then marked with <mark>"]
    copy_count: Annotated[int, "how many reprints are folded under it"]
    copies: Annotated[list[NamedAnswer], "these reprints, oldest first, a hundred at most"]
    explanation: Annotated[list[PartAnswer], "what its score is made of, where it was asked for"]
    day: Annotated[str | None, "the date as a day in Almaty"]
    author: Annotated[str, "who wrote it"]
    language: Annotated[str, "kk, ru, en or other"]
    fallback: Annotated[bool, "whether it has only some of the words"]
    body: Annotated[str, "its whole text"]


class SearchAnswer(TypedDict):
    """One page of results."""

    query: Annotated[str, "the query as it was typed"]
    total: Annotated[int, "how many hits there are"]
    articles: Annotated[int, "how many articles match: more than hits where reprints are folded"]
    complete: Annotated[int, "how many of the hits have all of the words"]
    took_ms: Annotated[float, "how long it took, in milliseconds"]
    notes: Annotated[list[NoteAnswer], "how words were read"]
    suggestion: Annotated[SuggestionAnswer | None, "what may have been meant"]
    hits: Annotated[list[HitAnswer], "the hits of this page"]
    facets: Annotated[
        dict[str, dict[str, int]], "how many hits each source, category, language and month has"
    ]
    generation: Annotated[str, "names the state of the index that answered"]
    next: NotRequired[
        Annotated[str | None, "the cursor of the hits after these, null behind the last"]
    ]


class SimilarAnswer(TypedDict):
    """Articles on the same matter."""

    id: Annotated[str, "the article they are like"]
    hits: Annotated[list[HitAnswer], "best first; scores are from 0 to 1"]


class CompletionAnswer(TypedDict):
    """A query that one being typed may become."""

    text: Annotated[str, "the whole query"]
    articles: Annotated[int, "how many articles have in their title what it was completed with"]
    typed: Annotated[int, "how many of its code points stand for what was typed"]


class CompletionsAnswer(TypedDict):
    """What a query may become that is still being typed."""

    completions: Annotated[list[CompletionAnswer], "those that most articles have come first"]


class TermAnswer(TypedDict):
    """A word or name that marks a result set."""

    text: Annotated[str, "the word in its commonest form, or the name as it is written"]
    hits: Annotated[int, "how many of the hits looked at have it"]
    articles: Annotated[int, "how many of all articles have it"]


class TermsAnswer(TypedDict):
    """Words and names that mark a result set, most telling first."""

    query: Annotated[str, "the query as it was typed"]
    total: Annotated[int, "how many hits there are"]
    looked_at: Annotated[int, "how many of them were looked at, the best ones"]
    articles: Annotated[int, "how many articles there are in all"]
    names: Annotated[list[TermAnswer], "names of several words"]
    words: Annotated[list[TermAnswer], "words, those of the query left out"]
    generation: Annotated[str, "names the state of the index that answered"]


class TimelineAnswer(TypedDict):
    """How all hits of a search lie in time."""

    unit: Annotated[str, "what is counted by: day, week, month or year"]
    bars: Annotated[dict[str, int], "how many hits each period has, by its first day, rising"]
    undated: Annotated[int, "hits without a date"]


def timeline_answer(found: Timeline) -> TimelineAnswer:
    """A timeline as a JSON object."""
    bars = {day.isoformat(): count for day, count in found.bars}
    return {"unit": found.unit, "bars": bars, "undated": found.undated}
