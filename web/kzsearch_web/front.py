"""What stands in front of the site: the hosts it answers to, and reverse proxies."""

from __future__ import annotations

import re

from flask import Flask, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

__all__ = ["init_front"]


_HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])?(:[0-9]{1,5})?")


def init_front(app: Flask) -> None:
    """Answer to ``HOSTS`` only, and believe as many proxies as ``PROXIES`` says.

    A proxy tells the reader's address, scheme and host in X-Forwarded-For, -Proto and -Host;
    from anybody else these are forged, so none is believed unless there is a proxy.
    """
    app.before_request(_check_host)
    if hosts := app.config["HOSTS"].split():
        app.config["TRUSTED_HOSTS"] = hosts
    if count := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _check_host() -> None:
    """Refuse what no host can be called: addresses in feeds and sitemaps are made of it."""
    if not _HOST.fullmatch(request.environ.get("HTTP_HOST", "")):
        raise SecurityError
