"""The errors kzsearch raises on purpose.

Every message is one sentence that says what is wrong and what to do, fit to be
shown to a person as it is: the command line prints it after ``kzsearch:`` and
exits non-zero, the web page puts it on the page. A room may subclass these;
nothing outside this list should ever reach a user.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "AlertError",
    "ArticlesLostError",
    "CursorExpiredError",
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

MOST_NAMED = 10
"""Lost articles that a message names; the error has them all."""


class KzsearchError(Exception):
    """Base of every deliberate error; ``str(error)`` is one clear sentence."""


class AlertError(KzsearchError):
    """An alert is written wrongly, or could not be sent."""


class DocumentError(KzsearchError):
    """A file or record could not be read as an article (names file and line)."""


class EvaluationError(KzsearchError):
    """Queries, judgements or a run for ``kzsearch evaluate`` cannot be read or written."""


class QueryError(KzsearchError):
    """A search argument outside the query text is wrong (a date option, a page number).

    The query text itself never raises: what does not parse is searched as words.
    """


class CursorExpiredError(QueryError):
    """The generation that a cursor pages through is no longer held; page anew."""


class IndexMissingError(KzsearchError):
    """There is no index where one was to be opened."""


class IndexLockedError(KzsearchError):
    """Another process is writing to the index; the message says which."""


class IndexMismatchError(KzsearchError):
    """The index was built by another format or analyzer; ``kzsearch rebuild`` mends it."""


class IndexDamagedError(KzsearchError):
    """The index on disk is broken; the message says where and how to mend it."""


class ArticlesLostError(IndexDamagedError):
    """An index was rebuilt without what nothing can read any more.

    articles: how many it holds now.
    lost: for every lost article its id, or else where it was stored; "table" and a name for
        what was kept beside the articles.
    kept: the folder that keeps the index as it was before.
    """

    def __init__(self, articles: int, lost: tuple[str, ...], kept: Path) -> None:
        self.articles = articles
        self.lost = lost
        self.kept = kept
        named = ", ".join(lost[:MOST_NAMED])
        more = f" and {len(lost) - MOST_NAMED:,} more" if len(lost) > MOST_NAMED else ""
        super().__init__(
            f"The index is rebuilt, with {articles:,} articles, but {len(lost):,} could no longer "
            f"be read ({named}{more}): index them anew; the index as it was before is kept in "
            f"{kept} until you delete it."
        )


class IndexWriteError(KzsearchError):
    """The index could not be written (disk full, no permission); nothing was lost."""


class SourceError(KzsearchError):
    """A source cannot be followed: its entry in the list, its address or its answer is wrong."""


class WordListError(KzsearchError):
    """A list of acronyms or synonyms in the folder of an index cannot be read (names the line)."""
