"""Where the files about the sources of an index are: computed here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_data_path

from kzsearch.index import default_path

__all__ = ["Places", "places_of"]


@dataclass(frozen=True, slots=True)
class Places:
    """The files that belong to the sources of one index.

    sources: the list the user writes. state: what was fetched when, made by kzsearch.
    lock: held by the one process that fetches.
    """

    sources: Path
    state: Path
    lock: Path


def places_of(index: Path | str | None = None, *, file: Path | None = None) -> Places:
    """The files about the sources of an index (None: the default one).

    They stand in the folder of the index, so that an index that is removed takes along what
    was known to be in it; for an index that is no folder (an address), in a folder of its own
    among the user's data.
    file: another list of sources than the usual one.
    """
    index = default_path() if index is None else index
    if "://" in str(index):
        name = blake2b(str(index).encode(), digest_size=8).hexdigest()
        folder = user_data_path("kzsearch", appauthor=False) / "sources" / name
    else:
        folder = Path(index)
    return Places(
        file or folder / "sources.toml", folder / "sources.sqlite", folder / "sources.lock"
    )
