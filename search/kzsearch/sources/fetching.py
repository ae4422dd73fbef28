"""One page: fetched, read, and what follows from that for the index and the state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from kzsearch.documents import Article
from kzsearch.documents.identity import canonical_url
from kzsearch.errors import DocumentError, SourceError
from kzsearch.sources.articles import article_from_entry, article_from_page
from kzsearch.sources.clock import Stopped
from kzsearch.sources.config import FullText, Kind, Source
from kzsearch.sources.entries import Entry
from kzsearch.sources.failures import FetchError
from kzsearch.sources.fetcher import Fetcher, Validators, back_off
from kzsearch.sources.http import Answer
from kzsearch.sources.listing import next_look, taken_from_entry
from kzsearch.sources.pages import canonical_address
from kzsearch.sources.state import PageState, State

__all__ = ["Outcome", "fetch_page"]

_MISSING_TRIES = 3
"""So often in a row a page must be missing before its article is deleted."""

_TRIES = 10
"""So often in a row fetching may fail before a page is given up, which takes a day and a half."""

_ALIAS = 301
_PUT_OFF = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page: its new state, which is written down after the index is committed.

    article: to add or update. known: whether the page had one before. delete: id of an article
    to delete, ''. problem: for people.
    """

    page: PageState
    article: Article | None = None
    known: bool = False
    delete: str = ""
    problem: str = ""

    @property
    def shown(self) -> str:
        """The page and its problem."""
        return f"{self.page.address or self.page.key}: {self.problem}"


def fetch_page(page: PageState, source: Source, state: State, fetcher: Fetcher) -> Outcome:
    """Look at a page of a source. Raises SourceError of the state, and Stopped."""
    entry = Entry.from_json(page.entry)
    now = fetcher.clock.now()
    try:
        if taken_from_entry(entry, source) and (entry.text or not page.article):
            return _indexed(
                _read_from_entry(page, entry, source, now), article_from_entry(entry, source)
            )
        marks = Validators(page.answered, page.etag, page.modified)
        answer = fetcher.get(page.address, source, marks)
        return _answered(replace(page, fetched=fetcher.clock.now()), entry, source, answer, state)
    except FetchError as error:
        if error.retry_at:
            return Outcome(replace(page, next=error.retry_at, error=str(error)))
        tries = page.tries + 1 if page.status == 0 else 1
        if error.lasting or tries >= _TRIES:
            return _given_up(page, entry, source, str(error))
        failed = replace(page, status=0, tries=tries, error=str(error), next=now + back_off(tries))
        return Outcome(failed, problem=str(error))
    except DocumentError as error:
        if page.article:  # perhaps it is only being worked on
            page = replace(page, next=next_look(page, now), error=str(error))
            return Outcome(page, problem=str(error))
        return _given_up(page, entry, source, str(error))
    except (SourceError, Stopped):
        raise
    except Exception as error:  # a page nobody has seen before must not stop the others
        return _given_up(page, entry, source, f"reading it failed: {error!r:.200}")


def _read_from_entry(page: PageState, entry: Entry, source: Source, now: float) -> PageState:
    """A page whose entry has the text; it is asked later whether it is still there."""
    asked = source.full_text is FullText.AUTO and entry.whole and source.kind is not Kind.TELEGRAM
    return replace(
        page, entry=replace(entry, text="").to_json(), status=200, fetched=now,
        tries=0, error="", next=next_look(page, now) if asked and entry.address else None,
    )  # fmt: skip


def _answered(
    page: PageState, entry: Entry, source: Source, answer: Answer, state: State
) -> Outcome:
    now = page.fetched or 0.0
    status = answer.status
    if status == 304:
        return Outcome(replace(page, status=200, next=next_look(page, now), tries=0, error=""))
    if status == 200 and _is_front_page(answer.url) and not _is_front_page(page.address):
        status = 404  # a polite way of saying so
    if status == 410:
        return _gone(page, 410)
    if status != 200:
        tries = page.tries + 1 if page.status == status else 1
        message = f"it answered with status {status}"
        if tries < _MISSING_TRIES:
            again = now + max(back_off(tries), source.every)
            return Outcome(replace(page, status=status, tries=tries, error=message, next=again))
        if status == 404:
            return _gone(page, 404)
        return _given_up(page, entry, source, message)
    marks = Validators.of(answer)
    read = replace(
        page, status=200, answered=marks.url, etag=marks.etag, modified=marks.modified,
        next=next_look(page, now), tries=0, error="",
    )  # fmt: skip
    if taken_from_entry(entry, source):
        return Outcome(read)  # it was only asked whether it is still there
    address = canonical_address(answer)
    other = _listed_otherwise(page, address, state)
    if other and not other.article:  # it goes first, but who knows whether it can be had
        return Outcome(replace(page, next=max(other.next or now, now) + _PUT_OFF))
    page = replace(read, entry=replace(entry, text="").to_json())
    if other:
        return _alias(page, other.article)
    article = article_from_page(answer, address, entry, source)
    owner, digest = state.claim(article.id, page.key, article.content_digest)
    if owner != page.key:
        if address == answer.url or digest == article.content_digest:
            return _alias(page, article.id)
        # Sites that name one address on many pages are not believed: nothing may be lost.
        article = replace(article, id="", url=answer.url)
    return _indexed(page, article)


def _alias(page: PageState, article: str) -> Outcome:
    """The page is another address of an article that is in the index, or will be."""
    stale = page.article if page.article != article else ""
    return Outcome(replace(_forgotten(page), status=_ALIAS), delete=stale)


def _is_front_page(address: str) -> bool:
    return urlsplit(address).path in {"", "/"} and not urlsplit(address).query


def _listed_otherwise(page: PageState, address: str, state: State) -> PageState | None:
    """The page that has ``address`` for its own, if that is another one and not given up."""
    key = canonical_url(address)
    other = state.page(key) if key != page.key else None
    return other if other and (other.article or other.next is not None) else None


def _indexed(page: PageState, article: Article) -> Outcome:
    """The page's article is in the index from now on."""
    changed = article.content_digest != page.digest or article.id != page.article
    done = replace(page, article=article.id, digest=article.content_digest)
    stale = page.article if page.article not in {"", article.id} else ""
    return Outcome(done, article if changed else None, bool(page.article), stale)


def _gone(page: PageState, status: int) -> Outcome:
    """The page's article is no longer in the index."""
    why = "it was taken down" if status == 410 else "it is missing"
    problem = "" if page.article else why
    gone = replace(_forgotten(page), status=status, error=problem)
    return Outcome(gone, delete=page.article, problem=problem)


def _forgotten(page: PageState) -> PageState:
    """The page without its article and what would make the next request conditional."""
    return replace(
        page, article="", digest="", answered="", etag="", modified="", next=None, error=""
    )


def _given_up(page: PageState, entry: Entry, source: Source, why: str) -> Outcome:
    """The page cannot be had: what the feed says of it may serve, unless told otherwise."""
    given_up = replace(page, next=None, error=why)
    if page.article and taken_from_entry(entry, source):
        return Outcome(replace(given_up, error=""))  # its text is there
    if source.full_text is FullText.AUTO and not page.article and (entry.text or entry.title):
        try:
            article = article_from_entry(entry, source)
        except DocumentError:
            return Outcome(given_up, problem=why)
        problem = f"{why}; what the feed says of it is indexed instead"
        return replace(_indexed(given_up, article), problem=problem)
    return Outcome(given_up, problem=why)
