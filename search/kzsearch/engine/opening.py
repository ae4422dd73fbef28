"""Opening an index by its location: a folder, or the URL of an engine. Alone imports engines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kzsearch.engine.interface import Damage, Engine, Progress
from kzsearch.errors import KzsearchError
from kzsearch.morphology import Analyzer

if TYPE_CHECKING:
    from kzsearch.engine.local.codec.whoosh.index import KzsearchIndex

__all__ = ["folder_of", "open_engine", "open_whoosh", "rebuild", "verify"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def open_engine(
    location: Path | str, *, create: bool = False, analyzer: Analyzer | None = None
) -> Engine:
    """Open an index.

    location: a folder, as a path or a ``file://`` URL.
    create: make an empty one when there is none; other files there are left alone.
    analyzer: the one that makes its terms; the default one when None.
    Raises KzsearchError for a URL that no engine opens, IndexMissingError, IndexMismatchError,
    IndexDamagedError, and with ``create`` IndexLockedError and IndexWriteError.
    """
    from kzsearch.engine.local.opening import open_local

    return open_local(folder_of(location), create=create, analyzer=analyzer)


def open_whoosh(location: Path | str, *, analyzer: Analyzer | None = None) -> KzsearchIndex:
    """Open the index in a folder as a Whoosh index.

    analyzer: the one that makes terms of what is written through it; the default one when None.
    Raises KzsearchError as ``open_engine`` does, IndexMissingError, IndexMismatchError,
    IndexDamagedError.
    """
    from kzsearch.engine.local.codec.whoosh.index import KzsearchIndex  # imports whoosh

    return KzsearchIndex(folder_of(location), analyzer or Analyzer())


def rebuild(
    location: Path | str,
    *,
    analyzer: Analyzer | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
) -> int:
    """Make an index anew from its stored articles; returns how many.

    jobs: processes that analyse articles, with the default analyzer.
    The index keeps its identity. Raises KzsearchError as ``open_engine`` does,
    IndexMissingError, IndexLockedError, IndexWriteError; ArticlesLostError when the index is
    rebuilt but for articles that are damaged beyond reading, which it names; IndexDamagedError
    when no article at all can be read: then the index is left as it was.
    """
    from kzsearch.engine.local.rebuilding import rebuild_local

    return rebuild_local(folder_of(location), analyzer=analyzer, progress=progress, jobs=jobs)


def verify(location: Path | str, *, analyzer: Analyzer | None = None) -> list[Damage]:
    """Everything found damaged in an index; an empty list means whole. Reads all of it.

    Whatever is wrong with it is reported, never raised.
    Raises KzsearchError as ``open_engine`` does, IndexMissingError when there is no index.
    """
    from kzsearch.engine.local.verifying import verify_local

    return verify_local(folder_of(location), analyzer=analyzer)


def folder_of(location: Path | str) -> Path:
    """The folder that a location names. Raises KzsearchError for a URL that names none."""
    if isinstance(location, Path) or not _SCHEME.match(location):
        return Path(location)
    parts = urlsplit(location)
    if parts.scheme.lower() == "file" and parts.netloc in ("", "localhost"):
        return Path(unquote(parts.path))
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()
    raise KzsearchError(
        f"No engine opens {shown}; name a folder, or a file:// URL on this machine."
    )
