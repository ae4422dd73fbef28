"""Running alerts: which articles are new, which alerts find them, and what is sent.

Only articles added since the last run count, each once, by its id: a change of an article is not
told, nor what was there when the ledger was begun. See ``ledger`` for what a kill does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kzsearch.alerts.config import Alert, AlertList, load_alerts
from kzsearch.alerts.digests import Digest
from kzsearch.alerts.ledger import Ledger
from kzsearch.alerts.sending import Sender
from kzsearch.errors import AlertError
from kzsearch.index import Index
from kzsearch.sources.fetcher import back_off
from kzsearch.sources.places import Places

__all__ = ["AlertReport", "alerts_due", "ledger_path", "run_alerts", "send_test"]

_TEST_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class AlertReport:
    """What became of the digest of one alert: how many articles it told, or why it did not."""

    alert: Alert
    told: int = 0
    error: str = ""

    def __str__(self) -> str:
        if self.error:
            return f"{self.alert.name}: not sent to {self.alert.place}: {self.error}."
        articles = "1 article" if self.told == 1 else f"{self.told:,} articles"
        return f"{self.alert.name}: {articles} sent to {self.alert.place}."


def ledger_path(places: Places) -> Path:
    """Where the ledger of an index is."""
    return places.state.with_name("alerts.sqlite")


def run_alerts(
    places: Places,
    index: Index,
    *,
    sender: Sender | None = None,
    now: Callable[[], float] = time.time,
) -> list[AlertReport]:
    """Look for what is new and send a digest by each alert that has something to tell.

    Returns what was sent and what failed; a failed digest is tried again by a later run, after 2,
    4, 8 … minutes, at most a day. Where another process runs alerts, nothing is done.
    Raises AlertError for a wrong list or ledger, and the errors of the index.
    """
    listed = load_alerts(places.sources)
    if not listed.alerts:
        return []
    with _alone(places) as alone:
        if not alone:
            return []
        with Ledger(ledger_path(places)) as ledger:
            ledger.keep_only([alert.name for alert in listed.alerts])
            _look(index, listed, ledger)
            reports = [
                _deliver(index, listed, alert, ledger, sender or Sender(), now)
                for alert in listed.alerts
            ]
    return [report for report in reports if report is not None]


def alerts_due(places: Places, generation: str, now: float) -> bool:
    """Whether a run may have anything to do on a generation of the index."""
    listed = load_alerts(places.sources)
    if not listed.alerts:
        return False
    with Ledger(ledger_path(places)) as ledger:
        if ledger.looked != generation:
            return True
        deliveries = (ledger.delivery(alert.name) for alert in listed.alerts)
        return any(delivery.pending and delivery.next <= now for delivery in deliveries)


def send_test(places: Places, index: Index, name: str, *, sender: Sender | None = None) -> int:
    """Send the newest articles that an alert finds, as a trial; the ledger knows nothing of it.

    Returns how many they were. Raises AlertError when it did not arrive.
    """
    listed = load_alerts(places.sources)
    alert = listed.get(name)
    found = index.search(
        alert.query, sort="date", limit=_TEST_ARTICLES, facets=False, fallback=False
    )
    digest = Digest(alert, listed.settings, f"test-{int(time.time())}", found.hits, test=True)
    try:
        (sender or Sender()).send(digest)
    except AlertError as error:
        raise AlertError(f"The trial did not arrive at {alert.place}: {error}.") from None
    return len(found.hits)


def _look(index: Index, listed: AlertList, ledger: Ledger) -> None:
    """Find what is new and write down what is to be told by whom."""
    generation = index.generation
    looked = ledger.looked
    if looked == generation:
        return
    new = ledger.unseen(index.ids())
    found: dict[str, list[str]] = {}
    if looked is not None and new:
        for alert in listed.alerts:
            found[alert.name] = [hit.article.id for hit in index.match(alert.query, new)]
    ledger.note(generation, new, found)


def _deliver(
    index: Index,
    listed: AlertList,
    alert: Alert,
    ledger: Ledger,
    sender: Sender,
    now: Callable[[], float],
) -> AlertReport | None:
    """Send what an alert has to tell, if it is time; None if nothing was to be sent."""
    known = ledger.delivery(alert.name)
    if not known.pending or known.next > now():
        return None
    batch, articles = ledger.batch(alert.name)
    hits = index.match(alert.query, articles)  # without those deleted or changed meanwhile
    if hits:
        try:
            sender.send(Digest(alert, listed.settings, batch, hits))
        except AlertError as error:
            fails = known.fails + 1
            ledger.failed(alert.name, fails, now() + back_off(fails), str(error))
            return AlertReport(alert, error=str(error))
    ledger.arrived(alert.name, batch, now())
    return AlertReport(alert, told=len(hits)) if hits else None


@contextmanager
def _alone(places: Places) -> Iterator[bool]:
    """Whether this is the only process that runs the alerts of the index."""
    path = places.lock.with_name("alerts.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
