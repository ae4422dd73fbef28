"""What users add to the stemmer: protected words, and roots learned from their own archive.

Both are plain text files in one folder: ``$KZSEARCH_WORDS``, else ``words`` in the user's data
folder. ``protected.txt`` holds words that are never cut, one a line; ``learned_roots.tsv`` is
written by ``learn.py``. Lines that begin with ``#`` are comments. They are part of what decides
which terms come out, so changing them calls for a rebuild of the index.
"""

from __future__ import annotations

import os
from pathlib import Path

from kzsearch.errors import KzsearchError
from kzsearch.morphology.data_files import rows_of

__all__ = ["WORDS_VARIABLE", "protected_words", "user_folder", "user_roots", "user_roots_path"]

WORDS_VARIABLE = "KZSEARCH_WORDS"
"""The environment variable that names the folder."""


def user_folder() -> Path:
    """The folder of the user's files; it need not be there."""
    named = os.environ.get(WORDS_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import (
        user_data_path,
    )  # here, because most uses of the stemmer set no store by it

    return user_data_path("kzsearch", appauthor=False) / "words"


def user_roots_path() -> Path:
    """Where the roots learned from the user's archive are kept."""
    return user_folder() / "learned_roots.tsv"


def protected_words() -> list[str]:
    """The words the user wants left whole; none if there is no file.

    Raises KzsearchError if the file cannot be read.
    """
    lines = _text(user_folder() / "protected.txt").splitlines()
    return [word for line in lines if (word := line.strip()) and not word.startswith("#")]


def user_roots() -> dict[str, tuple[float, float]]:
    """Noun and verb endings seen of the roots of the user's archive; none if there is no file.

    Raises KzsearchError if the file cannot be read.
    """
    path = user_roots_path()
    try:
        return {root: (int(n), int(v)) for root, n, v in rows_of(_text(path))}
    except ValueError:
        raise KzsearchError(
            f"{path} is not a table of learned roots; delete it and run kzsearch learn-roots again."
        ) from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise KzsearchError(f"{path} cannot be read ({error}); mend or delete it.") from None
