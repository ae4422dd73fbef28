"""The alerts room: new articles that a query finds, told to people and programs, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of

if TYPE_CHECKING:
    from kzsearch.alerts.config import Alert, AlertList, load_alerts
    from kzsearch.alerts.running import AlertReport, alerts_due, run_alerts, send_test
    from kzsearch.alerts.status import AlertStatus, alert_statuses

_HOMES = {
    "Alert": "config",
    "AlertList": "config",
    "AlertReport": "running",
    "AlertStatus": "status",
    "alert_statuses": "status",
    "alerts_due": "running",
    "load_alerts": "config",
    "run_alerts": "running",
    "send_test": "running",
}

__all__ = [
    "Alert",
    "AlertList",
    "AlertReport",
    "AlertStatus",
    "alert_statuses",
    "alerts_due",
    "load_alerts",
    "run_alerts",
    "send_test",
]

__getattr__ = names_of(__name__, _HOMES)
