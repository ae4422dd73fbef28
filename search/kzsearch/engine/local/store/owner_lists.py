"""Lists that the owner of an index writes by hand and keeps in its folder.

They travel with the archive they were written for, and nothing of kzsearch writes them.
"""

from __future__ import annotations

from pathlib import Path

from kzsearch.engine.interface import OwnerList
from kzsearch.errors import WordListError

__all__ = ["read_owner_list"]


def read_owner_list(folder: Path, name: str) -> OwnerList | None:
    """A list in a folder, None where there is none. Raises WordListError."""
    path = folder / name
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise WordListError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise WordListError(f"{path} cannot be read: {error.strerror}.") from None
    return OwnerList(lines, str(path))
