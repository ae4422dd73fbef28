"""``/metrics`` for Prometheus, off by default: how many requests, how long they took, the index.

Several processes count together: each writes into files of one folder, and whichever is asked
adds them up (``PROMETHEUS_MULTIPROC_DIR`` of prometheus-client).
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

from kzsearch.errors import KzsearchError
from kzsearch_web.door import IndexDoor, door_of
from kzsearch_web.observing import Seen, observe
from kzsearch_web.settings import SettingError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.metrics_core import Metric

__all__ = ["counting_together", "init_metrics"]

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_TRIES, _PAUSE = 5, 0.05
"""How often, and after how many seconds, files are read again that are just being made."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Upper bounds of the classes that durations are counted in."""


def init_metrics(app: Flask) -> None:
    """Count requests and serve ``/metrics`` where ``METRICS`` is set; needs the extra ``ops``."""
    if not app.config["METRICS"]:
        return
    try:
        from prometheus_client import CollectorRegistry, Counter, Histogram
    except ImportError:
        raise SettingError("METRICS needs: pip install 'kzsearch[ops]'") from None
    registry = CollectorRegistry()
    requests = Counter(
        "kzsearch_requests",
        "Requests by what answered them and with which status.",
        ["endpoint", "method", "status"],
        registry=registry,
    )
    durations = Histogram(
        "kzsearch_request_seconds",
        "Seconds until an answer was sent.",
        ["endpoint"],
        buckets=_SECONDS,
        registry=registry,
    )
    # From now on there is a file of this process: nobody reads it while it is being made.
    requests.labels("pages.search", "GET", "200")
    durations.labels("pages.search")

    def count(seen: Seen) -> None:
        # Both are of a few values: an address that somebody makes up makes no series of its own.
        method = seen.method if seen.method in {"GET", "HEAD", "OPTIONS"} else "other"
        requests.labels(seen.endpoint, method, str(seen.status)).inc()
        durations.labels(seen.endpoint).observe(seen.seconds)

    observe(app, count)
    app.add_url_rule("/metrics", "metrics", lambda: _exposed(registry, door_of(app)))


@contextmanager
def counting_together(settings: Mapping[str, Any]) -> Iterator[None]:
    """Let the processes that are started within the context count into one folder."""
    if not settings["METRICS"] or _FOLDER in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="kzsearch-metrics-") as folder:
        os.environ[_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[_FOLDER]


def _exposed(registry: CollectorRegistry, door: IndexDoor) -> Response:
    """All metrics as text."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
    from prometheus_client.multiprocess import MultiProcessCollector

    of_index = CollectorRegistry()
    of_index.register(_IndexCollector(door))
    if _FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    text = _read(registry) + generate_latest(of_index)
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _read(registry: CollectorRegistry) -> bytes:
    """What has been counted; read again where a process was just beginning its file."""
    from prometheus_client import generate_latest

    for _ in range(_TRIES - 1):
        try:
            return generate_latest(registry)
        except struct.error:
            time.sleep(_PAUSE)
    return generate_latest(registry)


class _IndexCollector:
    """What is in the index: the same whichever process is asked."""

    def __init__(self, door: IndexDoor) -> None:
        self._door = door

    def collect(self) -> Iterator[Metric]:
        """The gauges; ``kzsearch_index_ready`` is 0 where the index cannot be opened."""
        from prometheus_client.core import GaugeMetricFamily

        try:
            with self._door.open() as opened:
                stats = opened.stats()
        except KzsearchError:
            stats = None
        ready = "Whether searches can be answered."
        yield GaugeMetricFamily("kzsearch_index_ready", ready, value=int(stats is not None))
        if stats is not None:
            yield GaugeMetricFamily("kzsearch_articles", "Articles.", value=stats.articles)
            changed = stats.changed.timestamp()
            about = "When the index last changed, in seconds since 1970."
            yield GaugeMetricFamily("kzsearch_index_changed_seconds", about, value=changed)
