"""What is known of hosts, feeds and pages: a SQLite file beside the index.

The state is always behind the index, never ahead of it: what was fetched is first committed to
the index, then written down here, so a process killed at any moment only repeats work. What a
feed lists is written down with the feed's own state in one transaction, before any of it is
fetched: a feed that answers "not modified" next time has lost nothing.

Times are seconds since 1970; None where nothing is to be done or known.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from kzsearch.errors import SourceError

__all__ = ["FeedState", "PageState", "State"]

_VERSION = 1


@dataclass(frozen=True, slots=True)
class FeedState:
    """What one address of sources (``Source.key``) has answered.

    found: the feed a page was found to have. answered, etag, modified: the address that answered
    last, redirects followed, and the marks of its answer. next: when to look again. fails: how
    often in a row it failed. error: how, the last time. success: when it last answered rightly.
    """

    key: str
    found: str = ""
    answered: str = ""
    etag: str = ""
    modified: str = ""
    next: float = 0.0
    fails: int = 0
    error: str = ""
    tried: float | None = None
    success: float | None = None


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of one article.

    key: its canonical address. address: as it is asked for. feed: key of the feed that lists it.
    entry: what the feed says of it (JSON), entry_digest: a digest of that. seen: when it was
    first listed. published: when it came out. status: of the last answer, 0 for none. answered,
    etag, modified: as of a feed. article: id in the index, '' when it cannot be there. digest:
    of the article. fetched: when it answered last. tries: failures of one kind in a row. error:
    the last one. next: when to look again, None for never.
    """

    key: str
    address: str
    feed: str
    entry: str = "{}"
    entry_digest: str = ""
    seen: float = 0.0
    published: float | None = None
    status: int = 0
    answered: str = ""
    etag: str = ""
    modified: str = ""
    article: str = ""
    digest: str = ""
    fetched: float | None = None
    tries: int = 0
    error: str = ""
    next: float | None = 0.0


_SCHEMA = """
CREATE TABLE robots (origin TEXT PRIMARY KEY, text TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE pause (host TEXT PRIMARY KEY, until REAL NOT NULL);
CREATE TABLE feed (
    key TEXT PRIMARY KEY, found TEXT NOT NULL,
    answered TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
    next REAL NOT NULL, fails INTEGER NOT NULL, error TEXT NOT NULL, tried REAL, success REAL);
CREATE TABLE page (
    key TEXT PRIMARY KEY, address TEXT NOT NULL, feed TEXT NOT NULL,
    entry TEXT NOT NULL, entry_digest TEXT NOT NULL, seen REAL NOT NULL, published REAL,
    status INTEGER NOT NULL, answered TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
    article TEXT NOT NULL, digest TEXT NOT NULL,
    fetched REAL, tries INTEGER NOT NULL, error TEXT NOT NULL, next REAL);
CREATE INDEX page_due ON page (feed, next);
CREATE INDEX page_article ON page (article);
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""


class State:
    """The open state file; a context manager, safe to use from many threads.

    Every method raises SourceError when the file cannot be read or written.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, made if there is none; read_only: it must be there."""
        self.path = path
        self._lock = threading.RLock()
        self._claims: dict[str, tuple[str, str]] = {}
        with self._guarded():
            if read_only:
                self._db = sqlite3.connect(
                    f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10,
                    check_same_thread=False,
                )  # fmt: skip
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(path, timeout=10, check_same_thread=False)
        try:
            with self._guarded():
                self._prepare(read_only)
        except SourceError:
            self._db.close()
            raise

    def _prepare(self, read_only: bool) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == 0 and not read_only:
            self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        elif version != _VERSION:
            raise SourceError(
                f"{self.path} was written by another version of kzsearch: delete it; the "
                "sources are then asked for everything they list once more."
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Hosts

    def robots(self, origin: str) -> tuple[str, float] | None:
        """The robots.txt of an origin (scheme, host, port) and until when it holds, or None."""
        row = self._one("SELECT text, until FROM robots WHERE origin = ?", origin)
        return (str(row[0]), _number(row[1])) if row else None

    def save_robots(self, origin: str, text: str, until: float) -> None:
        """Keep a robots.txt."""
        with self._transaction():
            self._db.execute("REPLACE INTO robots VALUES (?, ?, ?)", (origin, text, until))

    def pause(self, host: str) -> float:
        """Until when a host asked to be left alone; 0 if it did not."""
        row = self._one("SELECT until FROM pause WHERE host = ?", host)
        return _number(row[0]) if row else 0.0

    def save_pause(self, host: str, until: float) -> None:
        """Note that a host asked to be left alone."""
        with self._transaction():
            self._db.execute("REPLACE INTO pause VALUES (?, ?)", (host, until))

    # Feeds

    def feed(self, key: str) -> FeedState:
        """What is known of a feed."""
        row = self._one("SELECT * FROM feed WHERE key = ?", key)
        return FeedState(*row) if row else FeedState(key)  # type: ignore[arg-type]

    def save_feed(
        self, feed: FeedState, listed: Iterable[PageState] = (), others: Iterable[FeedState] = ()
    ) -> None:
        """Write down what a feed, and others it names, answered together with what they list."""
        with self._transaction():
            for page in listed:
                self._put("page", page)
            for each in (*others, feed):
                self._put("feed", each)

    # Pages

    def page(self, key: str) -> PageState | None:
        """What is known of a page, or None."""
        row = self._one("SELECT * FROM page WHERE key = ?", key)
        return PageState(*row) if row else None  # type: ignore[arg-type]

    def due_pages(self, feed: str, now: float, limit: int) -> list[PageState]:
        """Pages of a feed to look at now: those never fetched first, the newest of them first."""
        return [
            PageState(*row)  # type: ignore[arg-type]
            for row in self._all(
                "SELECT * FROM page WHERE feed = ? AND next <= ? ORDER BY fetched IS NOT NULL, "
                "coalesce(published, seen) DESC, key LIMIT ?",
                feed, now, limit,
            )
        ]  # fmt: skip

    def due_count(self, feed: str, now: float) -> int:
        """How many pages of a feed are to be looked at now."""
        row = self._one("SELECT count(*) FROM page WHERE feed = ? AND next <= ?", feed, now)
        return _count(row[0]) if row else 0

    def next_page(self, feed: str) -> float | None:
        """When the next page of a feed is due, or None."""
        row = self._one("SELECT min(next) FROM page WHERE feed = ?", feed)
        return row[0] if row and isinstance(row[0], float) else None

    def save_pages(self, pages: Iterable[PageState]) -> None:
        """Write down what became of pages, all of them or none."""
        with self._transaction():
            for page in pages:
                self._put("page", page)
                self._claims.pop(page.article, None)

    def claim(self, article: str, page: str, digest: str) -> tuple[str, str]:
        """Whose an article is: key of the page it came from first, and its digest.

        An article that is nobody's is the page's from now on.
        """
        with self._lock:
            row = self._one("SELECT key, digest FROM page WHERE article = ?", article)
            if row and row[0] != page:
                return str(row[0]), str(row[1])
            return self._claims.setdefault(article, (page, digest))

    def expect_articles(self, articles: Mapping[str, str]) -> None:
        """Note which articles of pages (key -> id) are about to be in the index.

        Should the process be killed before it can say that they are, they can still be deleted.
        """
        with self._transaction():
            self._db.executemany(
                "UPDATE page SET article = ? WHERE key = ?",
                [(article, key) for key, article in articles.items()],
            )

    def page_counts(self, feed: str) -> tuple[int, int, int]:
        """How many articles of a feed are in the index, wait to be fetched, and failed."""
        row = self._one(
            "SELECT sum(article <> ''), sum(article = '' AND next IS NOT NULL), "
            "sum(article = '' AND next IS NULL AND error <> '') FROM page WHERE feed = ?",
            feed,
        )
        found, waiting, failed = map(_count, row or (0, 0, 0))
        return found, waiting, failed

    def page_trouble(self, feed: str) -> str:
        """A page of a feed that is not in the index, the newest of them, and why."""
        row = self._one(
            "SELECT coalesce(nullif(address, ''), key), error FROM page "
            "WHERE feed = ? AND article = '' AND error <> '' ORDER BY seen DESC, key LIMIT 1",
            feed,
        )
        return f"{row[0]}: {row[1]}" if row else ""

    # The index behind it

    def follow_index(self, generation: int) -> None:
        """Note the index's generation; an older one than before is an index made anew.

        Then everything but what hosts asked for is forgotten, so that it is fetched again.
        """
        with self._transaction():
            row = self._one("SELECT value FROM meta WHERE name = 'generation'")
            if row and generation < _count(row[0]):
                self._db.execute("DELETE FROM page")
                self._db.execute("DELETE FROM feed")
            self._db.execute("REPLACE INTO meta VALUES ('generation', ?)", (generation,))

    # SQLite

    def _put(self, table: str, row: FeedState | PageState) -> None:
        values = [getattr(row, field.name) for field in fields(row)]
        marks = ", ".join("?" * len(values))
        self._db.execute(f"REPLACE INTO {table} VALUES ({marks})", values)

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        return next(iter(self._all(query, *values)), None)

    def _all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._guarded():
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._guarded(), self._db:
            yield

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.Error, OSError) as error:
                raise SourceError(
                    f"The state of the sources in {self.path} cannot be read or written "
                    f"({error}): nothing is lost; make room or delete the file, and the sources "
                    "are asked for everything they list once more."
                ) from error


def _number(value: object) -> float:
    return value if isinstance(value, float) else 0.0


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
