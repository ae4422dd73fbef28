"""From what a source lists to what is to be fetched: what is new, changed, or known already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from kzsearch.documents.identity import canonical_url
from kzsearch.sources.config import FullText, Kind, Source
from kzsearch.sources.entries import Entry
from kzsearch.sources.looking import Look
from kzsearch.sources.state import PageState, State

__all__ = ["RECHECK_SECONDS", "next_look", "pages_to_do", "taken_from_entry"]

RECHECK_SECONDS = 48 * 3600.0
"""How long after it came out a page is looked at again, for corrections."""

_FIRST_RECHECK = 1800.0


def next_look(page: PageState, now: float) -> float | None:
    """When to look at a page again: when it is twice as old, until it is 48 hours old.

    Thus half an hour after it came out, then after 1, 2, 4, 8, 16, 32 and 48 hours.
    """
    born = page.seen if page.published is None else min(page.published, page.seen)
    age = now - born
    if age >= RECHECK_SECONDS:
        return None
    return min(born + max(2 * age, age + _FIRST_RECHECK), born + RECHECK_SECONDS)


def taken_from_entry(entry: Entry, source: Source) -> bool:
    """Whether the text of an article is that of its entry; else its page is fetched."""
    if not entry.address or source.kind is Kind.TELEGRAM or source.full_text is FullText.FEED:
        return True
    return source.full_text is FullText.AUTO and entry.whole


def pages_to_do(
    look: Look, source: Source, state: State, now: float, followed: Collection[str]
) -> Iterator[PageState]:
    """The pages that a look adds to those to be fetched.

    followed: keys of all sources; a page listed by one of the others is left to it.
    """
    met: set[str] = set()
    for entry in look.entries:
        key = canonical_url(entry.address) if entry.address else f"{source.key}#{entry.name}"
        if key in met:
            continue
        met.add(key)
        known = state.page(key)
        if known is None:
            moment = entry.moment
            if look.archive and moment is not None and moment < now - source.max_age:
                continue
            yield PageState(
                key, entry.address, source.key, entry.to_json(), entry.digest,
                seen=now, published=moment, next=now,
            )  # fmt: skip
        elif known.feed == source.key or known.feed not in followed:
            page = replace(known, feed=source.key)
            if known.entry_digest != entry.digest:
                page = _changed(page, entry, source, now)
            if page != known:
                yield page


def _changed(known: PageState, entry: Entry, source: Source, now: float) -> PageState:
    """A page whose entry says something new; old news are not fetched once more for that."""
    published = known.published if entry.moment is None else entry.moment
    page = replace(known, entry=entry.to_json(), entry_digest=entry.digest, published=published)
    if (
        known.fetched is not None
        and not taken_from_entry(entry, source)
        and next_look(page, now) is None
    ):
        return page
    if taken_from_entry(Entry.from_json(known.entry), source) != taken_from_entry(entry, source):
        page = replace(page, answered="", etag="", modified="")  # the page was never read
    return replace(page, next=now, tries=0)
