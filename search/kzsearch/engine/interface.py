"""The seam between kzsearch and whatever answers its queries.

Nothing outside the engine room knows which engine stands behind this
interface, how it codes postings or how it scores. A second engine implements
``Engine`` and is opened by ``kzsearch.engine.open_engine``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from kzsearch.documents.article import Article
from kzsearch.engine.nodes import Node
from kzsearch.engine.schema import TextField
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.text.scripts.detection import LetterFamily

__all__ = [
    "AddReport",
    "Damage",
    "Engine",
    "EngineHit",
    "EngineResult",
    "EngineScan",
    "Facets",
    "IndexStats",
    "LocatedTerm",
    "Match",
    "OwnerList",
    "Period",
    "PhraseCount",
    "Place",
    "Progress",
    "ScorePart",
    "SearchRequest",
    "SignificantTerm",
    "SignificantTerms",
    "Sort",
    "TermCount",
    "TermFinder",
    "Timeline",
]

Progress = Callable[[int], None]
"""Called with the number of articles taken in so far."""

Facets = Mapping[str, Mapping[str, int]]
"""``{"source": {value: count}, "category": …, "language": …, "month": {"2025-09": count}}``, counts
falling."""


class Sort(StrEnum):
    """Order of hits. Ties: newer date first, then id rising."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to look for and which slice of it to return.

    query: what articles should match.
    fallback: articles that match only this are found too, for a part of their score
        (``Ranking.partial``).
    few: where set, ``fallback`` is looked at only where fewer hits than so many answer ``query``,
        and what matches only it ranks below, whatever it scores; under ``Sort.DATE`` both mix.
    offset, limit: the slice of hits wanted, both >= 0.
    question: the query asks for something an article says, perhaps in passing; its first
        words then count no more than the others.
    facets: whether to count facets over all matches.
    explain: whether hits carry the parts of their score.
    collapse: show near-duplicates under one hit, which is counted once everywhere.
    letters: of near-duplicates that match one in these letters is shown, if there is one; not
        under ``Sort.DATE``.
    generation: answer on this one (``EngineResult.generation``), not on the newest; '' is the
        newest.
    hold: keep the generation that answers for a while, so that it can be asked again.
    """

    query: Node
    fallback: Node | None = None
    few: int | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    question: bool = False
    facets: bool = True
    explain: bool = False
    collapse: bool = False
    letters: LetterFamily | None = None
    generation: str = ""
    hold: bool = False


class Place(StrEnum):
    """Where in an article something was found."""

    TITLE = "title"
    LEAD = "lead"  # the first words of the body, once more
    BODY = "body"


class Match(StrEnum):
    """By what something was found."""

    STEM = "stem"
    EXACT = "exact"  # as typed
    PREFIX = "prefix"  # only the first letters are the same
    PHRASE = "phrase"
    RELATED = "related"  # another word, of like meaning


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One share of a score: what was found (``мектеп``), where, by what, how much it adds.

    word: the word or phrase of the query that it was found for, folded: ``мектептегі``.
    """

    what: str
    place: Place
    match: Match
    score: float
    word: str = ""

    @property
    def where(self) -> str:
        """Place and match in one: ``title stem``."""
        return f"{self.place} {self.match}"


class LocatedTerm(NamedTuple):
    """A term of a text and where it stands: code points from ``start`` to ``end``."""

    surface: str
    stems: tuple[str, ...]
    start: int
    end: int
    position: int


class TermFinder(Protocol):
    """The terms of one article, found without analysing its text again."""

    def find(
        self, field: TextField, words: Set[str], prefixes: tuple[str, ...]
    ) -> Sequence[LocatedTerm]:
        """The terms whose surface or a stem is one of ``words``, or whose surface begins so,
        in order of position, then start.
        """
        ...


@dataclass(frozen=True, slots=True)
class EngineHit:
    """One article found. ``fallback`` tells that it matched only the fallback query.

    copies: other matches that are copies of it, oldest first, a hundred at most.
    copy_count: how many such copies there are.
    terms: finds the terms to mark; None where the text must be analysed for that.
    """

    article: Article
    score: float
    fallback: bool = False
    explanation: tuple[ScorePart, ...] = ()
    copies: tuple[Article, ...] = ()
    copy_count: int = 0
    terms: TermFinder | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EngineResult:
    """A slice of the hits, and counts over all of them.

    total: how many hits there are.
    articles: how many articles match; more than hits where near-duplicates are collapsed.
    generation: names the generation that answered.
    complete: how many of the hits match the query itself, not only its fallback.
    """

    total: int
    hits: tuple[EngineHit, ...]
    facets: Facets = field(default_factory=dict)
    articles: int = 0
    complete: int = 0
    generation: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class EngineScan:
    """All hits of a request, in its order, on one generation (see ``EngineResult``).

    hits: read one by one as they are asked for; their ``copies`` are counted, not read.
    """

    total: int
    articles: int
    generation: str
    hits: Iterator[EngineHit]


class Period(StrEnum):
    """What a timeline counts by, the shortest first. A week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Timeline:
    """How hits lie in time, by local days (Asia/Almaty).

    bars: the first day of each period from that of the oldest hit to that of the newest, those
        without a hit included, and how many hits a filter by the period would leave.
    undated: hits without a date.
    total: all hits. Near-duplicates count once here, and in ``bars`` once a period.
    """

    unit: Period
    bars: tuple[tuple[dt.date, int], ...] = ()
    undated: int = 0
    total: int = 0


class SignificantTerm(NamedTuple):
    """A stem that some hits have far more often than other articles.

    surface: the form in which most of them have it, in small letters.
    hits: how many of them have it; articles: how many of all.
    score: how surely that is no accident (log-likelihood ratio).
    """

    stem: str
    surface: str
    hits: int
    articles: int
    score: float


class SignificantTerms(NamedTuple):
    """What marks the first hits of a request.

    articles: these hits. everything: how many articles there are. total: how many hits there are.
    terms: best first, ties by surface.
    """

    articles: tuple[Article, ...]
    everything: int
    total: int
    terms: tuple[SignificantTerm, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the articles handed to ``add``: their sum is what was handed in."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class TermCount:
    """A word of titles as written, in small letters (never a stem), and how often they have it."""

    term: str
    articles: int


@dataclass(frozen=True, slots=True)
class PhraseCount:
    """A noun phrase of titles in its dictionary form, with its usual capitals.

    articles: how many have it in their title, in any form.
    weight: what it is ranked by: of new articles each counts up to 1, of old ones less.
    """

    text: str
    articles: int
    weight: float


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing ``verify`` found wrong: the file, and what to do about it in a sentence."""

    path: str
    problem: str


@dataclass(frozen=True, slots=True)
class IndexStats:
    """Numbers about an index; sizes in bytes.

    location: the path or URL it was opened by.
    changed: when the generation was committed, in UTC to the second.
    terms: how many different words there are; None where they were not asked to be counted.
    """

    location: str
    engine: str
    format_version: int
    analyzer: str
    generation: int
    changed: dt.datetime
    articles: int
    terms: int | None
    segments: int
    index_bytes: int
    article_bytes: int
    garbage_bytes: int
    first_day: str
    last_day: str


class OwnerList(NamedTuple):
    """The lines of a list that the owner of an index keeps beside it, and where it stands."""

    lines: Sequence[str]
    location: str


class Engine(Protocol):
    """An open index. Reading is safe from many threads; writing is one process at a time."""

    def add(
        self, articles: Iterable[Article], *, progress: Progress | None = None, jobs: int = 1
    ) -> AddReport:
        """Add or replace (same id) articles, skipping unchanged ones, and commit.

        jobs: processes that analyse articles, once there are many of them.
        Streams: holds no more than one commit's worth in memory. Committed when it returns;
        on an exception from the iterable the articles before it are committed.

        Raises IndexLockedError, IndexWriteError, IndexMismatchError.
        """
        ...

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles by id and commit; returns how many there were."""
        ...

    def search(self, request: SearchRequest) -> EngineResult:
        """Answer a request on the newest committed generation, or on the one it names.

        Raises CursorExpiredError when that one is no longer held.
        """
        ...

    def scan(self, request: SearchRequest) -> EngineScan:
        """All hits of a request on the newest committed generation; its offset, limit, facets
        and explain do not count.

        In memory are a few numbers for each hit, and one article at a time.
        """
        ...

    def rank(self, request: SearchRequest) -> list[tuple[str, float]]:
        """Ids and scores of the hits of a request, without reading their articles."""
        ...

    def count(self, query: Node) -> int:
        """How many articles match a query."""
        ...

    def timeline(self, request: SearchRequest, unit: Period | None, most: int) -> Timeline:
        """How all hits of a request lie in time.

        unit: what is counted by; None: the shortest period of which ``most`` are enough.
        """
        ...

    def significant_terms(
        self, request: SearchRequest, most: int, wanted: Callable[[str], bool]
    ) -> SignificantTerms:
        """Stems that mark the hits from ``request.offset`` on, as many as its limit says.

        wanted: whether a word as written, in small letters, may be given. Articles that hold a
            word only in page furniture do not count.
        """
        ...

    def get(self, article_id: str) -> Article | None:
        """The stored article, or None."""
        ...

    def articles(self) -> Iterator[Article]:
        """All stored articles of the newest committed generation, in no order that matters."""
        ...

    def ids(self) -> Iterator[str]:
        """Ids of all articles of the newest committed generation, in no order that matters."""
        ...

    def matching(self, query: Node, ids: Iterable[str]) -> list[Article]:
        """Those of some articles that match a query, newest first, then by id."""
        ...

    def suggest(self, start: str, limit: int = 10) -> list[TermCount]:
        """Words of titles that begin with ``start``, commonest first; deleted articles may
        count.
        """
        ...

    def complete(
        self, context: Sequence[str], start: str, limit: int, beside: Sequence[str] = ()
    ) -> list[PhraseCount]:
        """Noun phrases of titles that begin with the words of ``context`` and then with a word
        that begins with ``start``, all folded; those that newer and more articles have come
        first. Only those of several titles, if there are any. Forms of one phrase count as one;
        of deleted articles some may still count.

        beside: folded words that a title has too, in any form, for it to count.
        """
        ...

    def vocabulary(self) -> Vocabulary:
        """The words of the newest committed generation."""
        ...

    @property
    def generation(self) -> int:
        """A number that is another after every commit seen, and after every change of index."""
        ...

    def follow(self) -> None:
        """From now on prepare what is committed in the background: no search waits for that,
        and what others commit is found a little later, within a second where the machine is not
        overloaded. What is committed through this engine is found at once, as ever.
        """
        ...

    def more_like_this(self, article_id: str, limit: int) -> tuple[EngineHit, ...]:
        """The articles most like one, best first, scores from 0 to 1; fewer when few are alike.

        Copies of it are left out, and of articles that are copies all but one.
        Raises QueryError when there is no such article.
        """
        ...

    def owner_list(self, name: str) -> OwnerList | None:
        """A list of words that the index's owner has written for it, None if there is none.

        name: that of its file, ``acronyms.tsv``. Raises WordListError for one that is no text.
        """
        ...

    def table(self, name: str) -> bytes | None:
        """What is kept under a name beside the articles, None if nothing.

        Raises IndexDamagedError.
        """
        ...

    def put_table(self, name: str, data: bytes | None) -> None:
        """Keep a table under a name and commit; None forgets it. A rebuild takes it over.

        name: small Latin letters, digits and underscores, perhaps with an extension.
        Raises IndexLockedError, IndexWriteError.
        """
        ...

    def stats(self, *, count_terms: bool = False) -> IndexStats:
        """Sizes and counts; ``count_terms``: of words too, which may take a while."""
        ...

    def close(self) -> None:
        """Let go of files and locks. Closing twice does nothing."""
        ...
