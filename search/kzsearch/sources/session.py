"""The session of one process that follows sources: everything it needs, opened and closed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from filelock import FileLock, Timeout

from kzsearch.errors import SourceError
from kzsearch.index import open_index
from kzsearch.sources.clock import Stopped
from kzsearch.sources.config import Kind, Source, SourceList, load_sources
from kzsearch.sources.entries import Entry
from kzsearch.sources.fetcher import Fetcher
from kzsearch.sources.following import Follower, Report
from kzsearch.sources.looking import look_at
from kzsearch.sources.places import Places
from kzsearch.sources.state import State

__all__ = ["check_source", "require_web", "update_sources", "watch_sources"]

Say = Callable[[str], None]
Tell = Callable[[Report], None]


def _say_nothing(_words: object) -> None:
    """For callers who do not listen."""


def require_web() -> None:
    """Make sure that what following needs is installed. Raises SourceError."""
    try:
        for module in ("feedparser", "lxml.html", "protego", "trafilatura"):
            import_module(module)
    except ImportError:
        raise SourceError("Following sources needs: pip install 'kzsearch[web]'") from None


def update_sources(
    places: Places,
    index: Path | str | None = None,
    *,
    names: tuple[str, ...] = (),
    tell: Tell = _say_nothing,
    say: Say = _say_nothing,
    allow_private: bool = False,
    stop: threading.Event | None = None,
) -> list[Report]:
    """Look at sources once and bring what is new into the index, which is made if need be.

    names: only these, and these even when they failed a moment ago.
    tell: called with the report of each source. say: with other sentences for people.
    Raises SourceError, the errors of the index, and Stopped.
    """
    listed = load_sources(places.sources)
    chosen = [listed.get(name) for name in names] or listed.sources
    with _follower(places, index, listed, tell, say, allow_private, stop) as follower:
        return follower.update(chosen, patient=not names)


def watch_sources(
    places: Places,
    index: Path | str | None = None,
    *,
    tell: Tell = _say_nothing,
    say: Say = _say_nothing,
    allow_private: bool = False,
    stop: threading.Event,
) -> None:
    """Keep the index fresh until ``stop`` is set; changes of the list of sources are noticed.

    Raises SourceError and the errors of the index.
    """
    refresh = _Refresh(places.sources, say)
    listed = load_sources(places.sources, missing_ok=True)
    with _follower(places, index, listed, tell, say, allow_private, stop) as follower:
        try:
            follower.watch(refresh)
        except Stopped:
            return


def check_source(source: Source, *, allow_private: bool = False) -> tuple[str, tuple[Entry, ...]]:
    """Look at a source without writing anything down: what it is, and what it lists.

    Raises SourceError when it cannot be had.
    """
    require_web()
    with State(Path(":memory:")) as state:
        look = look_at(source, state, Fetcher(state, allow_private=allow_private))
    found = f" at {look.feed.found}" if source.kind is Kind.PAGE else ""
    return look.kind + found, look.entries


class _Refresh:
    """Reads the list of sources again when it was changed."""

    def __init__(self, path: Path, say: Say) -> None:
        self._path = path
        self._say = say
        self._mark = self._look()

    def _look(self) -> tuple[int, int]:
        try:
            stat = self._path.stat()
        except OSError:
            return 0, 0
        return stat.st_mtime_ns, stat.st_size

    def __call__(self, follower: Follower) -> None:
        mark = self._look()
        if mark == self._mark:
            return
        self._mark = mark
        try:
            follower.sources = load_sources(self._path, missing_ok=True).sources
        except SourceError as error:
            self._say(f"{error} The sources are followed as they were before.")
        else:
            names = ", ".join(source.name for source in follower.sources) or "none"
            self._say(f"{self._path} was changed; sources followed now: {names}.")


@contextmanager
def _follower(
    places: Places,
    index: Path | str | None,
    listed: SourceList,
    tell: Tell,
    say: Say,
    allow_private: bool,
    stop: threading.Event | None,
) -> Iterator[Follower]:
    """A follower over the opened index and state, the only one of them."""
    require_web()
    with open_index(index, create=True) as opened, _alone(places), State(places.state) as state:
        fetcher = Fetcher(state, stop=stop, allow_private=allow_private)
        follower = Follower(opened, state, fetcher, listed.sources, tell=tell, say=say)
        try:
            yield follower
        finally:
            follower.close()


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Be the only process that fetches for this index. Raises SourceError."""
    places.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(places.lock)
    try:
        lock.acquire(timeout=1)
    except Timeout:
        raise SourceError(
            "The sources of this index are followed by another process already: "
            "nothing needs to be done, or end that one first."
        ) from None
    try:
        yield
    finally:
        lock.release()
