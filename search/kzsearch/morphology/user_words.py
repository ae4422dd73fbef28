"""What users add to the stemmer: protected words, and roots learned from their own archive.

Both are plain text files in one folder: ``$KZSEARCH_WORDS``, else ``words`` in the user's data
folder. ``protected.txt`` holds words that are never cut, one a line; ``learned_roots.tsv`` is
written by ``learn.py``. Lines that begin with ``#`` are comments. They are part of what decides
which terms come out, so changing them calls for a rebuild of the index.
"""

from __future__ import annotations

import os
import sys

from kzsearch.errors import KzsearchError

__all__ = [
    "LEARNED",
    "PROTECTED",
    "WORDS_VARIABLE",
    "protected_words",
    "user_file",
    "user_roots",
]

WORDS_VARIABLE = "KZSEARCH_WORDS"
"""The environment variable that names the folder."""

PROTECTED, LEARNED = "protected.txt", "learned_roots.tsv"
"""The files in it."""


def user_file(name: str) -> str:
    """The path of a file of the user's words; it need not be there."""
    return os.path.join(os.environ.get(WORDS_VARIABLE) or _words_folder(), name)


def _words_folder() -> str:
    # As platformdirs has it, which takes as long to load as the whole stemmer.
    if sys.platform.casefold() == "linux":
        data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
        return os.path.join(data, "kzsearch", "words")
    from platformdirs import user_data_dir

    return os.path.join(user_data_dir("kzsearch", appauthor=False), "words")


def protected_words() -> list[str]:
    """The words the user wants left whole; none if there is no file.

    Raises KzsearchError if the file cannot be read.
    """
    return _lines(user_file(PROTECTED))


def user_roots() -> dict[str, tuple[int, int]]:
    """Noun and verb endings seen of the roots of the user's archive; none if there is no file.

    Raises KzsearchError if the file cannot be read.
    """
    path = user_file(LEARNED)
    rows = [line.split("\t") for line in _lines(path)[1:]]  # below the header
    try:
        return {root: (int(nouns), int(verbs)) for root, nouns, verbs in rows}
    except ValueError:
        raise KzsearchError(
            f"{path} is not a table of learned roots; delete it and run kzsearch learn-roots again."
        ) from None


def _lines(path: str) -> list[str]:
    """The lines of a file, without space around them, comments and empty lines."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise KzsearchError(f"{path} cannot be read ({error}); mend or delete it.") from None
    return [line for line in lines if line and not line.startswith("#")]
