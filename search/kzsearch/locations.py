"""Where an index is when nobody says."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["PATH_VARIABLE", "default_path", "index_location"]

PATH_VARIABLE = "KZSEARCH_INDEX"
"""The environment variable that names the default index."""


def default_path() -> Path:
    """Where the index is when nobody says: ``KZSEARCH_INDEX`` in the environment, else
    ``index/`` of the checkout this runs from, else the platform's user data folder.
    """
    if named := os.environ.get(PATH_VARIABLE):
        return Path(named).expanduser()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file() and (checkout / "seeds").is_dir():
        return checkout / "index"
    from platformdirs import user_data_path  # hardly ever needed

    return user_data_path("kzsearch", appauthor=False) / "index"


def index_location(path: Path | str | None) -> Path | str:
    """The path or URL itself; without one what ``PATH_VARIABLE`` or ``default_path`` says."""
    if path is None and "://" in (named := os.environ.get(PATH_VARIABLE, "")):
        return named
    return default_path() if path is None else path
