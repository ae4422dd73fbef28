"""The web room: a search page, an article page and a small JSON API over an index."""

from kzsearch_web.app import create_app
from kzsearch_web.server import serve

__all__ = ["create_app", "serve"]
