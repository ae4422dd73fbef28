"""The errors kzsearch raises on purpose.

Every message is one sentence that says what is wrong and what to do, fit to be
shown to a person as it is: the command line prints it after ``kzsearch:`` and
exits non-zero, the web page puts it on the page. A room may subclass these;
nothing outside this list should ever reach a user.
"""

from __future__ import annotations

__all__ = [
    "DocumentError",
    "EvaluationError",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexWriteError",
    "KzsearchError",
    "QueryError",
    "SourceError",
    "WordListError",
]


class KzsearchError(Exception):
    """Base of every deliberate error; ``str(error)`` is one clear sentence."""


class DocumentError(KzsearchError):
    """A file or record could not be read as an article (names file and line)."""


class EvaluationError(KzsearchError):
    """Queries, judgements or a run for ``kzsearch evaluate`` cannot be read or written."""


class QueryError(KzsearchError):
    """A search argument outside the query text is wrong (a date option, a page number).

    The query text itself never raises: what does not parse is searched as words.
    """


class IndexMissingError(KzsearchError):
    """There is no index where one was to be opened."""


class IndexLockedError(KzsearchError):
    """Another process is writing to the index; the message says which."""


class IndexMismatchError(KzsearchError):
    """The index was built by another format or analyzer; ``kzsearch rebuild`` mends it."""


class IndexDamagedError(KzsearchError):
    """The index on disk is broken; the message says where and how to mend it."""


class IndexWriteError(KzsearchError):
    """The index could not be written (disk full, no permission); nothing was lost."""


class SourceError(KzsearchError):
    """A source cannot be followed: its entry in the list, its address or its answer is wrong."""


class WordListError(KzsearchError):
    """A list of acronyms or synonyms in the folder of an index cannot be read (names the line)."""
