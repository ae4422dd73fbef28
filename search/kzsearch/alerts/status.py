"""How the alerts are doing, in a sentence each."""

from __future__ import annotations

from dataclasses import dataclass

from kzsearch.alerts.config import Alert, load_alerts
from kzsearch.alerts.ledger import Delivery, Ledger
from kzsearch.alerts.running import ledger_path
from kzsearch.sources.clock import local_time, spell_age
from kzsearch.sources.places import Places

__all__ = ["AlertStatus", "alert_statuses"]


@dataclass(frozen=True, slots=True)
class AlertStatus:
    """An alert and how its deliveries went, at a moment in seconds since 1970."""

    alert: Alert
    delivery: Delivery
    now: float

    def __str__(self) -> str:
        sent = self.delivery.sent
        parts = [f"last told {spell_age(self.now - sent)}" if sent else "has told nothing yet"]
        if self.delivery.pending:
            parts.append(f"{self.delivery.pending:,} to tell")
        if self.delivery.fails:
            again = local_time(self.delivery.next, self.now)
            parts.append(f"failed, tried again from {again} on: {self.delivery.error}")
        return f"{self.alert.name}: {', '.join(parts)}."


def alert_statuses(places: Places, now: float) -> list[AlertStatus]:
    """The status of every alert. Raises AlertError."""
    alerts = load_alerts(places.sources).alerts
    path = ledger_path(places)
    if not path.exists():
        return [AlertStatus(alert, Delivery(), now) for alert in alerts]
    with Ledger(path) as ledger:
        return [AlertStatus(alert, ledger.delivery(alert.name), now) for alert in alerts]
