"""The door for developers: open an index, add articles, search, read results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Unpack

from kzsearch.documents import Article
from kzsearch.engine import Everything, Nothing, open_engine
from kzsearch.engine.interface import (
    AddReport,
    Damage,
    Engine,
    EngineHit,
    EngineResult,
    Facets,
    IndexStats,
    Period,
    Progress,
    SearchRequest,
    TermCount,
    Timeline,
)
from kzsearch.engine.nodes import Node
from kzsearch.engine.opening import open_whoosh as open_whoosh_index
from kzsearch.errors import QueryError
from kzsearch.locations import PATH_VARIABLE, default_path, index_location
from kzsearch.morphology import Analyzer
from kzsearch.query import (
    OWN_TABLE,
    Completion,
    Filters,
    ParsedQuery,
    QueryParser,
    Speller,
    Suggestion,
    complete,
    filter_nodes,
    learn_associations,
)
from kzsearch.results import (
    Fragment,
    Hit,
    HitStream,
    Marker,
    MarkingTerms,
    ResultPage,
    make_hit,
    mark_article,
    read_cursor,
    search_digest,
)
from kzsearch.results.requests import engine_request, without_quotes
from kzsearch.results.significant import SAMPLE, SPARE_TERMS, is_telling, marking_terms

if TYPE_CHECKING:
    from kzsearch.engine.local.codec.whoosh.index import KzsearchIndex

__all__ = [
    "MAX_LIMIT",
    "MAX_PAGE",
    "PATH_VARIABLE",
    "Filters",
    "Index",
    "default_path",
    "open_index",
    "open_whoosh",
    "rebuild_index",
    "verify_index",
]

MAX_LIMIT = 1_000
"""Hits on one page at most."""

MAX_PAGE = 1_000_000
"""The last page that may be asked for."""


class Index:
    """An open index; a context manager. Safe to search from many threads.

    Made by ``open_index``. Every method but ``close`` raises KzsearchError subclasses only,
    each with one sentence for people.
    """

    def __init__(self, location: Path | str, engine: Engine, analyzer: Analyzer) -> None:
        """``engine`` must have been opened at ``location`` with ``analyzer``.

        Raises WordListError for a list of acronyms or synonyms of the owner, or a table of what
        was learned, that cannot be read, IndexDamagedError for a damaged table.
        """
        self.location = location
        """What it was opened by: a folder, or the URL of an engine."""
        self._engine = engine
        self._analyzer = analyzer
        generation = engine.generation
        table = engine.table(OWN_TABLE)
        self._parsing = generation, table, self._new_parser(table)

    def _new_parser(self, associations: bytes | None) -> QueryParser:
        vocabulary = self._engine.vocabulary
        return QueryParser(
            self._analyzer,
            vocabulary=vocabulary,
            speller=Speller(vocabulary),
            lists=self._engine.owner_list,
            associations=associations,
        )

    @property
    def _parser(self) -> QueryParser:
        """The parser, made anew when another table of what was learned has come in."""
        generation, table, parser = self._parsing
        newest = self._engine.generation
        if newest != generation:
            held = self._engine.table(OWN_TABLE)
            if held != table:
                parser = self._new_parser(held)
            self._parsing = newest, held, parser
        return parser

    def add(
        self, articles: Iterable[Article], *, progress: Progress | None = None, jobs: int = 1
    ) -> AddReport:
        """Add or replace articles and commit.

        articles: any iterable; it is streamed. An article with an id the index has
            replaces the old one, an unchanged one is skipped.
        progress: called now and then with the number of articles taken in so far.
        jobs: processes that analyse articles. With more than one, they are started for more
            than a thousand articles; the calling program must be importable then, as
            ``multiprocessing`` asks (``if __name__ == "__main__":``).
        Raises IndexLockedError, IndexWriteError.
        """
        return self._engine.add(articles, progress=progress, jobs=jobs)

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles by id and commit; returns how many there were.

        Raises IndexLockedError, IndexWriteError.
        """
        return self._engine.delete(ids)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        page: int = 1,
        sort: str = "relevance",
        date_from: dt.date | str | None = None,
        date_to: dt.date | str | None = None,
        source: str | Sequence[str] = (),
        category: str | Sequence[str] = (),
        language: str | Sequence[str] = (),
        not_source: str | Sequence[str] = (),
        facets: bool = True,
        explain: bool = False,
        exact: bool = False,
        fold: bool = True,
        fallback: bool = True,
        cursor: str | None = None,
    ) -> ResultPage:
        """One page of results.

        query: as in docs/query-language.md; no text is wrong. Without a word to search
            for, what the filters leave is listed, newest first; without filters, nothing.
        limit: hits on a page, 1 to 1,000. page: counts from 1.
        sort: ``"relevance"`` or ``"date"`` (newest first).
        date_from, date_to: both inclusive, local days (Asia/Almaty); a str is
            ``2025``, ``2025-09`` or ``2025-09-29``.
        source, category, language: letter case ignored; several values mean any of them.
            A language is ``kk``, ``ru``, ``en`` or ``other``.
        not_source: leave out articles of these sources.
        facets: count the matches by source, category, language and month.
        explain: let every hit say what its score is made of.
        exact: read no date, number, acronym or synonym into the words, and repair none;
            misspelt words are only offered corrected.
        fold: show reprints of one text, in any script, under one hit, which is counted once.
        fallback: where few articles have all of the words, give those with some of them, too.
        cursor: page without a bound, instead of by ``page``: ``"*"`` gives the first hits and
            ``ResultPage.next``, the cursor of those after them. All pages are of the generation
            of the first, whatever is added meanwhile (docs/web.md).
        Raises QueryError for a wrong page, limit, sort, date or cursor, CursorExpiredError.
        """
        began = perf_counter()
        _check_whole_number("page", page, MAX_PAGE)
        _check_whole_number("limit", limit, MAX_LIMIT)
        filters = list(filter_nodes(date_from, date_to, source, category, language, not_source))
        parsed = self._parser.parse(query, exact=exact).filtered(filters)
        place = None
        if cursor is not None:
            if page != 1:
                raise QueryError("Either a page or a cursor can be asked for, not both.")
            place = read_cursor(cursor, search_digest(query, filters, sort, exact, fold, fallback))

        def search(parsed: ParsedQuery) -> EngineResult:
            request = replace(
                engine_request(parsed, sort, fold=fold, fallback=fallback),
                offset=place.offset if place else (page - 1) * limit,
                limit=limit,
                facets=facets,
                explain=explain,
                generation=place.generation if place else "",
                hold=place is not None,
            )
            return self._engine.search(request)

        result = search(parsed)
        if fallback and not result.total and (loose := without_quotes(parsed)):
            parsed, result = loose, search(loose)
        marker = Marker(parsed.query, self._analyzer)
        loose_marker = Marker(parsed.fallback or parsed.query, self._analyzer)
        hits = tuple(make_hit(hit, loose_marker if hit.fallback else marker) for hit in result.hits)
        suggestion = self._suggestion(parsed)
        took_ms = (perf_counter() - began) * 1000
        return ResultPage(
            query,
            result.total,
            took_ms,
            page,
            limit,
            hits,
            result.facets,
            parsed.notes,
            result.articles,
            suggestion,
            result.complete,
            result.generation,
            None if place is None else str(place.after(result) or ""),
        )

    def export(
        self,
        query: str,
        *,
        sort: str = "relevance",
        exact: bool = False,
        fold: bool = True,
        fallback: bool = True,
        snippets: bool = False,
        **filters: Unpack[Filters],
    ) -> HitStream:
        """All hits of a search, in its order, however many: see ``HitStream``.

        snippets: mark titles and choose snippets, which takes longer than all the rest.
        The other arguments are those of ``search``. Raises QueryError for a wrong sort or date.
        """
        parsed = self._parser.parse(query, exact=exact).filtered([*filter_nodes(**filters)])
        scan = self._engine.scan(engine_request(parsed, sort, fold=fold, fallback=fallback))
        if fallback and not scan.total and (loose := without_quotes(parsed)):
            parsed = loose
            scan = self._engine.scan(engine_request(parsed, sort, fold=fold, fallback=True))
        marker = loose_marker = None
        if snippets:
            marker = Marker(parsed.query, self._analyzer)
            loose_marker = Marker(parsed.fallback or parsed.query, self._analyzer)
        hits = (make_hit(hit, loose_marker if hit.fallback else marker) for hit in scan.hits)
        return HitStream(query, scan.total, scan.articles, scan.generation, hits)

    def timeline(
        self,
        query: str,
        *,
        sort: str = "relevance",
        exact: bool = False,
        fold: bool = True,
        unit: str | None = None,
        most: int = 60,
        **filters: Unpack[Filters],
    ) -> Timeline:
        """How all hits of a search lie in time: see ``Timeline``.

        unit: ``day``, ``week``, ``month`` or ``year``; None: the shortest of which ``most`` are
            enough.
        sort: where few articles have all of the words, newest first lists those with some of them
            only then, and so it counts.
        The other arguments are those of ``search``. Raises QueryError.
        """
        parsed = self._parser.parse(query, exact=exact).filtered([*filter_nodes(**filters)])
        try:
            chosen = None if unit is None else Period(unit)
        except ValueError:
            raise QueryError(f"A unit is one of {', '.join(Period)}, not {unit!r}.") from None
        found = Timeline(chosen or Period.YEAR)
        for each in filter(None, (parsed, without_quotes(parsed))):
            request = engine_request(each, sort, fold=fold, fallback=True)
            found = self._engine.timeline(request, chosen, most)
            if found.bars or found.undated:
                break
        return found

    def terms(
        self,
        query: str,
        limit: int = 20,
        *,
        exact: bool = False,
        fold: bool = True,
        **filters: Unpack[Filters],
    ) -> MarkingTerms:
        """Words and names that mark the result set of a search: see ``MarkingTerms``.

        The best of the hits that have all of the words are looked at, a hundred at most.
        limit: of words and of names, each, 1 to 1,000. The other arguments are those of
        ``search``. Raises QueryError.
        """
        _check_whole_number("limit", limit, MAX_LIMIT)
        parsed = self._parser.parse(query, exact=exact).filtered([*filter_nodes(**filters)])
        asked = engine_request(parsed, "relevance", fold=fold, fallback=False)
        found = self._engine.significant_terms(
            replace(asked, limit=SAMPLE, facets=False), limit + SPARE_TERMS, is_telling
        )
        return marking_terms(query, parsed.query, found, limit, self._analyzer, self._engine.count)

    @property
    def generation(self) -> str:
        """Names the newest state of the index, as ``ResultPage.generation`` does."""
        return self._engine.search(SearchRequest(Nothing(), facets=False)).generation

    def counts(self) -> Facets:
        """How many articles there are of each source, category, language and month."""
        return self._engine.search(SearchRequest(Everything(), limit=0)).facets

    def ids(self) -> Iterator[str]:
        """Ids of all articles, in no order that matters."""
        return self._engine.ids()

    def match(self, query: str, ids: Iterable[str]) -> tuple[Hit, ...]:
        """Those of some articles that have all words of a query, newest first, with snippets."""
        parsed = self._parser.parse(query)
        marker = Marker(parsed.query, self._analyzer)
        articles = self._engine.matching(parsed.query, ids)
        return tuple(make_hit(EngineHit(article, 0.0), marker) for article in articles)

    def rank(self, query: str, limit: int = 100) -> list[str]:
        """Ids of the articles a search lists first, best first, as evaluations need them.

        Every article counts by itself: copies of one text are not folded.
        """
        parsed = self._parser.parse(query)
        request = engine_request(parsed, "relevance", fold=False, fallback=True)
        return [id for id, _ in self._engine.rank(replace(request, limit=limit))]

    def _suggestion(self, parsed: ParsedQuery) -> Suggestion | None:
        """What may have been meant by a query, if that finds more.

        More articles with all of its words, or as many and more with some of them.
        """
        meant = parsed.suggested
        if meant is None:
            return None
        more = self._gain(meant.query, parsed.query) or self._gain(
            meant.fallback or meant.query, parsed.fallback or parsed.query
        )
        return parsed.suggestion if more > 0 else None

    def _gain(self, query: Node, other: Node) -> int:
        """How many more articles one query finds than another."""
        return self._engine.count(query) - self._engine.count(other)

    def similar(self, article_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """Other articles on the same matter, best first; fewer when few are alike.

        Reprints of the article are left out, and of reprints of one another all but one. Scores
        are from 0 to 1; nothing is marked.
        Raises QueryError when there is no such article and for a wrong limit.
        """
        _check_whole_number("limit", limit, MAX_LIMIT)
        marker = Marker(Nothing(), self._analyzer)
        return tuple(
            make_hit(hit, marker) for hit in self._engine.more_like_this(article_id, limit)
        )

    def follow(self) -> None:
        """From now on prepare in the background what others commit, as a server should.

        No search waits for a new generation then; it goes on in the one before until the new
        one is prepared, which takes less than a second. What this index commits is found at once.
        """
        self._engine.follow()

    def get(self, article_id: str) -> Article | None:
        """The stored article, or None."""
        return self._engine.get(article_id)

    def mark(
        self, article: Article, query: str, *, exact: bool = False
    ) -> tuple[Fragment, Fragment]:
        """Title, as ``Hit.title`` has it, and whole body of an article with matches marked."""
        parsed = self._parser.parse(query, exact=exact)
        loose = without_quotes(parsed)
        if loose and not self._engine.matching(parsed.query, [article.id]):
            parsed = loose  # found by the words of its quotations
        return mark_article(article, Marker(parsed.query, self._analyzer))

    def complete(self, typed: str, limit: int = 8) -> list[Completion]:
        """What a query may become that is still being typed: names and topics of titles.

        typed: any text; its last word is completed, together with the words before it.
        limit: 1 to 1,000.
        Raises QueryError for a wrong limit.
        """
        _check_whole_number("limit", limit, MAX_LIMIT)
        return complete(self._engine.vocabulary(), self._engine.complete, typed, limit)

    def suggest(self, prefix: str, limit: int = 10) -> list[TermCount]:
        """Words of titles that begin with ``prefix`` as it is, in any form, commonest first."""
        return self._engine.suggest(prefix, limit)

    def learn_associations(self, *, progress: Progress | None = None) -> int:
        """Learn from the articles which words go together; returns of how many words.

        The index keeps what it learned (``Engine.table``) and gives it weight in questions
        (docs/relevance.md). Learn anew when the archive has grown by much.
        Raises IndexLockedError, IndexWriteError.
        """
        learned, table = learn_associations(self._engine.articles(), self._analyzer, progress)
        self._engine.put_table(OWN_TABLE, table)
        return learned

    def forget_associations(self) -> None:
        """Forget what was learned. Raises IndexLockedError, IndexWriteError."""
        self._engine.put_table(OWN_TABLE, None)

    def stats(self, *, count_terms: bool = False) -> IndexStats:
        """Sizes and counts; ``count_terms``: of different words too, which may take a while."""
        return self._engine.stats(count_terms=count_terms)

    def close(self) -> None:
        """Let go of files; closing twice does nothing."""
        self._engine.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_index(path: Path | str | None = None, *, create: bool = False) -> Index:
    """Open the index at ``path``, by default at ``default_path()``; ``create`` makes one.

    path: a folder, or a URL (``file:///…``). Raises KzsearchError for a URL no engine opens,
    IndexMissingError (unless ``create``), IndexMismatchError, IndexDamagedError,
    IndexWriteError (when it cannot be created), WordListError.
    """
    location = index_location(path)
    analyzer = Analyzer()
    return Index(location, open_engine(location, create=create, analyzer=analyzer), analyzer)


def open_whoosh(path: Path | str | None = None) -> KzsearchIndex:
    """Open the index at ``path``, by default at ``default_path()``, as a ``whoosh.index.Index``.

    Each searcher and reader of it shows the newest state when it was made, and holds it; its
    ``writer()`` adds and deletes articles. docs/engine.md tells of its fields.
    Raises IndexMissingError, IndexMismatchError, IndexDamagedError.
    """
    return open_whoosh_index(index_location(path))


def rebuild_index(
    path: Path | str | None = None, *, progress: Progress | None = None, jobs: int = 1
) -> int:
    """Make the index anew from its stored articles; returns how many.

    jobs: processes that analyse articles, see ``Index.add``.

    Needed after a change of format or analyzer, and when ``verify_index`` found damage.
    Raises IndexMissingError, IndexLockedError, IndexWriteError; ArticlesLostError when it is
    rebuilt but for some articles; IndexDamagedError when it is left as it was.
    """
    from kzsearch.engine import rebuild  # loads all that writing needs

    return rebuild(index_location(path), progress=progress, jobs=jobs)


def verify_index(path: Path | str | None = None) -> list[Damage]:
    """Everything found damaged; an empty list means whole. Raises IndexMissingError."""
    from kzsearch.engine import verify

    return verify(index_location(path))


def _check_whole_number(name: str, value: int, most: int) -> None:
    if not isinstance(value, int) or not 1 <= value <= most:
        raise QueryError(f"The {name} must be a whole number from 1 to {most:,}, not {value!r}.")
