"""The application factory: ``create_app()`` gives a WSGI application for any server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from kzsearch.version import __version__
from kzsearch_web.addresses import WholeText
from kzsearch_web.api import api
from kzsearch_web.citing import init_citing
from kzsearch_web.colors import init_colors
from kzsearch_web.compression import init_compression
from kzsearch_web.configuration import load_configuration
from kzsearch_web.cors import init_cors
from kzsearch_web.dates import init_dates
from kzsearch_web.door import init_door
from kzsearch_web.embed import embeds
from kzsearch_web.explaining import init_explaining
from kzsearch_web.export import exports, init_exports
from kzsearch_web.failures import init_failures
from kzsearch_web.feed import feed_title, feeds
from kzsearch_web.front import init_front
from kzsearch_web.languages import init_languages
from kzsearch_web.letters import init_letters
from kzsearch_web.marking import markings
from kzsearch_web.metrics import init_metrics
from kzsearch_web.observing import init_access_log
from kzsearch_web.openapi import descriptions
from kzsearch_web.pages import pages
from kzsearch_web.rates import init_rate_limit
from kzsearch_web.revalidation import init_revalidation
from kzsearch_web.security import init_security
from kzsearch_web.sitemap import sitemaps
from kzsearch_web.sources import source_pages
from kzsearch_web.text import init_text
from kzsearch_web.timeline import timelines

__all__ = ["create_app"]


_PARTS = (
    *(pages, api, exports, feeds, timelines, markings, embeds, source_pages, sitemaps),
    descriptions,  # of those before it
)


class _Json(DefaultJSONProvider):
    """JSON in the order it was made, with Kazakh letters as they are."""

    ensure_ascii = False
    sort_keys = False


class _App(Flask):
    json_provider_class = _Json


def create_app(
    index_path: Path | str | None = None,
    *,
    config: Mapping[str, object] | None = None,
    config_file: Path | str | None = None,
) -> Flask:
    """A web application over the index at ``index_path`` (default: ``default_path()``).

    config: overrides ``kzsearch_web.settings.SETTINGS`` and Flask's own configuration.
    config_file: the settings file, see ``kzsearch_web.configuration``.
    The index is opened by the first request that needs it; none need exist before.
    Raises SettingError for a setting that is wrong.
    """
    app = _App("kzsearch_web")
    app.config.update(load_configuration(index_path, file=config_file, config=config))
    # An article's id may hold anything, '//' of an address included.
    app.url_map.merge_slashes = False
    app.url_map.converters["text"] = WholeText
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(version=__version__, feed_title=feed_title)
    init_compression(app)
    init_access_log(app)
    init_metrics(app)
    init_front(app)
    init_rate_limit(app)
    init_revalidation(app)
    init_door(app, index_path)
    init_languages(app)
    init_letters(app)
    init_dates(app)
    init_cors(app)
    init_security(app)
    init_text(app)
    init_explaining(app)
    init_exports(app)
    init_citing(app)
    init_colors(app)
    init_failures(app)
    for part in _PARTS:
        app.register_blueprint(part)
    return app
