"""How the sources of an index are doing: for each a sentence, from what is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kzsearch.sources.clock import local_time, spell_age
from kzsearch.sources.config import Source, load_sources
from kzsearch.sources.places import Places
from kzsearch.sources.state import FeedState, State

__all__ = ["SourceStatus", "source_statuses"]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """What is known of a source; ``str`` of it is the sentence.

    articles: of it in the index. waiting: listed pages not yet fetched. failed: given up.
    trouble: the newest page that is not in the index for some reason, and the reason.
    """

    source: Source
    feed: FeedState
    articles: int
    waiting: int
    failed: int
    trouble: str
    now: float

    def __str__(self) -> str:
        feed, now = self.feed, self.now
        parts = [f"{self.articles:,} article{'' if self.articles == 1 else 's'}"]
        if self.waiting:
            parts.append(f"{self.waiting:,} to be fetched")
        if self.failed:
            parts.append(f"{self.failed:,} could not be had")
        if feed.success is not None:
            parts.append(f"last answered {spell_age(now - feed.success)}")
        elif feed.tried is not None:
            parts.append("has never answered")
        else:
            parts.append("not looked at yet")
        sentence = f"{self.source.name}: {', '.join(parts)}"
        if self.trouble:
            sentence += f" (not in the index, for one: {self.trouble})"
        if feed.error:
            times = "" if feed.fails <= 1 else f" {feed.fails} times in a row"
            again = local_time(feed.next, now)
            return f"{sentence}; failed{times}: {feed.error}; tried again from {again} on."
        return f"{sentence}."


def source_statuses(places: Places, now: float) -> Sequence[SourceStatus]:
    """The status of every source, in the order of the file; none when there is no file.

    now: seconds since 1970. Raises SourceError when file or state cannot be read.
    """
    sources = load_sources(places.sources, missing_ok=True).sources
    if not sources or not places.state.exists():
        return [SourceStatus(source, FeedState(source.key), 0, 0, 0, "", now) for source in sources]
    with State(places.state, read_only=True) as state:
        return [
            SourceStatus(
                source,
                state.feed(source.key),
                *state.page_counts(source.key),
                state.page_trouble(source.key),
                now,
            )
            for source in sources
        ]
