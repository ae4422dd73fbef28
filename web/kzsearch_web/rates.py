"""How often one client may ask: ``RATE_LIMIT``, counted by its address."""

from __future__ import annotations

import ipaddress
import logging
import math
import time

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from kzsearch_web.settings import SettingError

__all__ = ["init_rate_limit"]

_FREE = {"static", "accent", "metrics", "api.health", "sitemaps.robots"}
"""What is never counted: it costs nothing, or a machine of the site asks for it."""

_IPV6_NETWORK = 64
"""Bits that one household has for itself: more addresses than anybody could count."""

_LOGGER = logging.getLogger(__name__)


def init_rate_limit(app: Flask) -> None:
    """Refuse clients that ask too often, with status 429; needs the extra ``ops``.

    A store that cannot be reached refuses nobody.
    Raises SettingError when ``RATE_STORAGE`` is no store that can be used.
    """
    if not app.config["RATE_LIMIT"]:
        return
    try:
        from limits import parse
        from limits.errors import ConfigurationError, StorageError
        from limits.storage import storage_from_string
        from limits.strategies import SlidingWindowCounterRateLimiter
    except ImportError:
        raise SettingError("RATE_LIMIT needs: pip install 'kzsearch[ops]'") from None
    rates = [parse(rate) for rate in app.config["RATE_LIMIT"].split()]
    try:
        storage = storage_from_string(app.config["RATE_STORAGE"], wrap_exceptions=True)
        limiter = SlidingWindowCounterRateLimiter(storage)
    except (ConfigurationError, NotImplementedError, StorageError) as error:
        raise SettingError(f"RATE_STORAGE cannot be used: {error}.") from error

    @app.before_request
    def count() -> None:
        if request.endpoint in _FREE:
            return
        client = _client(request.remote_addr or "")
        try:
            for rate in rates:
                if not limiter.hit(rate, client):
                    seconds = limiter.get_window_stats(rate, client).reset_time - time.time()
                    raise TooManyRequests(retry_after=max(1, math.ceil(seconds)))
        except StorageError as error:
            _LOGGER.warning("requests are not counted: %s", error)


def _client(address: str) -> str:
    """Who asks: an address, or of IPv6 the network it belongs to."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if read.version == 4:
        return address
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((int(read), _IPV6_NETWORK), strict=False))
