"""The one open index that all requests share.

It is opened by the first request that needs it, so the server starts and says
in the browser what is wrong when there is no index yet, and begins to answer
as soon as there is one. An ``Index`` sees new generations by itself while
articles are being written; only when it turns out damaged or made by another
version is it let go, so that a rebuild is picked up without a restart.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock

from flask import Flask, current_app

from kzsearch.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from kzsearch.index import Index, open_index

__all__ = ["IndexDoor", "door_of", "index", "init_door"]

_LOGGER = logging.getLogger(__name__)

_KEY = "kzsearch_door"


class IndexDoor:
    """Opens the index at ``path`` (None: the default one) once, for all threads."""

    def __init__(self, path: Path | str | None, *, follow: bool = False) -> None:
        """``follow``: whether to follow the index, see ``Index.follow``."""
        self._path = path
        self._follow = follow
        self._lock = Lock()
        self._index: Index | None = None

    @contextmanager
    def open(self) -> Iterator[Index]:
        """The shared index.

        Raises IndexMissingError, IndexMismatchError, IndexDamagedError.
        """
        with self._lock:
            if self._index is None:
                self._index = open_index(self._path)
                _LOGGER.info("the index is open: %s", self._index.location)
                if self._follow:
                    self._index.follow()
            index = self._index
        try:
            yield index
        except (IndexDamagedError, IndexMismatchError, IndexMissingError):
            # Not closed: other threads may be reading it still.
            with self._lock:
                if self._index is index:
                    self._index = None
            raise

    def close(self) -> None:
        """Close the index if it was opened."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None


def init_door(app: Flask, path: Path | str | None) -> None:
    """Give the app a door to the index at ``path``."""
    app.extensions[_KEY] = IndexDoor(path, follow=bool(app.config["FOLLOW_INDEX"]))


def door_of(app: Flask) -> IndexDoor:
    """The door the app was given."""
    door: IndexDoor = app.extensions[_KEY]
    return door


def index() -> AbstractContextManager[Index]:
    """The index of the current app: ``with index() as opened: …``."""
    return door_of(current_app).open()
