"""One look at a source: what it lists, whatever its address leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kzsearch.documents.identity import canonical_url
from kzsearch.errors import SourceError
from kzsearch.sources.addresses import resolve_address
from kzsearch.sources.config import Kind, Source
from kzsearch.sources.entries import Entry
from kzsearch.sources.failures import FetchError
from kzsearch.sources.feeds import is_feed, read_feed
from kzsearch.sources.fetcher import Fetcher, Validators
from kzsearch.sources.http import Answer
from kzsearch.sources.pages import is_html, linked_feeds, telegram_posts
from kzsearch.sources.sitemaps import Sitemap, read_sitemap
from kzsearch.sources.state import FeedState, State

__all__ = ["Look", "look_at"]

_MAX_SITEMAPS = 20
"""Sitemaps of an index read at one look, the newest first."""

_FAILS = 2
"""How often a feed a page was found to have may fail before it is looked for again."""

_GUESSES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/sitemap.xml")
"""Where sites have feeds that their pages do not name."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look brought.

    feed: the new state of the source's own address. others: of sitemaps an index names.
    entries: what is listed; nothing when nothing changed. kind: in words. archive: whether old
    articles are listed with the new ones. notes: what of it could not be had.
    """

    feed: FeedState
    kind: str
    entries: tuple[Entry, ...] = ()
    others: tuple[FeedState, ...] = ()
    archive: bool = False
    notes: tuple[str, ...] = ()


def look_at(source: Source, state: State, fetcher: Fetcher) -> Look:
    """Ask a source what is new. Raises FetchError, and Stopped."""
    known = state.feed(source.key)
    if source.kind is not Kind.PAGE:
        return _looked(source, source.address, known, state, fetcher)
    if known.found:
        try:
            return _looked(source, known.found, known, state, fetcher)
        except FetchError as error:
            if error.retry_at or (known.fails < _FAILS and not error.lasting):
                raise
    return _discovered(source, FeedState(source.key, fails=known.fails), state, fetcher)


def _looked(source: Source, address: str, known: FeedState, state: State, fetcher: Fetcher) -> Look:
    """A look at an address that is a feed, a sitemap or a channel."""
    answer = fetcher.get(address, source, Validators(known.answered, known.etag, known.modified))
    if answer.status == 304:
        return Look(known, "nothing changed")
    _expect_ok(answer)
    return _read(source, answer, known, state, fetcher)


def _read(source: Source, answer: Answer, known: FeedState, state: State, fetcher: Fetcher) -> Look:
    """What an answer lists."""
    feed = _marked(known, answer)
    if source.kind is Kind.TELEGRAM:
        return Look(feed, "a channel", tuple(telegram_posts(answer)))
    if source.kind is not Kind.SITEMAP and is_feed(answer):
        return Look(feed, "a feed", tuple(read_feed(answer)))
    if source.kind is not Kind.FEED:
        sitemap = read_sitemap(answer.body, answer.url)
        if not sitemap.sitemaps:
            return Look(feed, "a sitemap", sitemap.pages, archive=True)
        # Whether the sitemaps it names have changed, an index does not always know.
        return _read_index(source, sitemap, replace(feed, etag="", modified=""), state, fetcher)
    if is_html(answer):
        raise FetchError(
            "the answer is a page of HTML, not a feed: give it as a page, and its feed is found"
        )
    raise FetchError("the answer is not a feed")


def _read_index(
    source: Source, index: Sitemap, feed: FeedState, state: State, fetcher: Fetcher
) -> Look:
    """What the sitemaps of an index list; those untouched for long list nothing new."""
    oldest = fetcher.clock.now() - source.max_age
    fresh = [entry for entry in index.sitemaps if (entry.moment or oldest) >= oldest]
    fresh.sort(key=lambda entry: -(entry.moment or oldest))
    entries: list[Entry] = []
    states: list[FeedState] = []
    notes: list[str] = []
    for entry in fresh[:_MAX_SITEMAPS]:
        known = state.feed(f"{Kind.SITEMAP}:{canonical_url(entry.address)}")
        marks = Validators(known.answered, known.etag, known.modified)
        try:
            answer = fetcher.get(entry.address, source, marks)
            if answer.status == 304:
                continue
            _expect_ok(answer)
            entries += read_sitemap(answer.body, answer.url).pages
            states.append(_marked(known, answer))
        except FetchError as error:
            notes.append(f"{entry.address}: {error}")
    if fresh and len(notes) == len(fresh[:_MAX_SITEMAPS]):
        raise FetchError(f"no sitemap of the index can be had: {notes[0]}")
    return Look(
        feed,
        "an index of sitemaps",
        tuple(entries),
        tuple(states),
        archive=True,
        notes=tuple(notes),
    )


def _discovered(source: Source, known: FeedState, state: State, fetcher: Fetcher) -> Look:
    """A look at the feed a page has."""
    page = fetcher.get(source.address, source)
    _expect_ok(page)
    if is_feed(page):
        return _read(source, page, replace(known, found=source.address), state, fetcher)
    tried: list[str] = []
    for address in _candidates(page, source, fetcher):
        tried.append(address)
        try:
            answer = fetcher.get(address, source)
            _expect_ok(answer)
            look = _read(source, answer, replace(known, found=address), state, fetcher)
        except FetchError as error:
            if error.retry_at:
                raise
            continue
        if look.entries:
            return look
    raise FetchError(
        "the page names no feed, and none was found where sites have them "
        f"({len(tried)} addresses tried): give the address with --feed or --sitemap"
    )


def _candidates(page: Answer, source: Source, fetcher: Fetcher) -> Iterator[str]:
    """Where the feed of a page may be, the likeliest first."""
    named = linked_feeds(page) if is_html(page) else []
    sitemaps = sorted(fetcher.rules(page.url, source).sitemaps, key=lambda url: "news" not in url)
    seen: set[str] = set()
    for link in (*named, *sitemaps, *_GUESSES):
        try:
            address = resolve_address(page.url, link)
        except SourceError:
            continue
        if address not in seen:
            seen.add(address)
            yield address


def _expect_ok(answer: Answer) -> None:
    if answer.status != 200:
        raise FetchError(f"it answered with status {answer.status}", lasting=answer.status == 410)


def _marked(known: FeedState, answer: Answer) -> FeedState:
    marks = Validators.of(answer)
    return replace(known, answered=marks.url, etag=marks.etag, modified=marks.modified)
