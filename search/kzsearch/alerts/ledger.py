"""What has been told to whom: a SQLite file beside the index.

An article is new when the ledger has not seen its id. That it has seen it, and which alerts it is
to be told by, is written down in one transaction: a process killed before it looks again, one
killed after it has everything to be sent still. A digest is given its articles before it is sent
and crossed out after it has arrived; what was killed in between is sent once more, the same, with
the same name, by which a receiver can tell that it has it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

from kzsearch.documents.identity import digest
from kzsearch.errors import AlertError

__all__ = ["Delivery", "Ledger", "key_of"]

_VERSION = 1

_SCHEMA = """
CREATE TABLE seen (key INTEGER PRIMARY KEY);
CREATE TABLE pending (
    alert TEXT, article TEXT, batch TEXT NOT NULL DEFAULT '', PRIMARY KEY (alert, article)
);
CREATE TABLE delivery (
    alert TEXT PRIMARY KEY, fails INTEGER NOT NULL DEFAULT 0, next REAL NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', sent REAL
);
CREATE TABLE looked (generation TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the deliveries of an alert went.

    fails: failures in a row. next: not tried again before (seconds since 1970). error: why it
    failed last. sent: when a digest last arrived. pending: articles that wait to be told.
    """

    fails: int = 0
    next: float = 0.0
    error: str = ""
    sent: float | None = None
    pending: int = 0


def key_of(article_id: str) -> int:
    """What the ledger knows an article by: eight bytes of a digest of its id."""
    return int.from_bytes(blake2b(article_id.encode(), digest_size=8).digest(), signed=True)


class Ledger:
    """The open ledger; a context manager. Every method raises AlertError when the file fails."""

    def __init__(self, path: Path) -> None:
        """Open the file, made if there is none."""
        self.path = path
        with self._guarded():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=10, isolation_level=None)
        try:
            with self._guarded():
                self._prepare()
        except AlertError:
            self._db.close()
            raise

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        elif version != _VERSION:
            raise AlertError(
                f"{self.path} was written by another version of kzsearch: delete it; articles "
                "are new from then on."
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def looked(self) -> str | None:
        """The generation that was looked at last; None if none was yet."""
        with self._guarded():
            row = self._db.execute("SELECT generation FROM looked").fetchone()
        return str(row[0]) if row else None

    def unseen(self, ids: Iterable[str]) -> list[str]:
        """The ids that have not been seen, sorted."""
        with self._guarded():
            seen = {key for (key,) in self._db.execute("SELECT key FROM seen")}
        return sorted(article_id for article_id in ids if key_of(article_id) not in seen)

    def note(
        self, generation: str, seen: Iterable[str], found: Mapping[str, Collection[str]]
    ) -> None:
        """Write down what was seen in a generation, and which articles to tell by which alert."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO seen VALUES (?)", ((key_of(each),) for each in seen)
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO pending (alert, article) VALUES (?, ?)",
                ((alert, each) for alert, articles in found.items() for each in articles),
            )
            self._db.execute("DELETE FROM looked")
            self._db.execute("INSERT INTO looked VALUES (?)", (generation,))

    def keep_only(self, alerts: Collection[str]) -> None:
        """Forget what is to be told by alerts that are no more."""
        marks = ", ".join("?" * len(alerts))
        with self._transaction():
            for table in ("pending", "delivery"):
                self._db.execute(f"DELETE FROM {table} WHERE alert NOT IN ({marks})", tuple(alerts))

    def batch(self, alert: str) -> tuple[str, list[str]]:
        """The digest to send next: its name and its articles; no articles if nothing waits.

        One that was begun and has not arrived comes first, as it was.
        """
        with self._transaction():
            rows = self._db.execute(
                "SELECT batch, article FROM pending WHERE alert = ? ORDER BY article", (alert,)
            ).fetchall()
            if begun := sorted({batch for batch, _ in rows if batch}):
                return begun[0], [article for batch, article in rows if batch == begun[0]]
            articles = [article for _, article in rows]
            name = digest((alert, *articles))
            self._db.execute("UPDATE pending SET batch = ? WHERE alert = ?", (name, alert))
            return name, articles

    def arrived(self, alert: str, batch: str, now: float) -> None:
        """Cross out a digest that has arrived (or has nothing left to tell)."""
        with self._transaction():
            self._db.execute("DELETE FROM pending WHERE alert = ? AND batch = ?", (alert, batch))
            self._db.execute("REPLACE INTO delivery VALUES (?, 0, 0, '', ?)", (alert, now))

    def failed(self, alert: str, fails: int, again: float, error: str) -> None:
        """Write down that a digest did not arrive, and when to try again."""
        sent = self.delivery(alert).sent
        with self._transaction():
            self._db.execute(
                "REPLACE INTO delivery VALUES (?, ?, ?, ?, ?)", (alert, fails, again, error, sent)
            )

    def delivery(self, alert: str) -> Delivery:
        """How the deliveries of an alert went."""
        with self._guarded():
            row = self._db.execute(
                "SELECT fails, next, error, sent FROM delivery WHERE alert = ?", (alert,)
            ).fetchone()
            (pending,) = self._db.execute(
                "SELECT count(*) FROM pending WHERE alert = ?", (alert,)
            ).fetchone()
        fails, again, error, sent = row or (0, 0.0, "", None)
        return Delivery(fails, again, error, sent, pending)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._guarded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise AlertError(f"{self.path} cannot be used: {error}.") from error
